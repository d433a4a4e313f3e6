import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { nextPeriod, periodStart, periodsIn } from '../../time/grain'
import { column, defineMetric, type MetricContext } from '../define'
import { finishedBehind, onDay } from '../facts/behind'
import { finishedCounts } from '../facts/finished'
import { openSpells, progressChanges } from '../facts/open'
import { byPeriod, periodEnds } from '../facts/periods'

const MEASURES = ['finished', 'wip', 'time'] as const

export const flowDistribution = defineMetric({
  name: 'flow-distribution',
  title: 'Flow distribution',
  aka: ['work mix', 'investment by type'],
  unit: 'ratio',
  doc: 'Share of each item type: of the items finished in the period (default), of the items in progress at its end, or of the time that the finished items spent in active stages. The rule in force decides which type an item counts as; under "ever" it counts once as each type that it had. The shares of a period add up to 1; items without a type are shown as such.',
  source: 'Kersten 2018, Project to Product (flow distribution)',
  subject: 'finished',
  subjectOf: ({ of }) => (of === 'wip' ? 'standing' : 'finished'),
  uses: ['rule', 'span', 'grain'],
  params: z.object({ of: z.enum(MEASURES).default('finished').describe('what is shared out: finished items, items in progress, or time') }),
  columns: {
    period_on: column.day('first day of the period'),
    type: column.text('flow item type; absent for items without one', { nullable: true }),
    item_count: column.int('items of the type', { unit: 'items' }),
    total_days: column.float('active time of these items, with of=time', { unit: 'elapsed days', nullable: true }),
    ratio: column.float('share of the period'),
    partial: column.bool('whether the window covers only a part of the period'),
  },
  queries: (context) => ({ shares: context.params.of === 'wip' ? standingByType(context) : finishedByType(context) }),
  items: {
    list: (context, { day }) => (context.params.of === 'wip' ? onDay(openSpells(context), context, day) : finishedBehind(context)),
    counted: { how: 'sum', column: 'item_count' },
    rowsOf: (context, { day }) => {
      // An item counts as each type that it ever had.
      if (context.params.rule === 'ever') return undefined
      if (context.params.of !== 'wip') return () => true
      const grain = context.params.grain ?? 'week'
      const start = periodStart(day, grain)
      const end = Math.min(nextPeriod(start, grain), context.window.to) - 1
      return day === end ? (row) => row.period_on === start : undefined
    },
  },
  derive: (answers, context) => shares(answers.shares ? toRows(answers.shares) : [], context, context.params.of === 'time'),
})

/** The question with types as its groups, so that the slice rule holds for them as for any other. */
function byType(context: MetricContext): MetricContext {
  return { ...context, params: { ...context.params, group: 'type' } }
}

function finishedByType(context: MetricContext): Sql {
  return sql`SELECT finished.grp AS type, finished.finish_day AS day, CAST(sum(item_count) AS INTEGER) AS item_count,
      CAST(sum(active_seconds) AS DOUBLE) AS seconds
    FROM (${finishedCounts(byType(context), 'active_seconds')}) AS finished
    GROUP BY finished.grp, finished.finish_day ORDER BY day, type`
}

/** Of each type at the end of each period: whatever changed by then, added up. */
function standingByType(context: MetricContext): Sql {
  return sql`SELECT changes.grp AS type, ends.day, CAST(sum(changes.items) AS INTEGER) AS item_count, CAST(0 AS DOUBLE) AS seconds
    FROM ${periodEnds(context, context.params.grain ?? 'week')} AS ends
    JOIN (${progressChanges(byType(context))}) AS changes ON changes.day <= ends.day
    GROUP BY changes.grp, ends.day HAVING sum(changes.items) <> 0 ORDER BY day, type`
}

function shares(rows: readonly Row[], context: MetricContext, byTime: boolean): Row[] {
  const grain = context.params.grain ?? 'week'
  const periods = byPeriod(rows, grain)
  return periodsIn(context.window.from, context.window.to, grain).flatMap(({ start, partial }) => {
    const sums = new Map<string | null, { items: number; seconds: number }>()
    for (const row of periods.get(start) ?? []) {
      const type = row.type as string | null
      const sum = sums.get(type) ?? { items: 0, seconds: 0 }
      sums.set(type, { items: sum.items + Number(row.item_count), seconds: sum.seconds + Number(row.seconds) })
    }
    const total = [...sums.values()].reduce((all, sum) => all + (byTime ? sum.seconds : sum.items), 0)
    return [...sums].map(([type, sum]) => ({
      period_on: start,
      type,
      item_count: sum.items,
      total_days: byTime ? sum.seconds / 86_400 : null,
      ratio: total ? (byTime ? sum.seconds : sum.items) / total : 0,
      partial,
    }))
  })
}
