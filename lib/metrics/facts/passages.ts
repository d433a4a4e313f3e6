import { type Sql, sql } from '../../engine/sql'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'
import { lastsInWindow, startDayOf } from './finished'

/**
 * What the finished items in scope had passed on their way, a row for each and stage before the one that finishes it: `item_ix, stream_id,
 * position, stage_id, seconds, leave_day, start_day`; `seconds` of all stays there, 0 where that is no time on the way, and `leave_day` of
 * the last of them. The items are those of `finishedFacts`.
 */
export function passageFacts(context: MetricContext): Sql {
  const slice = sliceOf(context, { own: 'at_finish', day: sql`fact.finish_day` })
  return sql`SELECT fact.item_ix, fact.stream_id, fact.position, fact.stage_id, fact.seconds, fact.leave_day, ${startDayOf(context)} AS start_day
    FROM ${context.table('passages')} AS fact ${slice.joins} WHERE ${lastsInWindow(context)} AND ${slice.condition}`
}
