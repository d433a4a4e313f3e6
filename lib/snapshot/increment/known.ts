import type { Builder } from '../../engine/duckdb/builder'
import { parquet, visibleRows } from '../../engine/duckdb/parquet'
import { ident, join, literal, type Sql, sql } from '../../engine/sql'
import { STATELESS } from '../../history/normalise'
import { dimensionColumn } from '../../model/dimension'
import type { Snapshot } from '../store'
import { TELLS_KEY, TELLS_STATE, TELLS_TITLE, TELLS_URL, tellsDimension } from '../walk/observed'
import { NoIncrement } from './plan'

/** Stands before all sources that are read now. */
export const KNOWN_SOURCE = -1
/** Items lie in the order of their numbers, and those that are told of near each other: all others are passed over between so many runs of them. */
const MOST_RUNS = 12

const TOLD = sql`(SELECT DISTINCT stream_id, item_id FROM observations)`

/** Rows of an item that never told a state are not kept: now that it is told of again, they are missing. */
async function refuseStateless(builder: Builder, base: Snapshot): Promise<void> {
  const [left] = await builder.rows(sql`SELECT count(*) AS n FROM ${visibleRows(base, 'rejects')} AS rejected
    JOIN ${TOLD} AS told USING (stream_id, item_id) WHERE rejected.reason = ${STATELESS}`)
  if (Number(left?.n)) throw new NoIncrement('items that were left out for want of a state are told of again')
}

/**
 * Makes the table `touched` of the items of a snapshot that `observations` tell something of, and puts among these what was observed
 * of them until then. @throws NoIncrement
 */
export async function recallTouched(builder: Builder, base: Snapshot): Promise<void> {
  await refuseStateless(builder, base)
  // All items must be gone through for their names; all else is read only where these lie.
  await builder.run(
    sql`CREATE TABLE found AS SELECT item_ix FROM ${visibleRows(base, 'items')} AS items JOIN ${TOLD} AS told USING (stream_id, item_id)`,
  )
  const runs = await runsOf(builder)
  await builder.run(sql`CREATE TABLE touched AS SELECT item_ix, stream_id, item_id, stream_ix, created_at, told_created_at, key, title, url
    FROM ${visibleRows(base, 'items', rowsNear(base, 'items', runs))} AS items JOIN found USING (item_ix)`)
  await builder.run(sql`INSERT INTO observations ${observedOf(base, sql`touched`, rowsNear(base, 'history', runs))}`)
}

/** Puts everything that a snapshot keeps of what was observed before what is in `observations`, and its rejects among `rejects`. @throws NoIncrement */
export async function recallAll(builder: Builder, base: Snapshot): Promise<void> {
  await refuseStateless(builder, base)
  await builder.run(
    sql`INSERT INTO observations ${observedOf(base, visibleRows(base, 'items'), parquet(base.tables.get('history') ?? []))}`,
  )
  await builder.pack()
  await builder.run(sql`INSERT INTO rejects SELECT * FROM ${visibleRows(base, 'rejects')}`)
}

/** Neighbouring numbers of items. */
interface Run {
  readonly first: number
  readonly last: number
}

/** The runs of numbers among which those in `found` lie, from one of the widest gaps between them to the next. */
async function runsOf(builder: Builder): Promise<Run[]> {
  const gaps =
    await builder.rows(sql`SELECT before, item_ix FROM (SELECT lag(item_ix) OVER (ORDER BY item_ix) AS before, item_ix FROM found)
    WHERE before IS NOT NULL ORDER BY item_ix - before DESC LIMIT ${MOST_RUNS - 1}`)
  const [range] = await builder.rows(sql`SELECT min(item_ix) AS first, max(item_ix) AS last FROM found`)
  if (range?.first === null) return []
  const edges = [...gaps.flatMap(({ before, item_ix }) => [Number(before), Number(item_ix)]), Number(range?.first), Number(range?.last)]
  const sorted = edges.sort((a, b) => a - b)
  return sorted.flatMap((first, place) => (place % 2 ? [] : [{ first, last: sorted[place + 1] ?? first }]))
}

/** Rows of a table of a snapshot among which those of the items of runs lie. */
function rowsNear(base: Snapshot, table: string, runs: readonly Run[]): Sql {
  const stored = parquet(base.tables.get(table) ?? [])
  // A scan for each run: of one scan for all, every row would be held against every run. Not bound: what is only known when a statement runs
  // passes over nothing.
  const near = runs.map(
    ({ first, last }) =>
      sql`SELECT * FROM ${stored} AS stored WHERE item_ix BETWEEN ${literal(String(first))} AND ${literal(String(last))}`,
  )
  return near.length ? sql`(${join(near, ' UNION ALL ')})` : sql`(SELECT * FROM ${stored} AS stored WHERE FALSE)`
}

/**
 * Everything that was observed of items, as a snapshot keeps it.
 * @param items table of `item_ix` and texts
 * @param rows those of `history`, where all of these items' stand
 */
function observedOf(base: Snapshot, items: Sql, rows: Sql): Sql {
  const tells = (bit: number, value: Sql) => (bit ? sql`CASE WHEN history.told & ${bit} > 0 THEN ${value} END` : value)
  const values = base.manifest.dimensions.map((name, place) => tells(tellsDimension(place), sql`history.${ident(dimensionColumn(name))}`))
  return sql`SELECT items.stream_id, items.item_id, history.changed_at, ${KNOWN_SOURCE}, history.source_order, 0, ${tells(TELLS_STATE, sql`history.state`)},
      history.blocked, history.blocked_reason, ${tells(TELLS_KEY, sql`items.key`)}, ${tells(TELLS_TITLE, sql`items.title`)}, ${tells(TELLS_URL, sql`items.url`)},
      items.told_created_at, ${join(values)}
    FROM ${visibleRows(base, 'history', rows)} AS history JOIN ${items} AS items USING (item_ix)
    WHERE history.seq > 0`
}
