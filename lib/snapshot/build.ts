import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Builder, copyToParquet, openBuilder } from '../engine/duckdb/builder'
import { ident, literal, type Sql, sql } from '../engine/sql'
import { normaliseHistory } from '../history/normalise'
import type { BuildSession, SourceReport } from '../history/session'
import { createSourceTables } from '../history/tables'
import type { Portfolio } from '../model/portfolio'
import { ownSpans, spanView } from '../model/value-stream'
import { Problem } from '../problem'
import { makeCubes } from './cubes/make'
import { snapshotId } from './identity'
import {
  DEFINITION_VERSION,
  type Manifest,
  type Repair,
  SCHEMA_VERSION,
  SNAPSHOT_TABLES,
  type SnapshotFile,
  SPAN_TABLES,
  spanTable,
} from './manifest'
import { createSteps } from './marts/steps'
import {
  createBlocks,
  createCalendar,
  createChanges,
  createFinishes,
  createItems,
  createMoves,
  createSpells,
  createVisits,
} from './marts/tables'
import { createWorkflow, portfolioDimensions } from './marts/workflow'
import { fileSize, hashFile, type SnapshotStore } from './store'
import { figureWarnings, portfolioWarnings } from './warnings'

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

export interface BuildOptions {
  readonly store: SnapshotStore
  readonly portfolio: Portfolio
  /** Checked configuration as stable text: part of the snapshot's id. */
  readonly configuration: string
  readonly sources: readonly SourceReader[]
  /** ISO instant at which the build runs; stands in the manifest, outside of the id. */
  readonly now: string
  readonly memoryLimit?: string
  readonly threads?: number
  progress(message: string): void
}

/**
 * Reads all sources and publishes one snapshot. Nothing of it is seen before it is whole: a failure or a crash leaves the
 * snapshot that was served, and no file that is ever read. @throws Problem
 */
export async function buildSnapshot(options: BuildOptions): Promise<Manifest> {
  const folder = await options.store.newBuildFolder()
  try {
    const manifest = await buildInto(folder, options)
    options.progress('publishing')
    await options.store.publish(folder, manifest)
    return manifest
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw buildFailure(error)
  }
}

async function buildInto(folder: string, options: BuildOptions): Promise<Manifest> {
  const scratch = path.join(folder, 'scratch')
  // In memory: a database file would compress every intermediate table; what does not fit spills beside the snapshot.
  const builder = await openBuilder({
    spillFolder: `${scratch}.spill`,
    memoryLimit: options.memoryLimit,
    threads: options.threads,
  })
  try {
    const dimensions = portfolioDimensions(
      options.sources.flatMap((source) => source.dimensions),
      options.portfolio.goals,
    )
    const reports = await readSources(builder, scratch, dimensions, options)
    await makeTables(builder, dimensions, options)
    options.progress('cubes')
    const cubes = await makeCubes(builder, options.portfolio, dimensions)
    const files = await writeTables(builder, folder, { portfolio: options.portfolio, cubes, progress: options.progress })
    return await manifestOf(builder, { options, dimensions, reports, files })
  } finally {
    builder.close()
    for (const suffix of ['.spill', '.shape', '.shape.wal']) {
      await rm(`${scratch}${suffix}`, { recursive: true, force: true })
    }
  }
}

