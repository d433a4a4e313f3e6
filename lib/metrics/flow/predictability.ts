import { z } from 'zod'
import { type ColumnTable, numbersOf, type Row } from '../../engine/columns'
import { join, type Sql, sql } from '../../engine/sql'
import { LENGTHS } from '../../snapshot/cubes/cubes'
import { column, defineMetric, type MetricContext } from '../define'
import { finishedCount } from '../facts/behind'
import { isCubed, lengthCounts, unitInForce } from '../facts/finished'
import { eachFinished, finishedDays, keptRows } from '../facts/kept-rows'
import { PeriodSums, summedPerPeriod } from '../facts/periods'
import { groupsOf } from '../facts/running'

/** Periods over which the steadiness of throughput is judged. */
const LOOK_BACK = 12
/** No span is as short. */
const NO_SLE = -1
const SECONDS_PER_DAY = 86_400

export const predictability = defineMetric({
  name: 'predictability',
  title: 'Predictability',
  aka: ['SLE attainment', 'flow predictability'],
  unit: 'ratio',
  doc: 'How reliable the flow is per period: the share of finished items within the service level expectation of their stream, and how steady throughput has been over the last twelve whole periods (1 − its coefficient of variation as a sample, not below 0). With sum_of_visits, elapsed days are held against the expectation.',
  source: 'Vacanti 2015, ch. 9; Kersten 2018 (flow predictability)',
  subject: 'finished',
  uses: ['rule', 'span', 'policy', 'grain', 'groupBy'],
  params: z.object({}),
  figure: { column: 'sle_attainment_ratio', floor: 0 },
  columns: {
    period_on: column.day('first day of the period'),
    sle_attainment_ratio: column.float('share of items within the expectation; absent without one', { nullable: true }),
    throughput_stability_ratio: column.float('1 − standard deviation ÷ mean of the last 12 whole periods; absent before', {
      nullable: true,
    }),
    n: column.int('finished items of streams with an expectation', { unit: 'items' }),
    item_count: column.int('finished items', { unit: 'items' }),
    partial: column.bool('whether the window covers only a part of the period'),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: (context): Readonly<Record<string, Sql>> => {
    const kept = isCubed(context) ? keptRows(context, LENGTHS, finishedDays(context)) : undefined
    return kept ? { kept } : { days: judgedPerDay(context) }
  },
  items: finishedCount('item_count'),
  derive: (answers, context) => {
    const sums = answers.kept ? judgedOfKept(answers.kept, context) : summedPerPeriod(answers.days, context, grainOf(context), JUDGED)
    const periods = sums.rows(
      ({ start, partial }, [item_count = 0, n = 0, within = 0], group): Judged => ({ start, partial, item_count, n, within, group }),
    )
    const groups = groupsOf(periods, context.params.group !== undefined)
    return groups.flatMap((group) => perPeriod(periods.filter((one) => one.group === group)))
  },
})

/** Finished items; of them those of streams with an expectation, and those within it. */
const JUDGED = ['item_count', 'n', 'within']

function grainOf({ params }: MetricContext) {
  return params.grain ?? 'week'
}

/** Whole days or, where the policy knows these alone, seconds. */
function judgedPerDay(context: MetricContext): Sql {
  const own = { ...context, params: { ...context.params, unit: undefined } }
  const perDay = unitInForce(own) === 'elapsed' ? SECONDS_PER_DAY : 1
  const cases = context.streams.flatMap((stream) =>
    stream.sle ? [sql`WHEN finished.stream_id = ${stream.id} THEN ${stream.sle.days * perDay}`] : [],
  )
  const sle = cases.length ? sql`CASE ${join(cases, ' ')} ELSE ${NO_SLE} END` : sql`${NO_SLE}`
  return sql`SELECT grp, day, CAST(sum(item_count) AS INTEGER) AS item_count, CAST(sum(CASE WHEN sle > 0 THEN item_count ELSE 0 END) AS INTEGER) AS n,
      CAST(sum(CASE WHEN span_value <= sle THEN item_count ELSE 0 END) AS INTEGER) AS within
    FROM (SELECT grp, finish_day AS day, span_value, item_count, ${sle} AS sle FROM (${lengthCounts(own)}) AS finished) AS judged
    GROUP BY grp, day ORDER BY grp NULLS LAST, day`
}

function judgedOfKept(kept: ColumnTable, context: MetricContext): PeriodSums {
  const sums = new PeriodSums(context, grainOf(context), JUDGED.length)
  const expectations = new Map(context.streams.map(({ id, sle }) => [id, sle?.days ?? NO_SLE]))
  const [lengths, counts] = [numbersOf(kept, 'span_days'), numbersOf(kept, 'item_count')]
  eachFinished(kept, context, (row, day, group, streamId) => {
    const [count, sle] = [counts[row] ?? 0, expectations.get(streamId) ?? NO_SLE]
    sums.add(0, count, day, group)
    sums.add(1, sle > 0 ? count : 0, day, group)
    sums.add(2, (lengths[row] ?? 0) <= sle ? count : 0, day, group)
  })
  return sums
}

interface Judged {
  readonly start: number
  readonly partial: boolean
  readonly item_count: number
  readonly n: number
  readonly within: number
  readonly group: string | null
}

/** Rows of a group: one for each period of the window. */
function perPeriod(periods: readonly Judged[]): Row[] {
  return periods.map((period, index): Row => {
    const whole = periods.slice(0, index + 1).filter((one) => !one.partial)
    return {
      period_on: period.start,
      sle_attainment_ratio: period.n ? period.within / period.n : null,
      throughput_stability_ratio: period.partial ? null : steadiness(whole.slice(-LOOK_BACK).map((one) => one.item_count)),
      n: period.n,
      item_count: period.item_count,
      partial: period.partial,
      group: period.group,
    }
  })
}

function steadiness(counts: readonly number[]): number | null {
  if (counts.length < LOOK_BACK) return null
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  if (mean === 0) return null
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1)
  return Math.max(0, 1 - Math.sqrt(variance) / mean)
}
