import { ident, join, type Sql, sql } from '../../engine/sql'
import { dimensionColumn } from '../../model/dimension'
import type { Unit } from '../../model/unit'
import { FINISHED, LENGTHS } from '../../snapshot/cubes/cubes'
import { policyMatters } from '../../snapshot/cubes/policy-matters'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'
import { coveringCube, netRows } from './cubes'

const SECONDS_PER_DAY = 86_400

/** The unit in force: days, unless the policy knows elapsed time only. */
export function unitInForce(context: MetricContext): Unit {
  const { unit, policy } = context.params
  return unit ?? (policy === 'sum_of_visits' ? 'elapsed' : 'days')
}

/**
 * Finished items in scope, one row each, at the last finish as of the as-of date inside the window: `item_ix, stream_id, grp,
 * finish_day, finished_at, start_day, span_days, span_seconds, policy_matters`, the `active_seconds, waiting_seconds, blocked_seconds`
 * inside the span, and the `type, team` at the finish. Spans follow the span and policy in force.
 * @param atLeast seconds from start to finish at least: the rows of others are not even read
 */
export function finishedFacts(context: MetricContext, atLeast?: number): Sql {
  const { params } = context
  const slice = sliceOf(context, { own: 'at_finish', day: sql`fact.finish_day` })
  const which = startInForce(context)
  const startDay = startDayOf(context)
  const inside = sql`fact.${ident(`seconds_${params.span}`)}`
  const elapsed = sql`fact.${ident(`${which}_elapsed_${params.span}`)}`
  const seconds = params.policy === 'sum_of_visits' ? inside : elapsed
  return sql`SELECT fact.item_ix, fact.stream_id, ${slice.group} AS grp, fact.finish_day, fact.finished_at, ${startDay} AS start_day,
      fact.finish_day - ${startDay} + 1 AS span_days, ${seconds} AS span_seconds,
      ${policyMatters(sql`fact`, params.span)} AS policy_matters, fact.${ident(`active_seconds_${params.span}`)} AS active_seconds,
      fact.${ident(`waiting_seconds_${params.span}`)} AS waiting_seconds, fact.${ident(`blocked_seconds_${params.span}`)} AS blocked_seconds,
      fact.${ident(dimensionColumn('type'))} AS type, fact.${ident(dimensionColumn('team'))} AS team
    FROM ${context.table('finishes')} AS fact ${slice.joins}
    WHERE ${lastsInWindow(context)} AND ${slice.condition} AND ${atLeast === undefined ? sql`TRUE` : sql`${elapsed} >= ${atLeast}`}`
}

/**
 * The same rows with the length `span_value` counted in the unit in force: whole days, or seconds for `elapsed`.
 * @param atLeast a `span_value`: rows that are shorter may be left out, and are then not even read
 */
export function measuredFacts(context: MetricContext, atLeast?: number): Sql {
  const unit = unitInForce(context)
  const facts = finishedFacts(context, atLeast === undefined ? undefined : leastSeconds(atLeast, unit))
  if (unit === 'elapsed') return sql`SELECT *, span_seconds AS span_value FROM (${facts}) AS finished`
  if (unit === 'days') return sql`SELECT *, span_days AS span_value FROM (${facts}) AS finished`
  return sql`SELECT finished.*, ${workdays} AS span_value FROM (${facts}) AS finished
    ${calendarJoins(context, sql`finished`, sql`finished.start_day - 1`)}`
}

/**
 * Seconds that pass at least over a `span_value`. The first and the last of so many days may be short, and a zone that changes may leave
 * one out; the sum of visits is never more than what passed.
 */
function leastSeconds(spanValue: number, unit: Unit): number {
  return unit === 'elapsed' ? spanValue : (spanValue - 3) * SECONDS_PER_DAY
}

/** What is summed up over finished items beside their number. */
export type FinishedSum = 'span_days' | 'span_seconds' | 'active_seconds' | 'waiting_seconds' | 'blocked_seconds'

/**
 * Finished items counted, in rows that add up: `stream_id, grp, finish_day, item_count` and the sums that are asked for; of several items
 * or of one each, as their source has it. Others are not even read.
 */
