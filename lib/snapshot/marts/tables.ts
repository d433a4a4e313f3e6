import { ident, join, list, type Sql, sql } from '../../engine/sql'
import { dimensionList } from '../../history/tables'
import { dimensionColumn } from '../../model/dimension'
import { SPANS } from '../../model/unit'
import type { WorkCalendar } from '../../model/value-stream'
import { NEVER } from '../../time/day'

/** First and latest start of each span as local days. */
function startDays(alias: Sql): Sql {
  return join(SPANS.flatMap((span) => ['first', 'last'].map((which) => sql`${alias}.${ident(`${which}_start_day_${span}`)}`)))
}

/** Joins the dimension values of a step's profile, as the alias `p`. */
function withProfile(alias: Sql): Sql {
  return sql`JOIN profiles AS p ON p.profile_ix = ${alias}.profile_ix`
}

/** `items`: one row per item: who it is, when it began, where it stands at the end of the history. */
export function createItems(dimensions: readonly string[]): Sql {
  return sql`CREATE TABLE items AS
    SELECT s.item_ix, stream_ix, s.stream_id, f.item_id, coalesce(f.key, f.item_id) AS key, coalesce(f.title, '') AS title, f.url,
      s.first_start_lead AS created_at, s.first_start_day_lead AS created_day, f.last_at, f.change_count, s.position, stage_id, status, blocked, mark,
      ${join(SPANS.map((span) => ident(`first_start_day_${span}`)))}, ${dimensionList(dimensions, 'p')}
    FROM steps AS s ${withProfile(sql`s`)}
    JOIN item_facts AS f ON f.item_ix = s.item_ix
    JOIN stages ON stages.stream_id = s.stream_id AND stages.position = s.position
    WHERE s.next_at IS NULL
    ORDER BY s.item_ix`
}

/** `visits`: every stay of an item in a stage, `[entered_at, left_at)`; the latest one may be open. */
export function createVisits(dimensions: readonly string[]): Sql {
  return sql`CREATE TABLE visits AS
    WITH stays AS (
      SELECT stream_ix, stream_id, item_ix, visit_ix, any_value(position) AS position, arg_min(profile_ix, seq) AS profile_ix,
        min(changed_at) AS entered_at, min(day) AS enter_day, CASE WHEN bool_and(next_at IS NOT NULL) THEN max(next_at) END AS left_at,
        CASE WHEN bool_and(next_day IS NOT NULL) THEN max(next_day) END AS leave_day,
        CAST(sum(step_seconds) AS BIGINT) AS seconds,
        CAST(sum(CASE WHEN waits OR blocked THEN step_seconds ELSE 0 END) AS BIGINT) AS waiting_seconds,
        CAST(sum(CASE WHEN blocked THEN step_seconds ELSE 0 END) AS BIGINT) AS blocked_seconds
      FROM steps GROUP BY stream_ix, stream_id, item_ix, visit_ix)
    SELECT item_ix, stays.stream_id, visit_ix, stays.position, stages.stage_id, kind, entered_at, left_at, enter_day, leave_day,
      seconds, waiting_seconds, blocked_seconds, ${dimensionList(dimensions, 'p')}
    FROM stays ${withProfile(sql`stays`)} JOIN stages ON stages.stream_id = stays.stream_id AND stages.position = stays.position
    ORDER BY stays.stream_ix, entered_at, item_ix, visit_ix`
}

/**
 * `finishes`: every time an item became finished, with its spans as of then. On a day d the item is finished by the one row
 * with `finish_day <= d < until_day`, which is `NEVER` while it lasts.
 */