async function readSources(
  builder: Builder,
  scratch: string,
  dimensions: readonly string[],
  options: BuildOptions,
): Promise<SourceReport[]> {
  for (const statement of createSourceTables(dimensions)) await builder.run(statement)
  let sourceIx = 0
  const tools: SourceTools = {
    session: builder,
    dimensions,
    nextSourceIx: () => sourceIx++,
    shape: (shape) => shapeSealed(builder, `${scratch}.shape`, shape),
    progress: options.progress,
  }
  const reports: SourceReport[] = []
  for (const source of options.sources) reports.push(await source.read(tools))
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

async function makeTables(builder: Builder, dimensions: readonly string[], options: BuildOptions): Promise<void> {
  const carried = options.sources.flatMap((source) => source.carried.map((dimension) => ({ streamId: source.streamId, dimension })))
  const phases: [string, readonly Sql[]][] = [
    ['ordering the history', normaliseHistory({ dimensions, carried })],
    ...ownSpans(options.portfolio.streams).map((span): [string, readonly Sql[]] => [
      `following the span ${span.id}`,
      createSpanTables(span.id, options.portfolio, dimensions),
    ]),
    ['following each item through its stages', [...createWorkflow(options.portfolio), ...createSteps(options.portfolio, dimensions)]],
    ['items', [createItems(dimensions)]],
    ['visits', [createVisits(dimensions)]],
    ['finishes', [createFinishes(dimensions)]],
    ['day ends', [createSpells(dimensions)]],
    ['changes', [createChanges(dimensions), createMoves(dimensions), createBlocks(dimensions)]],
    ['calendar', [createCalendar(options.portfolio.calendar)]],
  ]
  for (const [name, statements] of phases) {
    options.progress(name)
    for (const statement of statements) await builder.run(statement)
  }
}

/** The tables of one of the streams' own spans, made as if it were the only one there is. */
function createSpanTables(spanId: string, portfolio: Portfolio, dimensions: readonly string[]): Sql[] {
  const streams = portfolio.streams.flatMap((stream) => spanView(stream, spanId) ?? [])
  const view = { ...portfolio, streams }
  const made = SPAN_TABLES.map((table) => sql`ALTER TABLE ${ident(table)} RENAME TO ${ident(spanTable(table, spanId))}`)
  const passing = ['workflow', 'streams', 'stages', 'profiles', 'placed', 'inside', 'steps'].map((table) => sql`DROP TABLE ${ident(table)}`)
  const tables = [createItems(dimensions), createFinishes(dimensions), createSpells(dimensions), createMoves(dimensions)]
  return [...createWorkflow(view), ...createSteps(view, dimensions), ...tables, ...made, ...passing]
}

async function writeTables(
  builder: Builder,
  folder: string,
  { portfolio, cubes, progress }: { portfolio: Portfolio; cubes: readonly string[]; progress: (message: string) => void },
): Promise<SnapshotFile[]> {
  progress('writing Parquet')
  const files: SnapshotFile[] = []
  const own = ownSpans(portfolio.streams).flatMap(({ id }) => SPAN_TABLES.map((table) => spanTable(table, id)))
  for (const table of [...SNAPSHOT_TABLES, ...cubes, ...own]) {
    const name = `${table}.parquet`
    const file = path.join(folder, name)
    await builder.run(copyToParquet(tableQuery(table), file))
    const [count] = await builder.rows(sql`SELECT count(*) AS n FROM ${ident(table)}`)
    files.push({ table, name, bytes: await fileSize(file), sha256: await hashFile(file), rowCount: Number(count?.n ?? 0) })
  }
  return files
}

function tableQuery(table: string): Sql {
  if (table === 'history') return sql`SELECT * FROM history ORDER BY item_ix, seq`
  if (table === 'rejects') return sql`SELECT * FROM rejects ORDER BY stream_id, file, source_row, field`
  return sql`SELECT * FROM ${ident(table)}`
}

interface Built {
  readonly options: BuildOptions
  readonly dimensions: readonly string[]
  readonly reports: readonly SourceReport[]
  readonly files: readonly SnapshotFile[]
}

async function manifestOf(builder: Builder, built: Built): Promise<Manifest> {
  const { options, dimensions, reports, files } = built
  const [range] = await builder.rows(sql`SELECT (SELECT min(created_day) FROM items) AS first_day, (SELECT max(day) FROM steps) AS last_day,
    (SELECT CAST(count(*) AS INTEGER) FROM items WHERE status = 'finished') AS finished, (SELECT CAST(sum(change_count) AS DOUBLE) FROM items) AS changes`)
  const repairs = await builder.rows(sql`SELECT stream_id, rule, CAST(sum(row_count) AS DOUBLE) AS row_count, min(example) AS example
    FROM repairs GROUP BY stream_id, rule ORDER BY stream_id, rule`)
  options.progress('verifying')
  const failures = await figureWarnings(builder, options.portfolio, Number(range?.last_day ?? 0))
  const rowsOf = (table: string) => files.find((file) => file.table === table)?.rowCount ?? 0
  return {
    id: await snapshotId(builder, { configuration: options.configuration, dimensions }),
    schemaVersion: SCHEMA_VERSION,
    definitionVersion: DEFINITION_VERSION,
    createdAt: options.now,
    portfolio: options.portfolio,
    dimensions,
    sources: reports,
    firstDay: Number(range?.first_day ?? 0),
    lastDay: Number(range?.last_day ?? 0),
    counts: {
      items: rowsOf('items'),
      changes: Number(range?.changes ?? 0),
      finished: Number(range?.finished ?? 0),
      rejects: rowsOf('rejects'),
    },
    repairs: repairs.map(toRepair),
    warnings: [...failures, ...(await portfolioWarnings(builder, options.portfolio))],
    files,
  }
}

function toRepair(row: Record<string, unknown>): Repair {
  return {
    streamId: String(row.stream_id),
    rule: String(row.rule),
    rowCount: Number(row.row_count),
    example: row.example === null ? null : String(row.example),
  }
}

function buildFailure(error: unknown): Problem {
  if (error instanceof Problem) return error
  const text = error instanceof Error ? error.message : String(error)
  if (/no space left|ENOSPC|disk.*full|out of disk/i.test(text)) {
    return new Problem('disk-full', 'The disk is full: nothing was published and the snapshot that was served is still served', {
      status: 507,
      detail: text.split('\n')[0],
      cause: error,
    })
  }
  return new Problem('build-failed', 'The build failed: nothing was published and the snapshot that was served is still served', {
    status: 500,
    detail: text.split('\n').slice(0, 3).join(' '),
    cause: error,
  })
}
