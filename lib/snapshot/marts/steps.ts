import { ident, join, type Sql, sql } from '../../engine/sql'
import { dimensionList } from '../../history/tables'
import { dimensionColumn } from '../../model/dimension'
import type { Portfolio } from '../../model/portfolio'
import { SPANS, type SpanName } from '../../model/unit'
import { CANCELLED_POSITION, mappedDimension, UNMAPPED_POSITION } from './workflow'

/** Position from which on an item is inside a span; a lead time begins with the item itself. */
function startPosition(span: SpanName): Sql {
  return span === 'lead' ? sql`${UNMAPPED_POSITION}` : ident(`${span}_position`)
}

/**
 * `steps`: one row per change of an item with everything that is true from that change on: stage, high-water mark, status
 * (open, finished, removed), first and latest start of each span, seconds spent inside each span and waiting so far.
 * All later tables are cut from it. Only what lies before a row decides the row, so that any past day can be asked for.
 */
export function createSteps(portfolio: Portfolio, dimensions: readonly string[]): Sql[] {
  return [createProfiles(portfolio, dimensions), createPlaced(dimensions), createInside(), createStepsTable()]
}

/**
 * `profiles`: each combination of dimension values that a stream ever had, as the source says it (`raw_…`) and with types and
 * goals mapped. Steps carry the profile's number alone: sorting and comparing an integer is many times cheaper than eight texts.
 */
function createProfiles(portfolio: Portfolio, dimensions: readonly string[]): Sql {
  const raw = dimensions.map((name) => sql`${ident(dimensionColumn(name))} AS ${ident(`raw_${name}`)}`)
  const mapped = dimensions.map((name) => {
    const column = ident(dimensionColumn(name))
    return name === 'type' ? sql`mapped_type AS ${column}` : sql`${mappedDimension(portfolio, name)} AS ${column}`
  })
  return sql`CREATE TABLE profiles AS
    SELECT CAST(row_number() OVER () AS INTEGER) AS profile_ix, stream_id, ${join(raw)}, ${join(mapped)}
    FROM (SELECT *, ${mappedDimension(portfolio, 'type')} AS mapped_type FROM (SELECT DISTINCT stream_id, ${dimensionList(dimensions)} FROM history))`
}

/** Puts each change into its stage, its local day and its profile. */
function createPlaced(dimensions: readonly string[]): Sql {
  const alike = dimensions.map((name) => sql`p.${ident(`raw_${name}`)} IS NOT DISTINCT FROM h.${ident(dimensionColumn(name))}`)
  return sql`CREATE TABLE placed AS
    SELECT h.item_ix, h.stream_id, h.seq, h.changed_at, h.state, h.blocked, h.blocked_reason, p.profile_ix,
      CAST(coalesce(w.position, CASE WHEN h.state IS NULL THEN unstated_position ELSE ${UNMAPPED_POSITION} END) AS INTEGER) AS position,
      coalesce(w.waits, h.state IS NULL AND unstated_position >= 0) AS waits, coalesce(w.kind = 'active', FALSE) AS works,
      CAST(date_diff('day', DATE '1970-01-01', CAST(timezone(timezone, timezone('UTC', h.changed_at)) AS DATE)) AS INTEGER) AS day,
      stream_ix, flow_position, cycle_position, finished_position
    FROM history AS h
    JOIN streams ON streams.stream_id = h.stream_id
    JOIN profiles AS p ON p.stream_id = h.stream_id AND ${join(alike, ' AND ')}
    LEFT JOIN workflow AS w ON w.stream_id = h.stream_id AND w.state = h.state`
}

