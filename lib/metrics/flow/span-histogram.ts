import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { column, defineMetric } from '../define'
import { finishedCount } from '../facts/behind'
import { lengthCounts, toUnit, unitInForce } from '../facts/finished'

export const spanHistogram = defineMetric({
  name: 'span-histogram',
  title: 'Distribution of the time to finish',
  aka: ['cycle time histogram', 'lead time distribution'],
  unit: 'items',
  doc: 'How many finished items took each length. Lengths in whole days; elapsed time is put into whole days, rounded up.',
  source: 'Vacanti 2015, ch. 11',
  subject: 'finished',
  uses: ['rule', 'span', 'unit', 'groupBy', 'policy'],
  params: z.object({}),
  columns: {
    days: column.int('length', { unit: 'days' }),
    item_count: column.int('finished items that took so long', { unit: 'items' }),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: (context) => ({
    lengths: sql`SELECT grp, span_value, CAST(sum(item_count) AS INTEGER) AS item_count FROM (${lengthCounts(context)}) AS measured
      GROUP BY grp, span_value ORDER BY grp NULLS LAST, span_value`,
  }),
  items: finishedCount('item_count'),
  derive: (answers, context) => {
    const unit = unitInForce(context)
    const sums = new Map<string, Row>()
    for (const row of answers.lengths ? toRows(answers.lengths) : []) {
      const days = Math.ceil(toUnit(Number(row.span_value), unit))
      const key = JSON.stringify([row.grp, days])
      const before = sums.get(key)
      sums.set(key, { days, item_count: Number(before?.item_count ?? 0) + Number(row.item_count), group: row.grp ?? null })
    }
    return [...sums.values()]
  },
})