export function createFinishes(dimensions: readonly string[]): Sql {
  const seconds = SPANS.flatMap((span) => ['', 'active_', 'waiting_', 'blocked_'].map((sort) => ident(`${sort}seconds_${span}`)))
  const elapsed = SPANS.flatMap((span) =>
    ['first', 'last'].map(
      (which) =>
        sql`CAST(date_diff('second', s.${ident(`${which}_start_${span}`)}, s.changed_at) AS BIGINT) AS ${ident(`${which}_elapsed_${span}`)}`,
    ),
  )
  return sql`CREATE TABLE finishes AS
    WITH ended AS (
      SELECT item_ix, seq, coalesce(lead(CASE WHEN status <> 'finished' THEN day END IGNORE NULLS) OVER (PARTITION BY item_ix ORDER BY seq), ${NEVER}) AS until_day
      FROM steps QUALIFY status = 'finished' AND coalesce(previous_status, '') <> 'finished'),
    settled AS (SELECT item_ix, changed_at, profile_ix FROM steps WHERE ends_instant)
    SELECT s.item_ix, s.stream_id, s.changed_at AS finished_at, s.day AS finish_day, CAST(until_day AS INTEGER) AS until_day,
      ${startDays(sql`s`)}, ${join(elapsed)}, ${join(seconds.map((column) => sql`s.${column}`))}, ${dimensionList(dimensions, 'p')}
    FROM ended JOIN steps AS s ON s.item_ix = ended.item_ix AND s.seq = ended.seq
    JOIN settled ON settled.item_ix = s.item_ix AND settled.changed_at = s.changed_at ${withProfile(sql`settled`)}
    ORDER BY s.stream_ix, finished_at, s.item_ix, s.seq`
}

/** `spells`: what is true of an item at the end of each day, as runs of days `[from_day, to_day)` that are alike; the last ends `NEVER`. */
export function createSpells(dimensions: readonly string[]): Sql {
  const starts = SPANS.flatMap((span) => [ident(`first_start_day_${span}`), ident(`last_start_day_${span}`)])
  const compared = join([sql`position`, sql`mark`, sql`status`, sql`blocked`, sql`profile_ix`, ...starts])
  return sql`CREATE TABLE spells AS
    WITH turns AS (
      SELECT stream_ix, stream_id, item_ix, day, ${compared} FROM steps WHERE next_day IS DISTINCT FROM day
      QUALIFY row(${compared}) IS DISTINCT FROM lag(row(${compared})) OVER (PARTITION BY item_ix ORDER BY day)),
    runs AS (SELECT *, coalesce(lead(day) OVER (PARTITION BY item_ix ORDER BY day), ${NEVER}) AS to_day FROM turns)
    SELECT item_ix, runs.stream_id, day AS from_day, CAST(to_day AS INTEGER) AS to_day, position, mark, status, blocked, ${join(starts)},
      ${dimensionList(dimensions, 'p')}
    FROM runs ${withProfile(sql`runs`)} ORDER BY stream_ix, from_day, item_ix`
}

/** `changes`: the ledger of what changed on an item, field by field. */
export function createChanges(dimensions: readonly string[]): Sql {
  const own = [
    { name: 'state', value: sql`state` },
    { name: 'blocked', value: sql`CASE WHEN blocked THEN 'yes' END` },
  ]
  const before = own.map(
    ({ name, value }) =>
      sql`lag(${value}) OVER (PARTITION BY item_ix ORDER BY seq) AS ${ident(`from_${name}`)}, ${value} AS ${ident(`to_${name}`)}`,
  )
  const columns = sql`stream_ix, item_ix, s.stream_id, changed_at, day, seq`
  const turned = own.map(({ name }) => {
    const [from, to] = [ident(`from_${name}`), ident(`to_${name}`)]
    return sql`SELECT ${columns}, ${name} AS field, ${from} AS from_value, ${to} AS to_value FROM pairs AS s WHERE ${from} IS DISTINCT FROM ${to}`
  })
  const reprofiled = dimensions.map((name) => {
    const column = ident(dimensionColumn(name))
    return sql`SELECT ${columns}, ${name}, was.${column}, p.${column} FROM turned AS s ${withProfile(sql`s`)}
      LEFT JOIN profiles AS was ON was.profile_ix = s.previous_profile_ix WHERE was.${column} IS DISTINCT FROM p.${column}`
  })
  return sql`CREATE TABLE changes AS
    WITH pairs AS MATERIALIZED (SELECT stream_ix, item_ix, stream_id, changed_at, day, seq, ${join(before)} FROM steps),
    turned AS MATERIALIZED (SELECT stream_ix, item_ix, stream_id, changed_at, day, seq, profile_ix, previous_profile_ix FROM steps
      WHERE profile_ix IS DISTINCT FROM previous_profile_ix)
    SELECT * EXCLUDE (stream_ix) FROM (${join([...turned, ...reprofiled], ' UNION ALL ')}) ORDER BY stream_ix, item_ix, seq, field`
}