/** Whether an item is inside each span after a change; a stage without a position keeps an item where it was. */
function createInside(): Sql {
  const inside = SPANS.map((span) => sql`status = 'open' AND settled_position >= ${startPosition(span)} AS ${ident(`inside_${span}`)}`)
  return sql`CREATE TABLE inside AS
    WITH settled AS (
      SELECT *,
        CASE WHEN position = ${CANCELLED_POSITION} THEN 'removed' WHEN position >= finished_position THEN 'finished' ELSE 'open' END AS status,
        greatest(max(position) OVER so_far, ${UNMAPPED_POSITION}) AS mark,
        coalesce(last_value(CASE WHEN position >= 0 THEN position END IGNORE NULLS) OVER so_far, ${UNMAPPED_POSITION}) AS settled_position,
        lead(changed_at) OVER item_order AS next_at,
        lead(day) OVER item_order AS next_day
      FROM placed
      WINDOW item_order AS (PARTITION BY item_ix ORDER BY seq),
        so_far AS (PARTITION BY item_ix ORDER BY seq ROWS UNBOUNDED PRECEDING))
    SELECT *, ${join(inside)}, lag(status) OVER item_order AS previous_status, lag(profile_ix) OVER item_order AS previous_profile_ix,
      CASE WHEN position IS DISTINCT FROM lag(position) OVER item_order THEN 1 ELSE 0 END AS turned,
      CASE WHEN next_at IS NOT NULL THEN date_diff('second', changed_at, next_at) ELSE 0 END AS step_seconds
    FROM settled WINDOW item_order AS (PARTITION BY item_ix ORDER BY seq)`
}

function createStepsTable(): Sql {
  const entered = SPANS.map((span) => {
    const now = ident(`inside_${span}`)
    const before = sql`coalesce(lag(${now}) OVER item_order, FALSE)`
    const skipped = sql`status = 'finished' AND coalesce(previous_status, '') <> 'finished'`
    return sql`(${now} OR (${skipped})) AND NOT ${before} AS ${ident(`entered_${span}`)}`
  })
  const working = sql`status = 'open' AND works AND NOT waits AND NOT blocked`
  const starts = SPANS.flatMap((span) => [
    ...['changed_at', 'day'].flatMap((moment) => {
      const suffix = moment === 'day' ? `day_${span}` : span
      return [
        sql`min(CASE WHEN mark >= ${startPosition(span)} THEN ${ident(moment)} END) OVER so_far AS ${ident(`first_start_${suffix}`)}`,
        sql`max(CASE WHEN ${ident(`entered_${span}`)} THEN ${ident(moment)} END) OVER so_far AS ${ident(`last_start_${suffix}`)}`,
      ]
    }),
    secondsSince(span, working, 'active'),
    secondsSince(span, sql`status = 'open' AND (waits OR blocked)`, 'waiting'),
    secondsSince(span, sql`status = 'open' AND blocked`, 'blocked'),
    sql`CAST(coalesce(sum(CASE WHEN ${ident(`inside_${span}`)} THEN step_seconds ELSE 0 END) OVER earlier, 0) AS BIGINT) AS ${ident(`seconds_${span}`)}`,
  ])
  return sql`CREATE TABLE steps AS
    WITH crossings AS (
      SELECT *, ${join(entered)} FROM inside WINDOW item_order AS (PARTITION BY item_ix ORDER BY seq))
    SELECT stream_ix, stream_id, item_ix, seq, changed_at, next_at, day, next_day, state, position, works, waits, blocked, blocked_reason, status, previous_status, mark,
      step_seconds, profile_ix, previous_profile_ix, CAST(sum(turned) OVER so_far AS INTEGER) AS visit_ix, ${join(starts)},
      next_at IS DISTINCT FROM changed_at AS ends_instant
    FROM crossings
    WINDOW so_far AS (PARTITION BY item_ix ORDER BY seq ROWS UNBOUNDED PRECEDING),
      earlier AS (PARTITION BY item_ix ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`
}

/** Seconds of one sort that an item has spent since it first started a span, up to each change. */
function secondsSince(span: SpanName, sort: Sql, name: string): Sql {
  const counted = sql`CASE WHEN mark >= ${startPosition(span)} AND ${sort} THEN step_seconds ELSE 0 END`
  return sql`CAST(coalesce(sum(${counted}) OVER earlier, 0) AS BIGINT) AS ${ident(`${name}_seconds_${span}`)}`
}
