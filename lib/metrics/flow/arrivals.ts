import { z } from 'zod'
import { sql } from '../../engine/sql'
import { column, defineMetric } from '../define'
import { arrivalFacts } from '../facts/crossings'
import { arrivalQueries, arrivalsPerPeriod } from '../facts/crossings-per-period'
import { countRows } from '../facts/periods'

export const arrivals = defineMetric({
  name: 'arrivals',
  title: 'Arrivals',
  aka: ['started items', 'arrival rate', 'inflow'],
  unit: 'items',
  doc: 'Items that crossed the start of the span for the first time, per period: created for lead time, committed for flow time, started for cycle time. A period that the window cuts off is marked as partial.',
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
  queries: arrivalQueries,
  items: {
    list: (context) => sql`SELECT item_ix FROM (${arrivalFacts(context)}) AS arrived`,
    counted: { how: 'sum', column: 'item_count' },
  },
  derive: (answers, context) => countRows(arrivalsPerPeriod(answers, context)),
})
