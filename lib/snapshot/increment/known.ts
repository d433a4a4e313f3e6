import { asideOf, type Builder, inLanes } from '../../engine/duckdb/builder'
import { parquet, visibleRows } from '../../engine/duckdb/parquet'
import { ident, join, literal, type Sql, sql } from '../../engine/sql'
import { STATELESS } from '../../history/normalise'
import { dimensionColumn } from '../../model/dimension'
import type { Snapshot } from '../store'
import { TELLS_KEY, TELLS_STATE, TELLS_TITLE, TELLS_URL, tellsDimension } from '../walk/observed'
import { NoIncrement } from './plan'

/** Stands before all sources that are read now. */
export const KNOWN_SOURCE = -1
/** Items that are told of and stand so near each other are read in one scan. */
const NEAR = 1_000
/** Pieces that work is cut into: lanes that take them are busy for about as long. */
const PIECES = 8

/** Makes the table `told` of the items that `observations` tell something of. Rows of one that never told a state are not kept: now they are missing. */
async function refuseStateless(builder: Builder, base: Snapshot): Promise<void> {
  await builder.run(sql`CREATE TABLE told AS SELECT DISTINCT stream_id, item_id FROM observations`)
  const [left] = await builder.rows(sql`SELECT count(*) AS n FROM ${visibleRows(base, 'rejects')} AS rejected
    JOIN told USING (stream_id, item_id) WHERE rejected.reason = ${STATELESS}`)
  if (Number(left?.n)) throw new NoIncrement('items that were left out for want of a state are told of again')
}

/**
 * Makes the table `touched` of the items of a snapshot that `observations` tell something of, and puts among these what was observed
 * of them until then. @throws NoIncrement
 */
export async function recallTouched(builder: Builder, base: Snapshot): Promise<void> {
  await refuseStateless(builder, base)
  await builder.run(sql`CREATE TABLE found (item_ix INTEGER)`)
  const lanes = [builder, asideOf(builder), asideOf(builder), asideOf(builder)]
  const stored = parquet(base.tables.get('items') ?? [])
  const insertAll = (into: Sql, pieces: readonly Sql[], rowsOf: (piece: Sql) => Sql) =>
    inLanes(
      lanes,
      pieces.map((piece) => (lane) => lane.run(sql`INSERT INTO ${into} ${rowsOf(piece)}`)),
    )
  // All items must be gone through for their names; all else is read only where these lie.
  await insertAll(
    sql`found`,
    await slicesOf(builder, stored, lanes.length),
    (items) => sql`SELECT item_ix FROM ${visibleRows(base, 'items', items)} AS items JOIN told USING (stream_id, item_id)`,
  )
  const textsOf = (items: Sql) => sql`SELECT item_ix, stream_id, item_id, stream_ix, created_at, told_created_at, key, title, url
    FROM ${visibleRows(base, 'items', items)} AS items JOIN found USING (item_ix)`
  await builder.run(sql`CREATE TABLE touched AS ${textsOf(sql`(SELECT * FROM ${stored} AS stored WHERE FALSE)`)}`)
  await insertAll(sql`touched`, await placesOf(builder, base, 'items'), textsOf)
  await insertAll(sql`observations`, await placesOf(builder, base, 'history'), (rows) => observedOf(base, sql`touched`, rows))
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

/** Neighbouring numbers of items, and files in which these stand. */
interface Run {
  readonly first: number
  last: number
  readonly files: Set<string>
}

/** Rows of all items, in so many slices. */
async function slicesOf(builder: Builder, stored: Sql, count: number): Promise<Sql[]> {
  const [range] = await builder.rows(sql`SELECT coalesce(max(item_ix), 0) AS last FROM ${stored} AS stored`)
  const size = Math.ceil((Number(range?.last) + 1) / count)
  return Array.from({ length: count }, (_, slice) => sql`(${between(stored, slice * size, (slice + 1) * size - 1)})`)
}

/** Pieces of a table of a snapshot that together have all rows of the items in `found`, and as few others as its files can pass over. */
async function placesOf(builder: Builder, base: Snapshot, table: string): Promise<Sql[]> {
  const runs = await runsOf(builder, base.tables.get(table) ?? [])
  const scans = runs.map(({ first, last, files }) => between(parquet([...files]), first, last))
  const pieces = Array.from({ length: PIECES }, (_, piece) => scans.filter((_scan, place) => place % PIECES === piece))
  return pieces.filter(({ length }) => length).map((piece) => sql`(${join(piece, ' UNION ALL ')})`)
}

/** Runs of numbers that hold those in `found`, each as short as the rows are that a file keeps together, or together with its neighbours. */
async function runsOf(builder: Builder, files: readonly string[]): Promise<Run[]> {
  const groups = await builder.rows(sql`SELECT file, min(item_ix) AS first, max(item_ix) AS last
    FROM found ASOF JOIN (SELECT file_name AS file, row_group_id, CAST(stats_min_value AS INTEGER) AS low
      FROM parquet_metadata([${join(files.map(literal))}]) WHERE path_in_schema = 'item_ix') AS kept ON item_ix >= low
    GROUP BY file, row_group_id ORDER BY first, last`)
  const runs: Run[] = []
  for (const group of groups) {
    const [file, first, last] = [String(group.file), Number(group.first), Number(group.last)]
    const before = runs.at(-1)
    if (!before || first > before.last + NEAR) runs.push({ first, last, files: new Set([file]) })
    else {
      before.files.add(file)
      before.last = Math.max(before.last, last)
    }
  }
  return runs
}

/** A scan each: of one scan for all, every row would be held against every run. Not bound: what is only known when a statement runs passes over nothing. */
function between(stored: Sql, first: number, last: number): Sql {
  return sql`SELECT * FROM ${stored} AS stored WHERE item_ix BETWEEN ${literal(String(first))} AND ${literal(String(last))}`
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