/**
 * `moves`: every change of stage or status: from where to where, on which day, under which team; with the start days of each
 * span as of then, which are absent while an item has not begun it.
 */
export function createMoves(dimensions: readonly string[]): Sql {
  const before = (name: string) => sql`lag(${ident(name)}) OVER item_order AS ${ident(`from_${name}`)}`
  const starts = SPANS.map((span) => ident(`first_start_day_${span}`))
  const started = SPANS.map(
    (span) => sql`lag(${ident(`first_start_day_${span}`)}) OVER item_order IS NOT NULL AS ${ident(`was_started_${span}`)}`,
  )
  return sql`CREATE TABLE moves AS
    WITH turns AS (
      SELECT stream_ix, item_ix, stream_id, seq, changed_at, day, ${before('position')}, position, ${before('status')}, status, profile_ix,
        ${join(starts)}, ${join(started)}
      FROM steps WINDOW item_order AS (PARTITION BY item_ix ORDER BY seq))
    SELECT turns.* EXCLUDE (stream_ix, profile_ix), ${dimensionList(dimensions, 'p')}
    FROM turns ${withProfile(sql`turns`)}
    WHERE from_position IS DISTINCT FROM position OR from_status IS DISTINCT FROM status
    ORDER BY stream_ix, changed_at, item_ix, seq`
}

/** `blocks`: blocked spells, `[blocked_at, unblocked_at)`; one that lasts has no end. */
export function createBlocks(dimensions: readonly string[]): Sql {
  return sql`CREATE TABLE blocks AS
    WITH turns AS (
      SELECT *, sum(CASE WHEN blocked AND NOT was_blocked THEN 1 ELSE 0 END) OVER (PARTITION BY item_ix ORDER BY seq) AS spell
      FROM (SELECT *, coalesce(lag(blocked) OVER (PARTITION BY item_ix ORDER BY seq), FALSE) AS was_blocked FROM steps)),
    spans AS (
      SELECT stream_ix, item_ix, stream_id, CAST(spell AS INTEGER) AS block_ix, min(changed_at) AS blocked_at, min(day) AS block_day,
        CASE WHEN bool_and(next_at IS NOT NULL) THEN max(next_at) END AS unblocked_at,
        CASE WHEN bool_and(next_day IS NOT NULL) THEN max(next_day) END AS unblock_day,
        arg_min(blocked_reason, seq) FILTER (blocked_reason IS NOT NULL) AS reason,
        arg_min(day, seq) FILTER (blocked_reason IS NOT NULL) AS reason_day, arg_min(position, seq) AS position, arg_min(profile_ix, seq) AS profile_ix
      FROM turns WHERE blocked GROUP BY stream_ix, item_ix, stream_id, spell)
    SELECT spans.* EXCLUDE (stream_ix, profile_ix), ${dimensionList(dimensions, 'p')} FROM spans ${withProfile(sql`spans`)}
    ORDER BY stream_ix, blocked_at, item_ix`
}

/** `calendar`: for each day from the day before the history begins to its end, how many working days lie up to and including it. */
export function createCalendar(calendar: WorkCalendar): Sql {
  const date = sql`(DATE '1970-01-01' + CAST(range AS INTEGER))`
  return sql`CREATE TABLE calendar AS
    SELECT CAST(range AS INTEGER) AS day, CAST(sum(CASE WHEN isodow(${date}) IN ${list(calendar.weekend)}
      OR strftime(${date}, '%Y-%m-%d') IN ${list(calendar.holidays)} THEN 0 ELSE 1 END) OVER (ORDER BY range) AS INTEGER) AS workdays_through
    FROM range((SELECT min(created_day) - 1 FROM items), (SELECT max(day) + 1 FROM steps)) ORDER BY day`
}
