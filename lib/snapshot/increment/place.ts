import type { Lane } from '../../engine/duckdb/builder'
import { parquet, visibleRows } from '../../engine/duckdb/parquet'
import { join, literal, type Sql, sql } from '../../engine/sql'
import type { Snapshot } from '../store'
import { NoIncrement } from './plan'

/**
 * Makes `item_orders`: the place of each item in `item_numbers` among the items of a snapshot, as a number between those of its
 * neighbours. Who is in `touched` and began when it did keeps its place. @throws NoIncrement when there is no number left in between
 */
export async function placeItems(builder: Lane, base: Snapshot): Promise<void> {
  const orders = base.tables.has('item_orders')
    ? visibleRows(base, 'item_orders')
    : sql`(SELECT 0 AS item_ix, 0.0 AS item_order WHERE FALSE)`
  await builder.run(sql`CREATE TABLE placed AS
    SELECT n.item_ix, n.stream_ix, n.begun_at, n.item_id, t.item_ix AS former_ix, t.created_at IS NOT DISTINCT FROM n.begun_at AS stays
    FROM item_numbers AS n LEFT JOIN touched AS t ON t.stream_id = n.stream_id AND t.item_id = n.item_id`)
  await builder.run(sql`CREATE TABLE lows AS SELECT stream_ix, min(begun_at) AS low FROM placed WHERE NOT stays GROUP BY stream_ix`)
  await builder.run(sql`CREATE TABLE neighbours AS ${await neighboursOf(builder, base, orders)}`)
  await builder.run(sql`CREATE TABLE item_orders AS
    WITH line AS (
      SELECT stream_ix, begun_at, item_id, item_order, NULL AS item_ix FROM neighbours
      UNION ALL SELECT stream_ix, begun_at, item_id, NULL, item_ix FROM placed WHERE NOT stays),
    gaps AS (SELECT *, coalesce(max(item_order) OVER ahead, 0) AS below, min(item_order) OVER behind AS above FROM line
      WINDOW ahead AS (PARTITION BY stream_ix ORDER BY begun_at NULLS FIRST, item_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        behind AS (PARTITION BY stream_ix ORDER BY begun_at NULLS FIRST, item_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)),
    counted AS (SELECT *, row_number() OVER (PARTITION BY stream_ix, below ORDER BY begun_at, item_id) AS nth,
      count(*) OVER (PARTITION BY stream_ix, below) AS many FROM gaps WHERE item_ix IS NOT NULL)
    SELECT item_ix, CASE WHEN above IS NULL THEN below + nth ELSE below + (above - below) * nth / (many + 1) END AS item_order, below, above FROM counted
    UNION ALL SELECT placed.item_ix, coalesce(orders.item_order, CAST(former_ix AS DOUBLE)), NULL, NULL
      FROM placed LEFT JOIN ${orders} AS orders ON orders.item_ix = placed.former_ix WHERE stays`)
  const [crowded] = await builder.rows(sql`SELECT count(*) AS n FROM item_orders WHERE item_order <= below OR item_order >= above`)
  if (Number(crowded?.n)) throw new NoIncrement('too many items came in between others')
}

/** Items that began no earlier than any that needs a place, and of those before, which are nearly all, the last place in each stream. */
async function neighboursOf(builder: Lane, base: Snapshot, orders: Sql): Promise<Sql> {
  const stored = parquet(base.tables.get('items') ?? [])
  const lows = await builder.rows(sql`SELECT stream_ix, CAST(low AS VARCHAR) AS low FROM lows`)
  // Not bound, and a scan for each stream: what began before is passed over unread.
  const late = lows.map(
    ({ stream_ix, low }) =>
      sql`SELECT * FROM ${stored} AS stored WHERE stream_ix = ${literal(String(stream_ix))} AND created_at >= ${literal(String(low))}`,
  )
  const order = sql`coalesce(orders.item_order, CAST(items.item_ix AS DOUBLE))`
  const from = (source: Sql) => sql`${visibleRows(base, 'items', source)} AS items LEFT JOIN ${orders} AS orders USING (item_ix)`
  const stay = sql`items.item_ix NOT IN (SELECT former_ix FROM placed WHERE former_ix IS NOT NULL AND NOT stays)`
  const before = sql`SELECT items.stream_ix, NULL AS begun_at, '' AS item_id, max(${order}) AS item_order
    FROM ${from(stored)} JOIN lows USING (stream_ix) WHERE items.created_at < lows.low AND ${stay} GROUP BY items.stream_ix`
  return join(
    [
      ...(late.length
        ? [
            sql`SELECT items.stream_ix, items.created_at AS begun_at, items.item_id, ${order} AS item_order
        FROM ${from(sql`(${join(late, ' UNION ALL ')})`)} WHERE ${stay}`,
          ]
        : []),
      before,
    ],
    ' UNION ALL ',
  )
}
