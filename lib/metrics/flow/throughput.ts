import { z } from 'zod'
import { sql } from '../../engine/sql'
import { column, defineMetric } from '../define'
import { finishedCount } from '../facts/behind'
import { finishedCounts } from '../facts/finished'
import { countsPerPeriod } from '../facts/periods'

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
  queries: (context) => ({
    days: sql`SELECT grp, finish_day AS day, CAST(sum(item_count) AS INTEGER) AS item_count FROM (${finishedCounts(context)}) AS finished
      GROUP BY grp, finish_day ORDER BY grp NULLS LAST, day`,
  }),
  items: finishedCount('item_count'),
  derive: (answers, context) => countsPerPeriod(answers.days, context, context.params.grain ?? 'week'),
})
