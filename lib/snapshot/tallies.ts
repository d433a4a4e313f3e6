import type { Builder } from '../engine/duckdb/builder'
import { type Sql, sql } from '../engine/sql'
import type { Repair } from './manifest'

/** What the build had to put right, as its table `repairs` tells. */
export async function readRepairs(builder: Builder): Promise<Repair[]> {
  const rows = await builder.rows(sql`SELECT stream_id, rule, CAST(sum(row_count) AS DOUBLE) AS row_count, min(example) AS example
    FROM repairs GROUP BY stream_id, rule ORDER BY stream_id, rule`)
  return rows.map((row) => ({
    streamId: String(row.stream_id),
    rule: String(row.rule),
    rowCount: Number(row.row_count),
    example: row.example === null ? null : String(row.example),
  }))
}

/** How many items there are. @param items table of them */
export async function countItems(
  builder: Builder,
  items: Sql = sql`items`,
): Promise<{ readonly items: number; readonly finished: number }> {
  const [row] = await builder.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS items,
    CAST(count(*) FILTER (status = 'finished') AS DOUBLE) AS finished FROM ${items} AS items`)
  return { items: Number(row?.items), finished: Number(row?.finished) }
}
