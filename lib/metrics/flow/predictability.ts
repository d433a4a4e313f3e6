import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { join, sql } from '../../engine/sql'
import { periodsIn } from '../../time/grain'
import { column, defineMetric, type MetricContext } from '../define'
import { finishedCount } from '../facts/behind'
import { lengthCounts, unitInForce } from '../facts/finished'
import { byPeriod } from '../facts/periods'
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
  queries: (context) => {
    // Whole days or, where the policy knows these alone, seconds.
    const own = { ...context, params: { ...context.params, unit: undefined } }
    const perDay = unitInForce(own) === 'elapsed' ? SECONDS_PER_DAY : 1
    const cases = context.streams.flatMap((stream) =>
      stream.sle ? [sql`WHEN finished.stream_id = ${stream.id} THEN ${stream.sle.days * perDay}`] : [],
    )
    const sle = cases.length ? sql`CASE ${join(cases, ' ')} ELSE ${NO_SLE} END` : sql`${NO_SLE}`
    return {
      days: sql`SELECT grp, day, CAST(sum(item_count) AS INTEGER) AS item_count, CAST(sum(CASE WHEN sle > 0 THEN item_count ELSE 0 END) AS INTEGER) AS n,
          CAST(sum(CASE WHEN span_value <= sle THEN item_count ELSE 0 END) AS INTEGER) AS within
        FROM (SELECT grp, finish_day AS day, span_value, item_count, ${sle} AS sle FROM (${lengthCounts(own)}) AS finished) AS judged
        GROUP BY grp, day ORDER BY grp NULLS LAST, day`,
    }
  },
  items: finishedCount('item_count'),
  derive: (answers, context) => {
    const rows = answers.days ? toRows(answers.days) : []
    const groups = groupsOf(
      rows.map(({ grp }) => ({ group: grp as string | null })),
      context.params.group !== undefined,
    )
    const own = byGroup(rows)
    return groups.flatMap((group) => perPeriod(own.get(group) ?? [], context).map((row) => ({ ...row, group })))
  },
})

function byGroup(rows: readonly Row[]): Map<string | null, Row[]> {
  const groups = new Map<string | null, Row[]>()
  for (const row of rows) {
    const group = row.grp as string | null
    const own = groups.get(group)
    if (own) own.push(row)
    else groups.set(group, [row])
  }
  return groups
}

/** Rows of a group: one for each period of the window. */
function perPeriod(rows: readonly Row[], { params, window }: MetricContext): Row[] {
  const grain = params.grain ?? 'week'
  const own = byPeriod(rows, grain)
  const periods = periodsIn(window.from, window.to, grain).map(({ start, partial }) => {
    const sum = (name: string) => (own.get(start) ?? []).reduce((total, row) => total + Number(row[name]), 0)
    return { start, partial, items: sum('item_count'), n: sum('n'), within: sum('within') }
  })
  return periods.map((period, index): Row => {
    const whole = periods.slice(0, index + 1).filter((one) => !one.partial)
    return {
      period_on: period.start,
      sle_attainment_ratio: period.n ? period.within / period.n : null,
      throughput_stability_ratio: period.partial ? null : steadiness(whole.slice(-LOOK_BACK).map((one) => one.items)),
      n: period.n,
      item_count: period.items,
      partial: period.partial,
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
