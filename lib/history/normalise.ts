import { type Sql, sql } from '../engine/sql'

/** Times outside these years are typing errors, not history. */
const FIRST_YEAR = 1970
const LAST_YEAR = 2199

const fileOf = sql`(SELECT any_value(file) FROM source_files WHERE source_files.source_ix = rejected.source_ix)`

/**
 * Statements that make `observations` ready to be followed: what can't be is put into `rejects`, and each item has its number
 * in `item_numbers`. Needs the tables of `createSourceTables`.
 */
export function prepareObservations(): Sql[] {
  return [...rejectImpossible(), numberItems()]
}

/** Rows of items none of whose rows tells a state go to `rejects`. Needs their numbers in the table `stateless`. */
export function rejectStateless(): Sql {
  return sql`INSERT INTO rejects SELECT rejected.stream_id, ${fileOf}, source_row, rejected.item_id, 'state', NULL, 'no row of this item tells a state'
    FROM observations AS rejected JOIN item_numbers AS n ON n.stream_id = rejected.stream_id AND n.item_id = rejected.item_id
    WHERE n.item_ix IN (SELECT item_ix FROM stateless)`
}

function rejectImpossible(): Sql[] {
  const impossible = sql`year(changed_at) NOT BETWEEN ${FIRST_YEAR} AND ${LAST_YEAR}`
  return [
    sql`INSERT INTO rejects SELECT stream_id, ${fileOf}, source_row, item_id, 'at', CAST(changed_at AS VARCHAR), ${`the time lies outside of ${FIRST_YEAR} to ${LAST_YEAR}`}
      FROM observations AS rejected WHERE ${impossible}`,
    sql`DELETE FROM observations WHERE ${impossible}`,
    sql`UPDATE observations SET created_at = NULL WHERE created_at IS NOT NULL AND year(created_at) NOT BETWEEN ${FIRST_YEAR} AND ${LAST_YEAR}`,
  ]
}

/** Items are numbered in the order of streams and of their first instant, so that every later table sorts and joins by an integer. */
function numberItems(): Sql {
  return sql`CREATE TABLE item_numbers AS
    SELECT CAST(row_number() OVER (ORDER BY stream_order, begun_at, item_id) AS INTEGER) AS item_ix, stream_id, item_id
    FROM (SELECT stream_id, item_id, least(min(changed_at), min(created_at)) AS begun_at FROM observations GROUP BY stream_id, item_id)
    JOIN (SELECT stream_id, min(source_ix) AS stream_order FROM source_files GROUP BY stream_id) USING (stream_id)`
}
