import { ident, join, list, type Sql, sql } from '../../engine/sql'
import { dimensionList } from '../../history/tables'
import { dimensionColumn } from '../../model/dimension'
import { SPANS } from '../../model/unit'
import type { WorkCalendar } from '../../model/value-stream'

/** First and latest start of each span as local days. */
function startDays(alias: Sql): Sql {
  return join(SPANS.flatMap((span) => ['first', 'last'].map((which) => sql`${alias}.${ident(`${which}_start_day_${span}`)}`)))
}

/** `items`: one row per item: who it is, when it began, where it stands at the end of the history. */
export function createItems(dimensions: readonly string[]): Sql {
  return sql`CREATE TABLE items AS
    SELECT s.item_ix, stream_ix, s.stream_id, f.item_id, coalesce(f.key, f.item_id) AS key, coalesce(f.title, '') AS title, f.url,
      s.begun_at AS created_at, s.begun_day AS created_day, f.last_at, f.change_count, s.position, stage_id, status, blocked, mark,
      ${join(SPANS.map((span) => ident(`first_start_day_${span}`)))}, ${dimensionList(dimensions)}
    FROM (SELECT *, min(changed_at) OVER (PARTITION BY item_ix) AS begun_at, min(day) OVER (PARTITION BY item_ix) AS begun_day FROM steps
      QUALIFY lead(seq) OVER (PARTITION BY item_ix ORDER BY seq) IS NULL) AS s
    JOIN item_facts AS f ON f.item_ix = s.item_ix
    JOIN stages ON stages.stream_id = s.stream_id AND stages.position = s.position
    ORDER BY s.item_ix`
}

/** `visits`: every stay of an item in a stage, `[entered_at, left_at)`; the latest one may be open. */
export function createVisits(dimensions: readonly string[]): Sql {
  const firstOf = (name: string) => sql`arg_min_null(${ident(dimensionColumn(name))}, seq) AS ${ident(dimensionColumn(name))}`
  return sql`CREATE TABLE visits AS
    WITH turns AS (
      SELECT *, sum(turned) OVER (PARTITION BY item_ix ORDER BY seq) AS visit
      FROM (SELECT *, CASE WHEN position IS DISTINCT FROM lag(position) OVER (PARTITION BY item_ix ORDER BY seq)
        THEN 1 ELSE 0 END AS turned FROM steps)),
    stays AS (
      SELECT stream_ix, stream_id, item_ix, CAST(visit AS INTEGER) AS visit_ix, any_value(position) AS position,
        min(changed_at) AS entered_at, min(day) AS enter_day, CASE WHEN bool_and(next_at IS NOT NULL) THEN max(next_at) END AS left_at,
        CASE WHEN bool_and(next_day IS NOT NULL) THEN max(next_day) END AS leave_day,
        CAST(sum(step_seconds) AS BIGINT) AS seconds,
        CAST(sum(CASE WHEN waits OR blocked THEN step_seconds ELSE 0 END) AS BIGINT) AS waiting_seconds,
        CAST(sum(CASE WHEN blocked THEN step_seconds ELSE 0 END) AS BIGINT) AS blocked_seconds, ${join(dimensions.map(firstOf))}
      FROM turns GROUP BY stream_ix, stream_id, item_ix, visit)
    SELECT item_ix, stays.stream_id, visit_ix, stays.position, stages.stage_id, kind, entered_at, left_at, enter_day, leave_day,
      seconds, waiting_seconds, blocked_seconds, ${dimensionList(dimensions, 'stays')}
    FROM stays JOIN stages ON stages.stream_id = stays.stream_id AND stages.position = stays.position
    ORDER BY stays.stream_ix, entered_at, item_ix, visit_ix`
}

/**
 * `finishes`: every time an item became finished, with its spans as of then. On a day d the item is finished by the one row
 * with `finish_day <= d` and (`until_day` absent or `d < until_day`).
 */
export function createFinishes(dimensions: readonly string[]): Sql {
  const seconds = SPANS.map((span) => ident(`seconds_${span}`))
  const elapsed = SPANS.flatMap((span) =>
    ['first', 'last'].map(
      (which) => sql`CAST(date_diff('second', s.${ident(`${which}_start_${span}`)}, s.changed_at) AS BIGINT) AS ${ident(`${which}_elapsed_${span}`)}`,
    ),
  )
  return sql`CREATE TABLE finishes AS
    WITH flagged AS (
      SELECT *, min(CASE WHEN status <> 'finished' THEN day END)
        OVER (PARTITION BY item_ix ORDER BY seq ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS until_day
      FROM steps)
    SELECT s.item_ix, s.stream_id, s.changed_at AS finished_at, s.day AS finish_day, until_day,
      ${startDays(sql`s`)}, ${join(elapsed)}, ${join(seconds.map((column) => sql`s.${column}`))},
      ${dimensionList(dimensions, 'settled')}
    FROM flagged AS s JOIN steps AS settled ON settled.item_ix = s.item_ix AND settled.changed_at = s.changed_at AND settled.ends_instant
    WHERE s.status = 'finished' AND coalesce(s.previous_status, '') <> 'finished'
    ORDER BY s.stream_ix, finished_at, s.item_ix, s.seq`
}