export function finishedCounts(context: MetricContext, ...sums: readonly FinishedSum[]): Sql {
  const cube = isCubed(context) ? coveringCube(context, FINISHED) : undefined
  if (!cube) {
    const columns = sql`stream_id, grp, finish_day, 1 AS item_count`
    return sql`SELECT ${join([columns, ...sums.map(ident)])} FROM (${finishedFacts(context)}) AS finished`
  }
  const measures = ['item_count', ...sums]
  const isAny = join(
    measures.map((name) => sql`${cube.measure(name)} <> 0`),
    ' OR ',
  )
  const rows = sql`SELECT fact.stream_id, ${cube.group} AS grp, fact.finish_day, ${join(measures.map((name) => sql`${cube.measure(name)} AS ${ident(name)}`))}
    FROM ${cube.table} AS fact WHERE (${isAny}) AND ${lastsInWindow(context)} AND ${cube.condition}`
  return netRows(context, rows, ['stream_id', 'grp', 'finish_day'], measures)
}

/**
 * Finished items counted by length, in rows that add up: `stream_id, grp, finish_day, span_value, item_count, policy_count`; `span_value`
 * as in `measuredFacts`, `policy_count` those to which another policy gives another length.
 */
export function lengthCounts(context: MetricContext): Sql {
  const unit = unitInForce(context)
  const cube = isCubed(context) && unit !== 'elapsed' ? coveringCube(context, LENGTHS) : undefined
  if (!cube) {
    return sql`SELECT stream_id, grp, finish_day, span_value, 1 AS item_count, CASE WHEN policy_matters THEN 1 ELSE 0 END AS policy_count
      FROM (${measuredFacts(context)}) AS measured`
  }
  const rows = sql`SELECT fact.stream_id, ${cube.group} AS grp, fact.finish_day, fact.span_days, fact.item_count, fact.policy_count
    FROM ${cube.table} AS fact WHERE ${lastsInWindow(context)} AND ${cube.condition}`
  const lengths = netRows(context, rows, ['stream_id', 'grp', 'finish_day', 'span_days'], ['item_count', 'policy_count'])
  if (unit === 'days')
    return sql`SELECT stream_id, grp, finish_day, span_days AS span_value, item_count, policy_count FROM (${lengths}) AS counted`
  return sql`SELECT counted.stream_id, counted.grp, counted.finish_day, ${workdays} AS span_value, counted.item_count, counted.policy_count
    FROM (${lengths}) AS counted ${calendarJoins(context, sql`counted`, sql`counted.finish_day - counted.span_days`)}`
}

/** Cubes time items by the usual policy alone. */
export function isCubed({ params }: MetricContext): boolean {
  return params.policy === 'first_start_last_finish'
}

/** Which of its starts an item is timed from. */
function startInForce({ params }: MetricContext): 'first' | 'last' {
  return params.policy === 'last_start_last_finish' ? 'last' : 'first'
}

/** Day on which the span in force began, of rows (alias `fact`) of finishes, passages or spells. */
export function startDayOf(context: MetricContext): Sql {
  return sql`fact.${ident(`${startInForce(context)}_start_day_${context.params.span}`)}`
}

/** Rows (alias `fact`) that finished inside the window and last on the as-of day. */
export function lastsInWindow({ window }: MetricContext): Sql {
  return sql`fact.finish_day >= ${window.from} AND fact.finish_day < ${window.to} AND fact.finish_day <= ${window.asOf}
      AND fact.until_day > ${window.asOf}`
}

const workdays = sql`greatest(1, last_day.workdays_through - before_start.workdays_through)`

function calendarJoins(context: MetricContext, finished: Sql, dayBefore: Sql): Sql {
  const calendar = context.table('calendar')
  return sql`JOIN ${calendar} AS last_day ON last_day.day = ${finished}.finish_day
    JOIN ${calendar} AS before_start ON before_start.day = ${dayBefore}`
}

/** A `span_value` in the unit's own measure: days, or fractional days for `elapsed`. */
export function toUnit(value: number, unit: Unit): number {
  return unit === 'elapsed' ? value / SECONDS_PER_DAY : value
}
