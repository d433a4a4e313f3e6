import type { Dialect } from '../dialect'
import { ident, type Sql, type SqlValue, sql } from '../sql'

const EPOCH = sql`DATE '1970-01-01'`

export const duckdbDialect: Dialect = {
  name: 'duckdb',
  table: (snapshotId, table) => sql`${ident(`snapshot_${snapshotId}`)}.${ident(table)}`,
  text: (snapshotId, column, text) => sql`TRY_CAST(${text} AS ${textType(snapshotId, column)})`,
  argMax: (value, by) => sql`arg_max(${value}, ${by})`,
  periodStart: (day, grain) => {
    if (grain === 'day') return day
    const date = sql`(${EPOCH} + ${day})`
    // Half of what cutting off and counting days takes.
    if (grain === 'month') return sql`CAST(${day} - dayofmonth(${date}) + 1 AS INTEGER)`
    return sql`CAST(date_diff('day', ${EPOCH}, date_trunc(${grain}, ${date})) AS INTEGER)`
  },
  series: (first, last) => sql`(SELECT CAST(range AS INTEGER) AS n FROM range(${first}, ${last + 1}))`,
  integers: (values) => sql`(SELECT unnest(from_json(${JSON.stringify(values)}, '["INTEGER"]')) AS n)`,
  render: renderNamed,
}

/** The type that a snapshot has for the texts of columns of a name. */
export function textType(snapshotId: string, column: string): Sql {
  return duckdbDialect.table(snapshotId, `text_of_${column}`)
}

/** `$p0, $p1, …` with equal values sharing a name. */
export function renderNamed(query: Sql): { text: string; params: Record<string, SqlValue> } {
  const params: Record<string, SqlValue> = {}
  const names = new Map<string, string>()
  let text = query.texts[0] ?? ''
  query.values.forEach((value, index) => {
    const key = `${typeof value}:${value}`
    let name = names.get(key)
    if (name === undefined) {
      name = `p${names.size}`
      names.set(key, name)
      params[name] = value
    }
    text += `$${name}${query.texts[index + 1] ?? ''}`
  })
  return { text, params }
}
