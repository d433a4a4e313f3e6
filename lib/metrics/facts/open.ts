import { ident, type Sql, sql } from '../../engine/sql'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'

/**
 * Items in scope that are inside the span, as runs of days that touch the window: `item_ix, grp, stream_id, from_day, to_day,
 * start_day`, the start that ages count from under the policy in force.
 */
export function openSpells(context: MetricContext): Sql {
  const { window, params } = context
  const slice = sliceOf(context, { own: 'as_of', day: sql`fact.from_day` })
  const which = params.policy === 'last_start_last_finish' ? 'last' : 'first'
  return sql`SELECT fact.item_ix, ${slice.group} AS grp, fact.stream_id, fact.from_day, fact.to_day, fact.${ident(`${which}_start_day_${params.span}`)} AS start_day
    FROM ${context.table('spells')} AS fact ${slice.joins}
    WHERE fact.status = 'open' AND fact.${ident(`first_start_day_${params.span}`)} IS NOT NULL AND fact.from_day < ${window.to}
      AND fact.to_day > ${window.from} AND ${slice.condition}`
}
