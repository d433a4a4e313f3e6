import { ident, join, type Sql, sql } from '../engine/sql'
import { dimensionColumn } from '../model/dimension'
import { dimensionList } from './tables'

/** Times outside these years are typing errors, not history. */
const FIRST_YEAR = 1970
const LAST_YEAR = 2199

export interface NormaliseOptions {
  readonly dimensions: readonly string[]
  /** (stream, dimension) pairs in which a blank means "unchanged". */
  readonly carried: readonly { readonly streamId: string; readonly dimension: string }[]
}

/**
 * Statements that turn `observations` into `history`: one full record per change, ordered by source time within an item
 * (equal times keep source order), states filled in, everything repaired counted in `repairs` and everything left out in `rejects`.
 * Needs the tables of `createSourceTables` and leaves `history` and `item_facts`, both with the number `item_ix` of the item.
 */
export function normaliseHistory(options: NormaliseOptions): Sql[] {
  const dims = dimensionList(options.dimensions)
  return [
    ...rejectImpossible(),
    numberItems(),
    orderObservations(options, dims),
    ...rejectStateless(),
    countRepairs('time_backwards', sql`changed_at < latest_before`),
    countRepairs('state_missing_unchanged', sql`state IS NULL AND known_before IS NOT NULL`),
    countRepairs('first_state_missing', sql`state IS NULL AND known_before IS NULL`),
    countRepairs('state_repeated', sql`state IS NOT DISTINCT FROM previous_state AND previous_state IS NOT NULL`),
    itemFacts(),
    createHistory(dims),
    sql`INSERT INTO repairs SELECT stream_id, 'created_after_first_change', count(*), any_value(item_id)
      FROM item_facts WHERE created_at > first_at GROUP BY stream_id`,
    sql`INSERT INTO repairs SELECT stream_id, 'first_state_inferred', count(*), any_value(item_id)
      FROM item_facts WHERE created_at < first_at GROUP BY stream_id`,
  ]
}

const fileOf = sql`(SELECT any_value(file) FROM source_files WHERE source_files.source_ix = rejected.source_ix)`

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

function orderObservations(options: NormaliseOptions, dims: Sql): Sql {
  const carriedDims = options.dimensions.map((name) => {
    const column = ident(dimensionColumn(name))
    const streams = options.carried.filter((pair) => pair.dimension === name).map((pair) => pair.streamId)
    if (!streams.length) return column
    const carried = sql`last_value(${column} IGNORE NULLS) OVER (item_order ROWS UNBOUNDED PRECEDING)`
    return sql`CASE WHEN stream_id IN (${join(streams.map((id) => sql`${id}`))}) THEN ${carried} ELSE ${column} END AS ${column}`
  })
  return sql`CREATE TABLE ordered AS
    WITH filled AS (
      SELECT * EXCLUDE (${dims}), ${join(carriedDims)},
        CAST(row_number() OVER item_order AS INTEGER) AS seq,
        max(changed_at) OVER (source_order ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest_before,
        lag(state) OVER item_order AS previous_state,
        last_value(state IGNORE NULLS) OVER (item_order ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS known_before,
        first_value(state IGNORE NULLS) OVER (item_order ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS known_after
      FROM observations JOIN item_numbers USING (stream_id, item_id)
      WINDOW item_order AS (PARTITION BY item_ix ORDER BY changed_at, source_ix, source_row, source_step),
        source_order AS (PARTITION BY item_ix ORDER BY source_ix, source_row, source_step))
    SELECT * FROM filled`
}

function rejectStateless(): Sql[] {
  const stateless = sql`state IS NULL AND known_before IS NULL AND known_after IS NULL`
  return [
    sql`INSERT INTO rejects SELECT stream_id, ${fileOf}, source_row, item_id, 'state', NULL, 'no row of this item tells a state'
      FROM ordered AS rejected WHERE ${stateless}`,
    sql`DELETE FROM ordered WHERE ${stateless}`,
  ]
}

function countRepairs(rule: string, condition: Sql): Sql {
  return sql`INSERT INTO repairs SELECT stream_id, ${rule}, count(*), min(item_id) FROM ordered WHERE ${condition} GROUP BY stream_id`
}

function itemFacts(): Sql {
  const latest = (name: string) => {
    const column = ident(name)
    return sql`arg_max(${column}, seq) FILTER (${column} IS NOT NULL) AS ${column}`
  }
  return sql`CREATE TABLE item_facts AS
    SELECT item_ix, stream_id, item_id, min(changed_at) AS first_at, max(changed_at) AS last_at, CAST(count(*) AS INTEGER) AS change_count,
      min(created_at) AS created_at, ${latest('key')}, ${latest('title')}, ${latest('url')}
    FROM ordered GROUP BY item_ix, stream_id, item_id`
}

/** An item that was created before its first recorded change gets a row 0 without a state: the first one is not known. */
function createHistory(dims: Sql): Sql {
  return sql`CREATE TABLE history AS
    SELECT item_ix, stream_id, item_id, seq, changed_at, coalesce(state, known_before, known_after) AS state, coalesce(blocked, FALSE) AS blocked,
      CASE WHEN blocked THEN blocked_reason END AS blocked_reason, ${dims}
    FROM ordered
    UNION ALL
    SELECT facts.item_ix, facts.stream_id, facts.item_id, 0, facts.created_at, NULL, FALSE, NULL, ${dims}
    FROM item_facts AS facts JOIN ordered ON ordered.item_ix = facts.item_ix AND ordered.seq = 1
    WHERE facts.created_at < facts.first_at`
}
