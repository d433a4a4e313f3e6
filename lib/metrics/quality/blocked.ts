import { z } from 'zod'
import type { Row } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { column, defineMetric, type MetricContext } from '../define'
import { spellQueries, spellsByReason } from '../facts/blocked-spells'
import { sliceOf } from '../slice'

const SECONDS_PER_DAY = 86_400

export const blocked = defineMetric({
  name: 'blocked',
  title: 'Blocked work',
  aka: ['blockers', 'impediments', 'blocker clustering'],
  unit: 'elapsed days',
  doc: 'Blocked spells by the period in which they began and by reason: how many, how long together up to the as-of day, and the median time until they were lifted (of those that were). A spell that lasts ends for now at the end of the as-of day.',
  source: 'Burrows 2014; definitions §6',
  subject: 'standing',
  uses: ['rule', 'grain'],
  params: z.object({}),
  columns: {
    period_on: column.day('first day of the period in which the spells began'),
    reason: column.text('why; absent where the source does not say', { nullable: true }),
    episode_count: column.int('blocked spells', { unit: 'spells' }),
    blocked_days: column.float('time blocked', { unit: 'elapsed days' }),
    median_days_to_unblock: column.float('median time until lifted', { unit: 'elapsed days', nullable: true }),
    open_count: column.int('spells that still last', { unit: 'spells' }),
  },
  queries: spellQueries,
  items: { list: blockedItems },
  derive: (answers, context) =>
    spellsByReason(answers, context).map(
      ({ period, reason, count, seconds, liftedCount, medianSeconds }): Row => ({
        period_on: period.start,
        reason,
        episode_count: count,
        blocked_days: seconds / SECONDS_PER_DAY,
        median_days_to_unblock: medianSeconds === undefined ? null : medianSeconds / SECONDS_PER_DAY,
        open_count: count - liftedCount,
      }),
    ),
})

/** The items of blocked spells in scope that began inside the window. */
function blockedItems(context: MetricContext): Sql {
  const { window } = context
  const slice = sliceOf(context, { own: 'as_of', day: sql`fact.block_day` })
  return sql`SELECT fact.item_ix FROM ${context.table('blocks')} AS fact ${slice.joins}
    WHERE fact.block_day >= ${window.from} AND fact.block_day < ${window.to} AND ${slice.condition}`
}
