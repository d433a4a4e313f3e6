import { copyFile, link, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { asideOf, type Builder } from '../../engine/duckdb/builder'
import { parquet, visibleRows } from '../../engine/duckdb/parquet'
import { REPLACED_TABLE } from '../../engine/engine'
import { ident, type Sql, sql } from '../../engine/sql'
import type { SourceReport } from '../../history/session'
import type { Portfolio } from '../../model/portfolio'
import { both } from '../both'
import { GainedCubes } from '../cubes/gain'
import { cubesInOrder, makeCubes } from '../cubes/make'
import { STAGE_LEVELS, stageLevels } from '../cubes/stage-levels'
import { type FollowedHistory, type FollowOptions, followHistory } from '../follow-history'
import { digestItems, replaceDigest } from '../identity'
import type { Increments, Made, Repair, SnapshotFile } from '../manifest'
import type { Snapshot } from '../store'
import { countItems, readRepairs } from '../tallies'
import { FORMER_ITEMS, type FormerHistory } from '../walk/former'
import { figureWarnings, portfolioWarnings, VERIFICATION_FAILED } from '../warnings'
import { describeFiles, writeTables } from '../written'
import { KNOWN_SOURCE, recallTouched } from './known'
import { addCounts, addRepairs, addReports, addStates } from './merge'
import { placeItems } from './place'

/** Few enough that a part is written while the next is followed: an increment has no more changes than make one part of a whole history. */
const PART_CHANGES = 250_000

export interface IncrementOptions extends Omit<FollowOptions, 'firstItem' | 'span' | 'former' | 'eachPart' | 'beside'> {
  readonly base: Snapshot
  /** What was read, at the place of each source. */
  readonly reports: readonly SourceReport[]
  /** Called when all files are there, and waited for while they are checked. */
  whenWritten(written: Pick<Made, 'identity' | 'files' | 'increments'>): Promise<void>
}

/** The same items twice: as they were, and as they are with what `observations` tell on top. */
interface Both {
  readonly was: FormerHistory
  readonly is: FollowedHistory
}

/**
 * Makes the files of a snapshot by adding to those of another one. Only items that `observations` tell something of are followed, from
 * their own history on: their rows take the place of those they had, and cubes gain the difference. @throws NoIncrement
 */
export async function growSnapshot(options: IncrementOptions): Promise<Made> {
  const { base, builder, folder, portfolio, dimensions, whenWritten } = options
  await recallTouched(builder, base)
  const own = path.join(folder, addedFolder(base))
  await mkdir(own, { recursive: true })
  const cubes = [...base.tables.keys()].filter((table) => table.startsWith('cube_'))
  const gained = new GainedCubes({ folder: own, portfolio, dimensions, tables: new Set(cubes) })
  const twice = await followBoth(options, own, gained)
  const kept = base.manifest.files.filter(({ table }) => !MADE_ANEW.includes(table))
  const lines = linesOf(options, twice.is, gained)
  const [added, taken] = await both(writeAdded(options, [...twice.is.files, ...gained.files], lines), takeOver(base, folder, kept))
  const former = formerItems()
  const identity = replaceDigest(base.manifest.identity, await digestItems(builder, former), await digestItems(builder))
  const written = { identity, files: [...taken, ...added], increments: grownIncrements(base, twice.was) }
  const [told] = await both(whatElse(options, twice, former), whenWritten(written))
  return { ...written, ...told }
}

/** The snapshot as it was, where nothing came since. */
export async function keepSnapshot({ base, folder }: Pick<IncrementOptions, 'base' | 'folder'>): Promise<Made> {
  const files = await takeOver(base, folder, base.manifest.files)
  const { sources, firstDay, lastDay, counts, repairs, warnings, identity, states, increments } = base.manifest
  return { sources, firstDay, lastDay, counts, repairs, warnings, identity, states, increments, files }
}

/** Tables of which an increment has all rows. */
const MADE_ANEW: readonly string[] = ['calendar', STAGE_LEVELS]

/** Levels of stages are no sums: they follow from what the cube of levels is now. */
function linesOf(
  { base, folder, portfolio }: IncrementOptions,
  { firstDay, lastDay }: FollowedHistory,
  gained: GainedCubes,
): Sql | undefined {
  const added = gained.files.filter(({ table }) => table === 'cube_levels').map(({ name }) => path.join(folder, addedFolder(base), name))
  const levels = parquet([...(base.tables.get('cube_levels') ?? []), ...added])
  return stageLevels({ streams: portfolio.streams, firstDay, lastDay, levels })
}

/** Folder of the files of an increment. */
function addedFolder({ manifest }: Snapshot): string {
  return `increment-${String((manifest.increments?.count ?? 0) + 1).padStart(3, '0')}`
}

async function followBoth(options: IncrementOptions, folder: string, gained: GainedCubes): Promise<Both> {
  const { base, builder } = options
  const { firstDay, lastDay } = base.manifest
  const [last] = await builder.rows(sql`SELECT coalesce(max(item_ix), 0) AS item_ix FROM ${parquet(base.tables.get('items') ?? [])}`)
  const is = await followHistory({
    ...options,
    folder,
    partChanges: options.partChanges ?? PART_CHANGES,
    firstItem: Number(last?.item_ix) + 1,
    span: { firstDay, lastDay },
    former: { sourceIx: KNOWN_SOURCE, isCompared: (table) => gained.isFact(table) },
    eachPart: gained,
    beside: () => placeItems(asideOf(builder), base),
  })
  if (!is.former) throw new TypeError('items were not followed as they were')
  return { was: is.former, is }
}

/** Writes what is added to the tables beside what was written; those that gain nothing get no file. */
async function writeAdded(
  { base, builder, folder }: IncrementOptions,
  others: FollowedHistory['files'],
  lines: Sql | undefined,
): Promise<SnapshotFile[]> {
  const name = addedFolder(base)
  await builder.run(sql`CREATE TABLE ${ident(REPLACED_TABLE)} AS SELECT item_ix FROM touched ORDER BY item_ix`)
  const queries = new Map<string, Sql>([
    ['rejects', sql`SELECT * FROM rejects ORDER BY stream_id, file, source_row, field`],
    ['item_orders', sql`SELECT item_ix, item_order FROM item_orders ORDER BY item_ix`],
    ...(lines ? [[STAGE_LEVELS, lines] as const] : []),
  ])
  const tables = ['calendar', REPLACED_TABLE, ...queries.keys()]
  const written = await writeTables(builder, path.join(folder, name), tables, queries)
  const filled = [...others, ...written].filter(({ rowCount }) => rowCount > 0)
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

/** What a manifest says beside its files, after a look at whether the tables agree with each other. */
async function whatElse(
  options: IncrementOptions,
  { was, is }: Both,
  former: Sql,
): Promise<Omit<Made, 'identity' | 'files' | 'increments'>> {
  const { base, builder, portfolio, dimensions, reports } = options
  const { manifest } = base
  const states = addStates(manifest.states, was.states, is.states)
  options.progress('verifying')
  const plain = cubesInOrder(dimensions).filter((cube) => !cube.dimensions.length && base.tables.has(cube.table))
  await makeCubes({ builder, portfolio, dimensions, tables: new Set(plain.map(({ table }) => table)), inAnyOrder: true })
  const failures = await figureWarnings(builder, { portfolio, lastDay: is.lastDay, hasStageLevels: false })
  const known = manifest.warnings.filter((text) => text.startsWith(VERIFICATION_FAILED))
  const goals = sql`(SELECT dim_goal FROM ${visibleRows(base, 'items')} AS items WHERE item_ix NOT IN (SELECT item_ix FROM touched)
    UNION ALL SELECT dim_goal FROM items)`
  const rejects = sql`(SELECT * FROM ${visibleRows(base, 'rejects')} UNION ALL SELECT * FROM rejects)`
  return {
    sources: addReports(manifest.sources, reports),
    firstDay: is.firstDay,
    lastDay: is.lastDay,
    counts: addCounts(
      manifest.counts,
      { ...(await countItems(builder, former)), changes: was.changes },
      { ...(await countItems(builder)), changes: is.changes, rejects: await countRejects(builder) },
    ),
    repairs: addRepairs(manifest.repairs, repairsOf(was, portfolio), await readRepairs(builder)),
    warnings: [...new Set([...known, ...failures]), ...(await portfolioWarnings(builder, portfolio, states, { rejects, items: goals }))],
    states,
  }
}

function grownIncrements(base: Snapshot, was: FormerHistory): Increments {
  const { id, increments } = base.manifest
  return { originId: increments?.originId ?? id, count: (increments?.count ?? 0) + 1, hidden: hiddenRows(base, was) }
}

/** What is known of items as they were: texts stand in the snapshot, as what follows from their own history. */
function formerItems(): Sql {
  return sql`(SELECT touched.stream_id, touched.item_id, touched.key, touched.title, touched.url, was.digest_low, was.digest_high, was.status
    FROM ${ident(FORMER_ITEMS)} AS was JOIN item_numbers USING (item_ix)
    JOIN touched ON touched.stream_id = item_numbers.stream_id AND touched.item_id = item_numbers.item_id)`
}

function hiddenRows({ manifest }: Snapshot, { rowCounts }: FormerHistory): Record<string, number> {
  const hidden = { ...manifest.increments?.hidden }
  for (const [table, rowCount] of rowCounts) if (rowCount) hidden[table] = (hidden[table] ?? 0) + rowCount
  return hidden
}

function repairsOf({ repairs }: FormerHistory, { streams }: Portfolio): Repair[] {
  return repairs.list().map(({ streamIx, rule, rowCount }) => ({ streamId: streams[streamIx]?.id ?? '', rule, rowCount, example: null }))
}

async function countRejects(builder: Builder): Promise<number> {
  const [counted] = await builder.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM rejects`)
  return Number(counted?.n)
}
