import { ident, type Sql, sql } from '../../engine/sql'
import type { Unit } from '../../model/unit'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'

const SECONDS_PER_DAY = 86_400

/** The unit in force: days, unless the policy knows elapsed time only. */
export function unitInForce(context: MetricContext): Unit {
  const { unit, policy } = context.params
  return unit ?? (policy === 'sum_of_visits' ? 'elapsed' : 'days')
}

/**
 * Finished items in scope, one row each, at the last finish as of the as-of date inside the window: `item_ix, stream_id, grp,
 * finish_day, finished_at, start_day, span_days, span_seconds, policy_matters`. Spans follow the span and policy in force.
 */
export function finishedFacts(context: MetricContext): Sql {
  const { window, params } = context
  const slice = sliceOf(context, { own: 'at_finish', day: sql`fact.finish_day` })
  const which = params.policy === 'last_start_last_finish' ? 'last' : 'first'
  const startDay = sql`fact.${ident(`${which}_start_day_${params.span}`)}`
  const first = sql`fact.${ident(`first_elapsed_${params.span}`)}`
  const last = sql`fact.${ident(`last_elapsed_${params.span}`)}`
  const inside = sql`fact.${ident(`seconds_${params.span}`)}`
  const seconds = params.policy === 'sum_of_visits' ? inside : sql`fact.${ident(`${which}_elapsed_${params.span}`)}`
  return sql`SELECT fact.item_ix, fact.stream_id, ${slice.group} AS grp, fact.finish_day, fact.finished_at, ${startDay} AS start_day,
      fact.finish_day - ${startDay} + 1 AS span_days, ${seconds} AS span_seconds,
      (${first} <> ${last} OR ${first} <> ${inside}) AS policy_matters
    FROM ${context.table('finishes')} AS fact ${slice.joins}
    WHERE fact.finish_day >= ${window.from} AND fact.finish_day < ${window.to} AND fact.finish_day <= ${window.asOf}
      AND fact.until_day > ${window.asOf} AND ${slice.condition}`
}

/** The same rows with the length `span_value` counted in the unit in force: whole days, or seconds for `elapsed`. */
export function measuredFacts(context: MetricContext): Sql {
  const unit = unitInForce(context)
  const facts = finishedFacts(context)
  if (unit === 'elapsed') return sql`SELECT *, span_seconds AS span_value FROM (${facts}) AS finished`
  if (unit === 'days') return sql`SELECT *, span_days AS span_value FROM (${facts}) AS finished`
  const calendar = context.table('calendar')
  return sql`SELECT finished.*, greatest(1, last_day.workdays_through - before_start.workdays_through) AS span_value
    FROM (${facts}) AS finished
    JOIN ${calendar} AS last_day ON last_day.day = finished.finish_day
    JOIN ${calendar} AS before_start ON before_start.day = finished.start_day - 1`
}

/** A `span_value` in the unit's own measure: days, or fractional days for `elapsed`. */
export function toUnit(value: number, unit: Unit): number {
  return unit === 'elapsed' ? value / SECONDS_PER_DAY : value
}

/** Joins rows of `finishedFacts` (alias `finished`) to their own row of `finishes` (alias `ended`), for its times and dimensions. */
export function endedJoin(context: MetricContext): Sql {
  const { asOf } = context.window
  return sql`JOIN ${context.table('finishes')} AS ended ON ended.item_ix = finished.item_ix AND ended.finished_at = finished.finished_at
    AND ended.finish_day <= ${asOf} AND ended.until_day > ${asOf}`
}
