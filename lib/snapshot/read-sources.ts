import { rm } from 'node:fs/promises'
import { type Builder, openBuilder } from '../engine/duckdb/builder'
import { ident, literal, type Sql, sql } from '../engine/sql'
import type { BuildSession, SourceGrowth, SourceReport } from '../history/session'
import { createSourceTables } from '../history/tables'

/** After so many rows what was observed is packed, and then again and again: beside packed rows there is room for fewer. */
const FIRST_PACKED_ROWS = 10_000_000
const NEXT_PACKED_ROWS = 2_500_000

/** What a source needs of the build while it is read. */
export interface SourceTools {
  readonly session: BuildSession
  readonly dimensions: readonly string[]
  nextSourceIx(): number
  shape(options: { readonly from: string; readonly target: string; readonly select: string }): Promise<void>
  /** Files to be read; absent: all. */
  readonly only?: readonly string[]
  progress(message: string): void
}

/** One configured source, ready to be read. */
export interface SourceReader {
  readonly streamId: string
  readonly dimensions: readonly string[]
  /** Dimensions in which a blank means "unchanged". */
  readonly carried: readonly string[]
  read(tools: SourceTools): Promise<SourceReport>
  /** What came since it was read; absent: it is always read as a whole. */
  growth?(known: SourceReport): Promise<SourceGrowth>
}

interface ReadOptions {
  readonly builder: Builder
  /** Path of files that are of use while sources are read. */
  readonly scratch: string
  readonly dimensions: readonly string[]
  readonly sources: readonly SourceReader[]
  /** Files of each source that are to be read, by its place; absent: all. */
  readonly only?: readonly (readonly string[])[]
  progress(message: string): void
}

/** Reads all sources into `observations`, one after the other. @throws Problem */
export async function readSources({ builder, scratch, dimensions, sources, only, progress }: ReadOptions): Promise<SourceReport[]> {
  for (const statement of createSourceTables(dimensions)) await builder.run(statement)
  let sourceIx = 0
  const { session, packRest } = packing(builder)
  const tools: SourceTools = {
    session,
    dimensions,
    nextSourceIx: () => sourceIx++,
    shape: (shape) => shapeSealed(builder, `${scratch}.shape`, shape),
    progress: progress,
  }
  const reports: SourceReport[] = []
  for (const [place, source] of sources.entries()) {
    const files = only?.[place]
    if (!files) reports.push(await source.read(tools))
    else if (files.length) reports.push(await source.read({ ...tools, only: files }))
    else reports.push({ streamId: source.streamId, source: '', files: [] })
  }
  await packRest()
  return reports
}

/** A session whose observations are packed now and then; where they are many, the rest is to be packed as well. */
function packing(builder: Builder): { readonly session: BuildSession; packRest(): Promise<void> } {
  let packed = 0
  const run = async (statement: Sql) => {
    await builder.run(statement)
    const [counted] = await builder.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM observations`)
    if (Number(counted?.n) < packed + (packed ? NEXT_PACKED_ROWS : FIRST_PACKED_ROWS)) return
    await builder.pack()
    packed = Number(counted?.n)
  }
  return {
    session: { rows: (query) => builder.rows(query), run },
    packRest: async () => {
      if (packed > 0) await builder.pack()
    },
  }
}

/** Somebody's SELECT runs in a database file of its own that reaches no other file. */
async function shapeSealed(builder: Builder, file: string, shape: { from: string; target: string; select: string }): Promise<void> {
  await rm(file, { force: true })
  await builder.run(sql`ATTACH ${literal(file)} AS shaping`)
  await builder.run(sql`CREATE TABLE shaping.source AS FROM ${ident(shape.from)}`)
  await builder.run(sql`DETACH shaping`)
  const sealed = await openBuilder({ file, sealed: true })
  try {
    await sealed.createFrom(ident(shape.target), shape.select)
  } finally {
    sealed.close()
  }
  await builder.run(sql`ATTACH ${literal(file)} AS shaping (READ_ONLY)`)
  await builder.run(sql`CREATE OR REPLACE TABLE ${ident(shape.target)} AS FROM shaping.${ident(shape.target)}`)
  await builder.run(sql`DETACH shaping`)
  await rm(file, { force: true })
}
