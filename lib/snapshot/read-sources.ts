import { rm } from 'node:fs/promises'
import { type Builder, openBuilder } from '../engine/duckdb/builder'
import { ident, literal, sql } from '../engine/sql'
import type { BuildSession, SourceReport } from '../history/session'
import { createSourceTables } from '../history/tables'

/** What a source needs of the build while it is read. */
export interface SourceTools {
  readonly session: BuildSession
  readonly dimensions: readonly string[]
  nextSourceIx(): number
  shape(options: { readonly from: string; readonly target: string; readonly select: string }): Promise<void>
  progress(message: string): void
}

/** One configured source, ready to be read. */
export interface SourceReader {
  readonly streamId: string
  readonly dimensions: readonly string[]
  /** Dimensions in which a blank means "unchanged". */
  readonly carried: readonly string[]
  read(tools: SourceTools): Promise<SourceReport>
}

interface ReadOptions {
  readonly builder: Builder
  /** Path of files that are of use while sources are read. */
  readonly scratch: string
  readonly dimensions: readonly string[]
  readonly sources: readonly SourceReader[]
  progress(message: string): void
}

/** Reads all sources into `observations`, one after the other. @throws Problem */
export async function readSources({ builder, scratch, dimensions, sources, progress }: ReadOptions): Promise<SourceReport[]> {
  for (const statement of createSourceTables(dimensions)) await builder.run(statement)
  let sourceIx = 0
  const tools: SourceTools = {
    session: builder,
    dimensions,
    nextSourceIx: () => sourceIx++,
    shape: (shape) => shapeSealed(builder, `${scratch}.shape`, shape),
    progress: progress,
  }
  const reports: SourceReport[] = []
  for (const source of sources) reports.push(await source.read(tools))
  return reports
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
