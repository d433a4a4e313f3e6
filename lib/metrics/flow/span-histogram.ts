import { z } from 'zod'
import { column, defineMetric } from '../define'
import { finishedCount } from '../facts/behind'
import { toUnit, unitInForce } from '../facts/finished'
import { lengthHistograms, lengthQueries } from '../facts/length-histograms'

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
  queries: (context) => lengthQueries(context),
  items: finishedCount('item_count'),
  derive: (answers, context) => {
    const unit = unitInForce(context)
    return lengthHistograms(answers, context).flatMap(({ group, histogram }) => {
      const sums = new Map<number, number>()
      for (const [value, count] of histogram) {
        const days = Math.ceil(toUnit(value, unit))
        sums.set(days, (sums.get(days) ?? 0) + count)
      }
      return [...sums].map(([days, item_count]) => ({ days, item_count, group }))
    })
  },
})