/** `spells`: what is true of an item at the end of each day, as runs of days `[from_day, to_day)` that are alike. */
export function createSpells(dimensions: readonly string[]): Sql {
  const startColumns = SPANS.flatMap((span) => [ident(`first_start_day_${span}`), ident(`last_start_day_${span}`)])
  const compared = [sql`position`, sql`mark`, sql`status`, sql`blocked`, ...startColumns, ...dimensions.map((name) => ident(dimensionColumn(name)))]
  return sql`CREATE TABLE spells AS
    WITH day_ends AS (
      SELECT * FROM steps
      QUALIFY lead(day) OVER (PARTITION BY item_ix ORDER BY seq) IS DISTINCT FROM day),
    turns AS (
      SELECT * FROM day_ends
      QUALIFY row(${join(compared)}) IS DISTINCT FROM lag(row(${join(compared)})) OVER (PARTITION BY item_ix ORDER BY day))
    SELECT turns.item_ix, turns.stream_id, turns.day AS from_day, CAST(lead(turns.day) OVER (PARTITION BY turns.item_ix ORDER BY turns.day) AS INTEGER) AS to_day,
      turns.position, turns.mark, turns.status, turns.blocked, ${join(startColumns.map((column) => sql`turns.${column}`))}, ${dimensionList(dimensions, 'turns')}
    FROM turns ORDER BY turns.stream_ix, from_day, turns.item_ix`
}

/** `changes`: the ledger of what changed on an item, field by field. */
export function createChanges(dimensions: readonly string[]): Sql {
  const fields = [
    { name: 'state', value: sql`state` },
    { name: 'blocked', value: sql`CASE WHEN blocked THEN 'yes' END` },
    ...dimensions.map((name) => ({ name, value: ident(dimensionColumn(name)) })),
  ]
  const pairs = fields.map(({ value }, index) => {
    return sql`${value} AS ${ident(`to_${index}`)}, lag(${value}) OVER item_order AS ${ident(`from_${index}`)}`
  })
  const turned = fields.map(({ name }, index) => {
    const [from, to] = [ident(`from_${index}`), ident(`to_${index}`)]
    return sql`SELECT stream_ix, item_ix, stream_id, changed_at, day, seq, ${name} AS field, ${from} AS from_value, ${to} AS to_value
      FROM pairs WHERE ${from} IS DISTINCT FROM ${to}`
  })
  return sql`CREATE TABLE changes AS
    WITH pairs AS MATERIALIZED (
      SELECT stream_ix, item_ix, stream_id, changed_at, day, seq, ${join(pairs)} FROM steps WINDOW item_order AS (PARTITION BY item_ix ORDER BY seq))
    SELECT * EXCLUDE (stream_ix) FROM (${join(turned, ' UNION ALL ')}) ORDER BY stream_ix, item_ix, seq, field`
}

/** `cube_levels`: net change of the number of items per day, standing (position, mark, status) and stream. */
export function createLevelsCube(): Sql {
  return sql`CREATE TABLE cube_levels AS
    SELECT stream_id, day, position, mark, status, CAST(sum(delta) AS INTEGER) AS item_delta
    FROM (
      SELECT stream_id, from_day AS day, position, mark, status, 1 AS delta FROM spells
      UNION ALL
      SELECT stream_id, to_day, position, mark, status, -1 FROM spells WHERE to_day IS NOT NULL)
    GROUP BY stream_id, day, position, mark, status HAVING sum(delta) <> 0
    ORDER BY stream_id, day, position, mark, status`
}

/** `calendar`: for each day from the day before the history begins to its end, how many working days lie up to and including it. */
export function createCalendar(calendar: WorkCalendar): Sql {
  const date = sql`(DATE '1970-01-01' + CAST(range AS INTEGER))`
  return sql`CREATE TABLE calendar AS
    SELECT CAST(range AS INTEGER) AS day, CAST(sum(CASE WHEN isodow(${date}) IN ${list(calendar.weekend)}
      OR strftime(${date}, '%Y-%m-%d') IN ${list(calendar.holidays)} THEN 0 ELSE 1 END) OVER (ORDER BY range) AS INTEGER) AS workdays_through
    FROM range((SELECT min(created_day) - 1 FROM items), (SELECT max(day) + 1 FROM steps)) ORDER BY day`
}
