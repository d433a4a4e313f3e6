import { z } from 'zod'
import { column, defineMetric } from '../define'
import { finishedCount } from '../facts/behind'
import { finishedPerDay, finishedPerPeriod } from '../facts/finished-per-period'
import { countRows } from '../facts/periods'

export const throughput = defineMetric({
  name: 'throughput',
  title: 'Throughput',
  aka: ['flow velocity', 'completion rate', 'delivery rate'],
  unit: 'items',
  doc: 'Items finished per period, each counted once, at its last finish as of the as-of date; under a span that streams name themselves, at its end. A period that the window cuts off is marked as partial.',
  source: 'Vacanti 2015; Kersten 2018, Project to Product (flow velocity)',
  subject: 'finished',
  uses: ['rule', 'span', 'grain', 'groupBy'],
  params: z.object({}),
  figure: { column: 'item_count', floor: 0 },
  columns: {
    period_on: column.day('first day of the period'),
    item_count: column.int('items finished', { unit: 'items' }),
    partial: column.bool('whether the window covers only a part of the period'),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: (context) => finishedPerDay(context),
  items: finishedCount('item_count'),
  derive: (answers, context) => countRows(finishedPerPeriod(answers, context)),
})
