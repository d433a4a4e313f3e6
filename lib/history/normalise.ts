import { type Sql, sql } from '../engine/sql'

/** Times outside these years are typing errors, not history. */
const FIRST_YEAR = 1970
const LAST_YEAR = 2199

const fileOf = sql`(SELECT any_value(file) FROM source_files WHERE source_files.source_ix = rejected.source_ix)`

/** Statements that put what can't be followed into `rejects`. Need the tables of `createSourceTables`. */
export function rejectImpossible(): Sql[] {
  const impossible = sql`year(changed_at) NOT BETWEEN ${FIRST_YEAR} AND ${LAST_YEAR}`
  return [
    sql`INSERT INTO rejects SELECT stream_id, ${fileOf}, source_row, item_id, 'at', CAST(changed_at AS VARCHAR), ${`the time lies outside of ${FIRST_YEAR} to ${LAST_YEAR}`}
      FROM observations AS rejected WHERE ${impossible}`,
    sql`DELETE FROM observations WHERE ${impossible}`,
    sql`UPDATE observations SET created_at = NULL WHERE created_at IS NOT NULL AND year(created_at) NOT BETWEEN ${FIRST_YEAR} AND ${LAST_YEAR}`,
  ]
}

/**
 * Numbers items in the order of streams and of their first instant, so that every later table sorts and joins by an integer: makes
 * `item_numbers` from `observations` and `streams`.
 * @param first the first number
 */
export function numberItems(first = 1): Sql {
  return sql`CREATE TABLE item_numbers AS
    SELECT CAST(row_number() OVER (ORDER BY stream_ix, begun_at, item_id) + ${first - 1} AS INTEGER) AS item_ix, stream_ix, stream_id, item_id, begun_at
    FROM (SELECT stream_id, item_id, least(min(changed_at), min(created_at)) AS begun_at FROM observations GROUP BY stream_id, item_id)
    JOIN streams USING (stream_id)`
}

/** Why the rows of an item are left out none of which tells a state. */
export const STATELESS = 'no row of this item tells a state'

/** Rows of items none of whose rows tells a state go to `rejects`. Needs their numbers in the table `stateless`. */
export function rejectStateless(): Sql {
  return sql`INSERT INTO rejects SELECT rejected.stream_id, ${fileOf}, source_row, rejected.item_id, 'state', NULL, ${STATELESS}
    FROM observations AS rejected JOIN item_numbers AS n ON n.stream_id = rejected.stream_id AND n.item_id = rejected.item_id
    WHERE n.item_ix IN (SELECT item_ix FROM stateless)`
}
