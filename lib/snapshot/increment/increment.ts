import { copyFile, link, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Builder, copyToParquet } from '../../engine/duckdb/builder'
import { parquet, visibleRows } from '../../engine/duckdb/parquet'
import { REPLACED_TABLE } from '../../engine/engine'
import { ident, type Sql, sql } from '../../engine/sql'
import type { SourceReport } from '../../history/session'
import { createSourceTables } from '../../history/tables'
import { both } from '../both'
import { gainCubes, gainedTable } from '../cubes/gain'
import { type FollowedHistory, type FollowOptions, followHistory } from '../follow-history'
import { digestItems, replaceDigest } from '../identity'
import type { Made, SnapshotFile } from '../manifest'
import type { Snapshot } from '../store'
import { figureWarnings, portfolioWarnings, VERIFICATION_FAILED } from '../warnings'
import { describeFiles, writeTables } from '../written'
import { recallTouched } from './known'
import { addCounts, addRepairs, addReports, addStates } from './merge'
import { placeItems } from './place'

/** So few take next to nothing of the memory: items are followed as they were and as they are at the same time. */
const FEW_CHANGES = 4_000_000

export interface IncrementOptions extends Omit<FollowOptions, 'firstItem' | 'span'> {
  readonly base: Snapshot
  /** What was read, at the place of each source. */
  readonly reports: readonly SourceReport[]
  /** Opens another database with the limits of the build. */
  readonly openAnother: () => Promise<Builder>
}

/** The same items twice: as they were, and as they are with what `observations` tell on top. */
interface Both {
  readonly before: Builder
  readonly after: Builder
  readonly was: FollowedHistory
  readonly is: FollowedHistory
}

/**
 * Makes the files of a snapshot by adding to those of another one. Only items that `observations` tell something of are followed, from
 * their own history on: their rows take the place of those they had, and cubes gain the difference. @throws NoIncrement
 */
export async function growSnapshot(options: IncrementOptions): Promise<Made> {
  const { base, builder, folder } = options
  await recallTouched(builder, base)
  const before = await options.openAnother()
  const scratch = path.join(folder, 'before')
  try {
    const both = { ...(await followBoth(options, before, scratch)), before, after: builder }
    options.progress('cubes')
    const added = await writeAdded(options, both, scratch)
    const kept = base.manifest.files.filter(({ table }) => table !== 'calendar')
    const taken = await takeOver(base, folder, kept)
    return await grownManifest(options, both, [...taken, ...added])
  } finally {
    before.close()
    await rm(scratch, { recursive: true, force: true })
  }
}

/** The snapshot as it was, where nothing came since. */
export async function keepSnapshot({ base, folder }: Pick<IncrementOptions, 'base' | 'folder'>): Promise<Made> {
  const files = await takeOver(base, folder, base.manifest.files)
  const { sources, firstDay, lastDay, counts, repairs, warnings, identity, states, increments } = base.manifest
  return { sources, firstDay, lastDay, counts, repairs, warnings, identity, states, increments, files }
}

/** Folder of the files of an increment. */
function addedFolder({ manifest }: Snapshot): string {
  return `increment-${String((manifest.increments?.count ?? 0) + 1).padStart(3, '0')}`
}

