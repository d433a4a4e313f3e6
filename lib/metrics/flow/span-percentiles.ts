import { z } from 'zod'
import type { ColumnTable, Row } from '../../engine/columns'
import { countOf, rankOf, valueAtRank } from '../../stats/nearest-rank'
import { percentileInterval } from '../../stats/order-statistics'
import { column, defineMetric, type MetricContext } from '../define'
import { finishedBehind } from '../facts/behind'
import { toUnit, unitInForce } from '../facts/finished'
import { type LengthHistogram, lengthHistograms, lengthQueries } from '../facts/length-histograms'

/** Below these a percentile says little: n items, and n · (100 − p) for the part above it. */
const FEWEST_ITEMS = 11
const FEWEST_ABOVE = 100

export const spanPercentiles = defineMetric({
  name: 'span-percentiles',
  title: 'Percentiles of the time to finish',
  aka: ['cycle time percentiles', 'lead time percentiles', 'flow time percentiles'],
  unit: 'days',
  doc: 'How long finished items took: the smallest length within which at least p % of them finished (nearest rank). "85 % in 12 days or less" is then literally true of these items. The interval is distribution-free (order statistics, 95 %).',
  source: 'Hyndman & Fan 1996, definition 1; Vacanti 2015',
  subject: 'finished',
  uses: ['rule', 'span', 'unit', 'grain', 'groupBy', 'policy', 'percentiles'],
  params: z.object({}),
  optionalPeriod: true,
  figure: { column: 'value', floor: 0 },
  columns: {
    period_on: column.day('first day of the period in which the items finished'),
    percentile: column.float('percentile, 0 to 100', { unit: '%' }),
    value: column.float('length within which so many finished', { unit: 'days', nullable: true }),
    n: column.int('finished items behind it', { unit: 'items' }),
    low: column.float('lower end of the 95 % interval', { unit: 'days', nullable: true }),
    high: column.float('upper end of the 95 % interval', { unit: 'days', nullable: true }),
    enough: column.bool('whether the items are enough for the figure to mean something'),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: (context) => lengthQueries(context, context.params.grain),
  items: {
    list: finishedBehind,
    counted: { how: 'sum', column: 'n' },
    rowsOf: (context) => (row) => row.percentile === context.params.percentiles[0],
  },
  derive: (answers, context) => partsOf(answers, context).flatMap((part) => percentilesOf(part, context)),
})

/** Without groups and periods there is always one, of however few items. */
function partsOf(answers: Readonly<Record<string, ColumnTable>>, context: MetricContext): LengthHistogram[] {
  const { grain, group } = context.params
  const parts = lengthHistograms(answers, context, grain)
  return parts.length || grain !== undefined || group !== undefined ? parts : [{ group: null, period: 0, histogram: [] }]
}

function percentilesOf({ group, period, histogram }: LengthHistogram, context: MetricContext): Row[] {
  const unit = unitInForce(context)
  const n = countOf(histogram)
  const at = (rank: number | undefined) => {
    const value = rank === undefined ? undefined : valueAtRank(histogram, rank)
    return value === undefined ? null : toUnit(value, unit)
  }
  return context.params.percentiles.map((percentile) => {
    const { low, high } = percentileInterval(n, percentile)
    return {
      period_on: period,
      percentile,
      value: at(rankOf(percentile, n)),
      n,
      low: at(low),
      high: at(high),
      enough: n >= FEWEST_ITEMS && n * (100 - percentile) >= FEWEST_ABOVE,
      group,
    }
  })
}
