import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { countOf, type Histogram, rankOf, valueAtRank } from '../../stats/nearest-rank'
import { percentileInterval } from '../../stats/order-statistics'
import { periodStart } from '../../time/grain'
import { column, defineMetric, type MetricContext } from '../define'
import { finishedBehind } from '../facts/behind'
import { lengthCounts, toUnit, unitInForce } from '../facts/finished'

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
  queries: (context) => ({
    lengths: sql`SELECT grp, ${context.params.grain === undefined ? sql`0` : sql`finish_day`} AS day, span_value, CAST(sum(item_count) AS INTEGER) AS item_count
      FROM (${lengthCounts(context)}) AS measured GROUP BY grp, day, span_value ORDER BY grp NULLS LAST, day, span_value`,
  }),
  items: {
    list: finishedBehind,
    counted: { how: 'sum', column: 'n' },
    rowsOf: (context) => (row) => row.percentile === context.params.percentiles[0],
  },
  derive: (answers, context) => {
    const lengths = answers.lengths ? toRows(answers.lengths) : []
    return [...split(lengths, context).values()].flatMap((part) => percentilesOf(part, context))
  },
})

interface Part {
  readonly group: string | null
  readonly period: number
  readonly counts: Map<number, number>
}

/** The lengths of each group and period, in the order of groups and time. */
function split(lengths: readonly Row[], context: MetricContext): Map<string, Part> {
  const { grain } = context.params
  const parts = new Map<string, Part>()
  for (const row of lengths) {
    const group = row.grp as string | null
    const period = grain === undefined ? 0 : periodStart(Number(row.day), grain)
    const key = JSON.stringify([group, period])
    const part = parts.get(key) ?? { group, period, counts: new Map() }
    parts.set(key, part)
    const length = Number(row.span_value)
    part.counts.set(length, (part.counts.get(length) ?? 0) + Number(row.item_count))
  }
  if (!parts.size && grain === undefined && context.params.group === undefined) parts.set('', { group: null, period: 0, counts: new Map() })
  return parts
}

function percentilesOf(part: Part, context: MetricContext): Row[] {
  const unit = unitInForce(context)
  const histogram: Histogram = [...part.counts].sort(([a], [b]) => a - b)
  const n = countOf(histogram)
  const at = (rank: number | undefined) => {
    const value = rank === undefined ? undefined : valueAtRank(histogram, rank)
    return value === undefined ? null : toUnit(value, unit)
  }
  return context.params.percentiles.map((percentile) => {
    const { low, high } = percentileInterval(n, percentile)
    return {
      period_on: part.period,
      percentile,
      value: at(rankOf(percentile, n)),
      n,
      low: at(low),
      high: at(high),
      enough: n >= FEWEST_ITEMS && n * (100 - percentile) >= FEWEST_ABOVE,
      group: part.group,
    }
  })
}