async function followBoth(options: IncrementOptions, before: Builder, scratch: string) {
  const { base, builder, folder, dimensions } = options
  const known = path.join(scratch, 'known.parquet')
  const own = path.join(folder, addedFolder(base))
  for (const each of [scratch, own]) await mkdir(each, { recursive: true })
  await builder.run(copyToParquet(sql`SELECT * FROM known`, known))
  for (const statement of createSourceTables(dimensions)) await before.run(statement)
  await before.run(sql`INSERT INTO observations SELECT * FROM ${parquet([known])}`)
  await builder.run(sql`INSERT INTO observations SELECT * FROM known`)
  const { firstDay, lastDay } = base.manifest
  const [last] = await builder.rows(sql`SELECT coalesce(max(item_ix), 0) AS item_ix FROM ${parquet(base.tables.get('items') ?? [])}`)
  const [counted] = await builder.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS changes FROM observations`)
  const asWas = () => followHistory({ ...options, builder: before, folder: scratch, progress: () => {} })
  const asIs = () => followHistory({ ...options, folder: own, firstItem: Number(last?.item_ix) + 1, span: { firstDay, lastDay } })
  const [was, is] = Number(counted?.changes) <= FEW_CHANGES ? await both(asWas(), asIs()) : [await asWas(), await asIs()]
  await placeItems(builder, base)
  return { was, is }
}

/** Writes what is added to the tables; those that gain nothing get no file. */
async function writeAdded({ base, portfolio, dimensions, folder }: IncrementOptions, both: Both, scratch: string): Promise<SnapshotFile[]> {
  const { before, after, is } = both
  const name = addedFolder(base)
  const own = path.join(folder, name)
  const cubes = [...base.tables.keys()].filter((table) => table.startsWith('cube_'))
  const scratchOf = (table: string) => path.join(scratch, `${table}.parquet`)
  await gainCubes({ before, after, portfolio, dimensions, tables: new Set(cubes), scratch: scratchOf })
  await after.run(sql`CREATE TABLE ${ident(REPLACED_TABLE)} AS SELECT item_ix FROM touched ORDER BY item_ix`)
  const queries = new Map<string, Sql>([
    ...cubes.map((cube): [string, Sql] => [cube, sql`SELECT * FROM ${gainedTable(cube)}`]),
    ['rejects', sql`SELECT * FROM rejects ORDER BY stream_id, file, source_row, field`],
    ['item_orders', sql`SELECT item_ix, item_order FROM item_orders ORDER BY item_ix`],
  ])
  const written = await writeTables(after, own, ['calendar', 'rejects', 'item_orders', REPLACED_TABLE, ...cubes], queries)
  const filled = [...is.files, ...written].filter(({ rowCount }) => rowCount > 0)
  const files = await describeFiles(
    folder,
    filled.map((file) => ({ ...file, name: path.posix.join(name, file.name) })),
  )
  return files.map((file) => ({ ...file, isAdded: true }))
}

/** Puts the files of a snapshot into a folder without copying them, where the disk can do so: none of them ever changes. */
async function takeOver(base: Snapshot, folder: string, taken: readonly SnapshotFile[]): Promise<readonly SnapshotFile[]> {
  for (const { name } of taken) {
    const [from, to] = [path.join(base.folder, name), path.join(folder, name)]
    await mkdir(path.dirname(to), { recursive: true })
    await link(from, to).catch(() => copyFile(from, to))
  }
  return taken
}

async function grownManifest(options: IncrementOptions, both: Both, files: readonly SnapshotFile[]): Promise<Made> {
  const { base, portfolio, reports } = options
  const { before, after, was, is } = both
  const { manifest } = base
  const identity = replaceDigest(manifest.identity, await digestItems(before), await digestItems(after))
  const states = addStates(manifest.states, was.states, is.states)
  const hidden = { ...manifest.increments?.hidden }
  for (const { table, rowCount } of was.files) if (rowCount) hidden[table] = (hidden[table] ?? 0) + rowCount
  options.progress('verifying')
  const failures = await figureWarnings(after, portfolio, is.lastDay)
  const known = manifest.warnings.filter((text) => text.startsWith(VERIFICATION_FAILED))
  const goals = sql`(SELECT dim_goal FROM ${visibleRows(base, 'items')} AS items WHERE item_ix NOT IN (SELECT item_ix FROM touched)
    UNION ALL SELECT dim_goal FROM items)`
  const rejects = sql`(SELECT * FROM ${visibleRows(base, 'rejects')} UNION ALL SELECT * FROM rejects)`
  return {
    sources: addReports(manifest.sources, reports),
    firstDay: is.firstDay,
    lastDay: is.lastDay,
    counts: await addCounts(manifest.counts, both),
    repairs: await addRepairs(manifest.repairs, before, after),
    warnings: [...new Set([...known, ...failures]), ...(await portfolioWarnings(after, portfolio, states, { rejects, items: goals }))],
    identity,
    states,
    increments: { originId: manifest.increments?.originId ?? manifest.id, count: (manifest.increments?.count ?? 0) + 1, hidden },
    files,
  }
}
