import { z } from 'zod'
import { ident, sql } from '../../engine/sql'
import { column, defineMetric } from '../define'
import { countsPerPeriod } from '../facts/periods'
import { sliceOf } from '../slice'

export const arrivals = defineMetric({
  name: 'arrivals',
  title: 'Arrivals',
  aka: ['started items', 'arrival rate', 'inflow'],
  unit: 'items',
  doc: "Items that crossed the start of the span for the first time, per period: created for lead time, committed for flow time, started for cycle time. A period that the window cuts off is marked as partial.",
  source: 'Vacanti 2015, ch. 4',
  subject: 'standing',
  uses: ['rule', 'span', 'grain', 'groupBy'],
  params: z.object({}),
  figure: { column: 'item_count', floor: 0 },
  columns: {
    period_on: column.day('first day of the period'),
    item_count: column.int('items that arrived', { unit: 'items' }),
    partial: column.bool('whether the window covers only a part of the period'),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: (context) => {
    const day = sql`fact.${ident(`first_start_day_${context.params.span}`)}`
    const slice = sliceOf(context, { day })
    return {
      days: sql`SELECT ${slice.group} AS grp, ${day} AS day, count(*) AS item_count FROM ${context.table('items')} AS fact ${slice.joins}
        WHERE ${day} >= ${context.window.from} AND ${day} < ${context.window.to} AND ${slice.condition}
        GROUP BY grp, ${day} ORDER BY grp NULLS LAST, day`,
    }
  },
  derive: (answers, context) => countsPerPeriod(answers.days, context, context.params.grain ?? 'week'),
})
