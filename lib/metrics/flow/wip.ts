import { z } from 'zod'
import type { Row } from '../../engine/columns'
import { nextPeriod, periodStart } from '../../time/grain'
import { column, defineMetric, type MetricContext } from '../define'
import { onDay, rowsAt } from '../facts/behind'
import { openSpells } from '../facts/open'
import { progressQueries, progressRows } from '../facts/progress-levels'

export const wip = defineMetric({
  name: 'wip',
  title: 'Work in progress',
  aka: ['WIP', 'flow load'],
  unit: 'items',
  doc: 'Items inside the span at the end of the day: started, neither finished nor cancelled. Total age is the sum of their ages (day − start + 1); flow debt the sum of the days by which ages exceed the service level expectation.',
  source: 'Vacanti 2015; Kersten 2018 (flow load); definitions §5',
  subject: 'standing',
  uses: ['rule', 'span', 'policy', 'grain', 'groupBy'],
  params: z.object({}),
  figure: { column: 'item_count', floor: 0 },
  columns: {
    day_on: column.day('end of this local day; with a grain, the last day of the period inside the window'),
    item_count: column.int('items in progress', { unit: 'items' }),
    total_age_days: column.float('sum of their ages', { unit: 'days' }),
    flow_debt_days: column.float('sum of the days beyond the service level expectation; absent without one', {
      unit: 'days',
      nullable: true,
    }),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: progressQueries,
  items: {
    list: (context, { day }) => onDay(openSpells(context), context, day),
    counted: { how: 'sum', column: 'item_count' },
    rowsOf: (context, { day }) => (isShown(day, context) ? rowsAt({ day }) : undefined),
  },
  derive: (answers, context) => {
    const hasDebt = context.streams.some((stream) => stream.sle !== undefined)
    return progressRows(answers, context, (group, eachDay) => {
      const rows: Row[] = []
      eachDay((day, [items = 0, starts = 0, lateItems = 0, lateDays = 0]) => {
        if (!isShown(day, context)) return
        const debt = hasDebt ? lateItems * (day + 1) - lateDays : null
        rows.push({ day_on: day, item_count: items, total_age_days: items * (day + 1) - starts, flow_debt_days: debt, group })
      })
      return rows
    })
  },
})

/** With a grain only the last day of each period is shown. */
function isShown(day: number, { params, window }: MetricContext): boolean {
  return params.grain === undefined || day + 1 === window.to || day + 1 === nextPeriod(periodStart(day, params.grain), params.grain)
}
