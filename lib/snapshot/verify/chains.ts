import { type Sql, sql } from '../../engine/sql'
import { NEVER } from '../../time/day'

/** What ends with one row has to begin with the next: sums of both, of an item each, tell without its rows being put in order. */
export function brokenVisits(visits: Sql): Sql {
  return sql`SELECT item_ix, concat_ws(' ', stream_id, 'item number', item_ix) AS place FROM ${visits} AS stays GROUP BY stream_id, item_ix
    HAVING ${sumOf(sql`CASE WHEN left_at IS NOT NULL THEN ${mark(sql`visit_ix + 1, left_at`)} END`)}
        <> ${sumOf(sql`CASE WHEN visit_ix > 1 THEN ${mark(sql`visit_ix, entered_at`)} END`)}
      OR min(visit_ix) <> 1 OR bool_or(left_at < entered_at)`
}

export function brokenSpells(spells: Sql): Sql {
  return sql`SELECT item_ix, concat_ws(' ', stream_id, 'item number', item_ix) AS place FROM ${spells} AS runs GROUP BY stream_id, item_ix
    HAVING ${sumOf(mark(sql`to_day`))} - ${sumOf(mark(sql`from_day`))} <> ${mark(sql`CAST(${NEVER} AS INTEGER)`)} - ${mark(sql`min(from_day)`)}
      OR bool_or(to_day <= from_day)`
}

function sumOf(value: Sql): Sql {
  return sql`coalesce(sum(${value}), 0)`
}

/** A number for values, another one for others. */
function mark(values: Sql): Sql {
  return sql`CAST(hash(${values}) >> 1 AS BIGINT)`
}

/** The first visit of an item that does not begin as the one before ended, or does not end as it should: `stream_id, position, day`. */
export function breakOfVisits(visits: Sql, itemIx: number): Sql {
  const isBroken = sql`visit_ix <> place OR left_at < entered_at OR (place > 1 AND entered_at IS DISTINCT FROM lag(left_at) OVER in_turn)
    OR (place = row_count AND left_at IS NOT NULL)`
  return firstBreak(visits, itemIx, { day: sql`enter_day`, order: sql`visit_ix, entered_at`, isBroken })
}

/** The same of its spells. */
export function breakOfSpells(spells: Sql, itemIx: number): Sql {
  const isBroken = sql`to_day <= from_day OR (place > 1 AND from_day <> lag(to_day) OVER in_turn) OR (place = row_count AND to_day <> ${NEVER})`
  return firstBreak(spells, itemIx, { day: sql`from_day`, order: sql`from_day, to_day`, isBroken })
}

interface Chain {
  readonly day: Sql
  readonly order: Sql
  /** Knows the row's `place` among `row_count` that are `in_turn`. */
  readonly isBroken: Sql
}

function firstBreak(table: Sql, itemIx: number, { day, order, isBroken }: Chain): Sql {
  return sql`SELECT stream_id, position, ${day} AS day FROM (
      SELECT *, row_number() OVER (ORDER BY ${order}) AS place, count(*) OVER () AS row_count FROM ${table} AS chain WHERE item_ix = ${itemIx}) AS rows_of_item
    WINDOW in_turn AS (ORDER BY place) QUALIFY ${isBroken} ORDER BY place LIMIT 1`
}
