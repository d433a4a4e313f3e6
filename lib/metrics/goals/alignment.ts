import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { ident, type Sql, sql } from '../../engine/sql'
import { periodsIn } from '../../time/grain'
import { column, defineMetric, type MetricContext } from '../define'
import { finishedBehind } from '../facts/behind'
import { finishedCounts } from '../facts/finished'
import { openSpells } from '../facts/open'
import { byPeriod } from '../facts/periods'
import { isOfStatus } from '../facts/status'
import { sliceOf } from '../slice'

/** What items serve when they serve no goal. */
const UNALIGNED = 'unaligned'
const MEASURES = ['finished', 'wip'] as const

export const alignment = defineMetric({
  name: 'alignment',
  title: 'Alignment with goals',
  aka: ['goal coverage', 'strategic alignment', 'investment by goal'],
  unit: 'ratio',
  doc: 'Share of the work that is linked to each goal, and of the rest, which is shown as unaligned: of the items finished in the period (default), or of the item-days in progress during it. An item counts for the goal that it is linked to under the rule in force, not again for the goals above; under "ever" it counts once for each goal that it served.',
  source: 'definitions §5; Evidence-Based Management Guide, Scrum.org 2024',
  subject: 'finished',
  subjectOf: ({ of }) => (of === 'wip' ? 'standing' : 'finished'),
  uses: ['rule', 'span', 'grain', 'policy'],
  params: z.object({ of: z.enum(MEASURES).default('finished').describe('what is shared out: finished items, or item-days in progress') }),
  columns: {
    period_on: column.day('first day of the period'),
    goal_id: column.text('goal, or "unaligned"'),
    item_count: column.int('items finished; with of=wip, items in progress on any day of the period', { unit: 'items' }),
    item_days: column.float('calendar days of their spans; with of=wip, day ends in progress', { unit: 'days' }),
    ratio: column.float('share of the items; with of=wip, of the item-days'),
    partial: column.bool('whether the window covers only a part of the period'),
  },
  queries: (context) => (context.params.of === 'wip' ? { shares: standing(context) } : { shares: finished(context) }),
  items: {
    list: (context) =>
      context.params.of === 'wip' ? sql`SELECT item_ix FROM (${openSpells(context)}) AS open_spells` : finishedBehind(context),
    counted: { how: 'sum', column: 'item_count' },
    // An item in progress may serve one goal after the other, and counts for each.
    rowsOf: (context) => (context.params.of === 'wip' || context.params.rule === 'ever' ? undefined : () => true),
  },
  derive: (answers, context) => shares(answers.shares ? toRows(answers.shares) : [], context, context.params.of === 'wip'),
})

/** The question with goals as its groups, so that the slice rule holds for them as for any other. */
function byGoal(context: MetricContext): MetricContext {
  return { ...context, params: { ...context.params, group: 'goal' } }
}

function finished(context: MetricContext): Sql {
  return sql`SELECT finished.grp AS goal, finished.finish_day AS day, CAST(sum(finished.item_count) AS INTEGER) AS item_count, CAST(sum(finished.span_days) AS DOUBLE) AS item_days
    FROM (${finishedCounts(byGoal(context), 'span_days')}) AS finished
    GROUP BY finished.grp, finished.finish_day ORDER BY day, goal`
}

/** Day ends in progress by period: each spell of an item is cut at the edges of every period that it touches. */
function standing(context: MetricContext): Sql {
  const { window, params } = context
  const slice = sliceOf(byGoal(context), { own: 'as_of', day: sql`fact.from_day` })
  const periods = periodsIn(window.from, window.to, params.grain ?? 'week')
  let cuts = sql`SELECT 0 AS first_day, 0 AS end_day, 0 AS day WHERE FALSE`
  for (const period of periods) {
    cuts = sql`${cuts} UNION ALL SELECT ${Math.max(period.start, window.from)}, ${Math.min(period.end, window.to)}, ${period.start}`
  }
  return sql`SELECT ${slice.group} AS goal, cuts.day, CAST(count(DISTINCT fact.item_ix) AS INTEGER) AS item_count,
      CAST(sum(least(fact.to_day, cuts.end_day) - greatest(fact.from_day, cuts.first_day)) AS DOUBLE) AS item_days
    FROM ${context.table('spells')} AS fact
    JOIN (${cuts}) AS cuts ON fact.from_day < cuts.end_day AND fact.to_day > cuts.first_day ${slice.joins}
    WHERE ${isOfStatus(context, sql`fact`, 'open')} AND fact.${ident(`first_start_day_${params.span}`)} IS NOT NULL AND ${slice.condition}
    GROUP BY goal, cuts.day ORDER BY day, goal`
}

function shares(rows: readonly Row[], context: MetricContext, byDays: boolean): Row[] {
  const grain = context.params.grain ?? 'week'
  const periods = byPeriod(rows, grain)
  return periodsIn(context.window.from, context.window.to, grain).flatMap(({ start, partial }) => {
    const sums = new Map<string, { items: number; days: number }>()
    for (const row of periods.get(start) ?? []) {
      const goal = row.goal === null ? UNALIGNED : String(row.goal)
      const sum = sums.get(goal) ?? { items: 0, days: 0 }
      sums.set(goal, { items: sum.items + Number(row.item_count), days: sum.days + Number(row.item_days) })
    }
    const total = [...sums.values()].reduce((all, sum) => all + (byDays ? sum.days : sum.items), 0)
    return [...sums]
      .sort(([a], [b]) => (a === UNALIGNED ? 1 : b === UNALIGNED ? -1 : a < b ? -1 : 1))
      .map(([goal, sum]) => ({
        period_on: start,
        goal_id: goal,
        item_count: sum.items,
        item_days: sum.days,
        ratio: total ? (byDays ? sum.days : sum.items) / total : 0,
        partial,
      }))
  })
}
