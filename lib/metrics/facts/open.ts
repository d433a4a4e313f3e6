import { ident, join, type Sql, sql } from '../../engine/sql'
import { PROGRESS } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'
import { coveringCube } from './cubes'
import { startDayOf } from './finished'
import { isOfStatus } from './status'

/**
 * Items in scope that are inside the span, as runs of days that touch the window: `item_ix, grp, stream_id, from_day, to_day,
 * start_day`, the start that ages count from under the policy in force.
 */
export function openSpells(context: MetricContext): Sql {
  const { window, params } = context
  const slice = sliceOf(context, { own: 'as_of', day: sql`fact.from_day` })
  return sql`SELECT fact.item_ix, ${slice.group} AS grp, fact.stream_id, fact.from_day, fact.to_day, ${startDayOf(context)} AS start_day
    FROM ${context.table('spells')} AS fact ${slice.joins}
    WHERE ${isOfStatus(context, sql`fact`, 'open')} AND fact.${ident(`first_start_day_${params.span}`)} IS NOT NULL AND fact.from_day < ${window.to}
      AND fact.to_day > ${window.from} AND ${slice.condition}`
}

/** No item is ever so old: stands for "no expectation". */
const NEVER = 10_000_000

/**
 * Net changes per day of the items in progress: `grp, day`, their number `items` and the sum of their start days `starts`, and the
 * same for those beyond their stream's expectation, from the day on which they exceed it: `late_items, late_days`. What happened
 * before the window is booked on its first day.
 */
export function progressChanges(context: MetricContext): Sql {
  const { window } = context
  const sums = ['items', 'starts', 'late_items', 'late_days'].map((name) => sql`CAST(sum(${ident(name)}) AS DOUBLE) AS ${ident(name)}`)
  const cube = isProgressCubed(context) ? coveringCube(context, PROGRESS) : undefined
  if (!cube) return sql`${openTurns(context)} SELECT grp, day, ${join(sums)} FROM turns GROUP BY grp, day ORDER BY grp, day`
  return sql`SELECT grp, day, ${join(sums)} FROM (
      SELECT ${cube.group} AS grp, greatest(fact.day, ${window.from}) AS day, ${cube.measure('items')} AS items,
        ${cube.measure('starts')} AS starts, ${cube.measure('late_items')} AS late_items, ${cube.measure('late_days')} AS late_days
      FROM ${cube.table} AS fact WHERE fact.day < ${window.to} AND ${cube.condition}) AS booked
    GROUP BY grp, day HAVING sum(items) <> 0 OR sum(starts) <> 0 OR sum(late_items) <> 0 OR sum(late_days) <> 0 ORDER BY grp, day`
}

/** Cubes count ages from the first start. */
export function isProgressCubed({ params }: MetricContext): boolean {
  return params.policy !== 'last_start_last_finish'
}

/** Out of the items' own spells, as the relation `turns` of a WITH. */
function openTurns(context: MetricContext): Sql {
  const { window, streams } = context
  const expectations = streams.flatMap((stream) => (stream.sle ? [sql`WHEN stream_id = ${stream.id} THEN ${stream.sle.days}`] : []))
  const sle = expectations.length ? sql`CASE ${join(expectations, ' ')} ELSE ${NEVER} END` : sql`${NEVER}`
  return sql`WITH standing AS (
      SELECT grp, from_day, to_day, start_day, start_day + ${sle} AS late_day FROM (${openSpells(context)}) AS open_spells),
    late AS (SELECT grp, greatest(from_day, late_day) AS from_day, to_day, late_day FROM standing
      WHERE late_day < ${window.to} AND to_day > late_day),
    turns AS (
      SELECT grp, greatest(from_day, ${window.from}) AS day, 1 AS items, start_day AS starts, 0 AS late_items, 0 AS late_days FROM standing
      UNION ALL SELECT grp, to_day, -1, -start_day, 0, 0 FROM standing WHERE to_day < ${window.to}
      UNION ALL SELECT grp, greatest(from_day, ${window.from}), 0, 0, 1, late_day FROM late
      UNION ALL SELECT grp, to_day, 0, 0, -1, -late_day FROM late WHERE to_day < ${window.to})`
}
