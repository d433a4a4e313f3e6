import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Builder, besideSpill, copyToParquet, openBuilder } from '../engine/duckdb/builder'
import { ident, type Sql, sql } from '../engine/sql'
import type { SourceReport } from '../history/session'
import { portfolioDimensions } from '../history/tables'
import type { Portfolio } from '../model/portfolio'
import { Problem } from '../problem'
import { makeCubes } from './cubes/make'
import { type FollowedHistory, followHistory } from './follow-history'
import { snapshotId } from './identity'
import { DEFINITION_VERSION, type Manifest, type Repair, SCHEMA_VERSION, type SnapshotFile } from './manifest'
import { readSources, type SourceReader } from './read-sources'
import { fileSize, hashFile, type SnapshotStore } from './store'
import type { WrittenFile } from './walk/parts'
import { figureWarnings, portfolioWarnings } from './warnings'

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
  /** Changes that are followed at a time: what is in memory at once. */
  readonly partChanges?: number
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
  const spill = `${scratch}.spill`
  // In memory: a database file would compress every intermediate table; what does not fit spills beside the snapshot.
  const builder = await openBuilder({
    spillFolder: spill,
    memoryLimit: options.memoryLimit,
    threads: options.threads,
  })
  try {
    const dimensions = portfolioDimensions(
      options.sources.flatMap((source) => source.dimensions),
      options.portfolio.goals,
    )
    const reports = await readSources({ builder, scratch, dimensions, sources: options.sources, progress: options.progress })
    const carried = options.sources.flatMap((source) => source.carried.map((dimension) => ({ streamId: source.streamId, dimension })))
    const { portfolio, partChanges, progress } = options
    const followed = await followHistory({ builder, portfolio, dimensions, carried, folder, partChanges, progress })
    progress('cubes')
    const cubes = await makeCubes(builder, portfolio, dimensions)
    const made = await writeTables(builder, folder, [...cubes, 'calendar', 'rejects'])
    const files = await describeFiles(folder, [...followed.files, ...made])
    return await manifestOf(builder, { options, dimensions, reports, files, followed })
  } finally {
    builder.close()
    for (const left of [spill, besideSpill(spill), `${scratch}.shape`, `${scratch}.shape.wal`])
      await rm(left, { recursive: true, force: true })
  }
}

async function writeTables(builder: Builder, folder: string, tables: readonly string[]): Promise<WrittenFile[]> {
  const files: WrittenFile[] = []
  for (const table of tables) {
    const name = `${table}.parquet`
    await builder.run(copyToParquet(tableQuery(table), path.join(folder, name)))
    const [count] = await builder.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM ${ident(table)}`)
    files.push({ table, name, rowCount: Number(count?.n ?? 0) })
  }
  return files
}

function tableQuery(table: string): Sql {
  if (table === 'rejects') return sql`SELECT * FROM rejects ORDER BY stream_id, file, source_row, field`
  return sql`SELECT * FROM ${ident(table)}`
}

async function describeFiles(folder: string, written: readonly WrittenFile[]): Promise<SnapshotFile[]> {
  const files: SnapshotFile[] = []
  for (const { table, name, rowCount } of written) {
    const file = path.join(folder, name)
    files.push({ table, name, rowCount, bytes: await fileSize(file), sha256: await hashFile(file) })
  }
  return files
}

interface Built {
  readonly options: BuildOptions
  readonly dimensions: readonly string[]
  readonly reports: readonly SourceReport[]
  readonly files: readonly SnapshotFile[]
  readonly followed: FollowedHistory
}

async function manifestOf(builder: Builder, built: Built): Promise<Manifest> {
  const { options, dimensions, reports, files, followed } = built
  const [items] = await builder.rows(sql`SELECT CAST(count(*) FILTER (status = 'finished') AS INTEGER) AS finished FROM items`)
  const repairs = await builder.rows(sql`SELECT stream_id, rule, CAST(sum(row_count) AS DOUBLE) AS row_count, min(example) AS example
    FROM repairs GROUP BY stream_id, rule ORDER BY stream_id, rule`)
  options.progress('verifying')
  const failures = await figureWarnings(builder, options.portfolio, followed.lastDay)
  const rowsOf = (table: string) => files.find((file) => file.table === table)?.rowCount ?? 0
  return {
    id: await snapshotId(builder, options.configuration),
    schemaVersion: SCHEMA_VERSION,
    definitionVersion: DEFINITION_VERSION,
    createdAt: options.now,
    portfolio: options.portfolio,
    dimensions,
    sources: reports,
    firstDay: followed.firstDay,
    lastDay: followed.lastDay,
    counts: {
      items: rowsOf('items'),
      changes: followed.changes,
      finished: Number(items?.finished ?? 0),
      rejects: rowsOf('rejects'),
    },
    repairs: repairs.map(toRepair),
    warnings: [...failures, ...(await portfolioWarnings(builder, options.portfolio, followed.census))],
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
