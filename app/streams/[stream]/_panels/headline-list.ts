import type { Format } from '@/lib/charts/format'
import { changeJudgement, type Judgement, ratioOf, shareJudgement } from '@/lib/charts/headline'
import type { Columns } from '@/lib/model/columns'
import type { ServiceLevel } from '@/lib/model/value-stream'
import type { AskedMetric } from '../../../_ui/explain/question'

export type Question = 'time' | 'months' | 'rate' | 'weeks' | 'levels' | 'active' | 'activeUsual' | 'kept' | 'keptUsual'

export interface Headline {
  readonly id: string
  readonly title: string
  readonly shown: string
  readonly unit: string
  readonly trend: readonly (number | null)[]
  /** What the line shows. */
  readonly line: string
  /** Absent for levels, of which no claim of change is made. */
  readonly judgement?: Judgement
  readonly sentence: string
  readonly asked: readonly AskedMetric[]
  readonly tab: 'flow' | 'work' | 'map'
  readonly anchor: string
}

interface Told {
  readonly asks: Readonly<Record<Question, AskedMetric>>
  readonly of: (name: Question) => Columns | undefined
  readonly format: Format
  readonly sle: ServiceLevel | undefined
  readonly span: string
}

const MOST_POINTS = 104
const MISSING = '–'

export function time({ asks, of, format, sle, span }: Told): Headline {
  const columns = of('time')
  const value = numbers(columns, 'after')[0] ?? null
  const judgement = columns && changeJudgement(columns, 'lower', format)
  const expected = sle ? `Expected: ${sle.percentile} % within ${format.duration(sle.days, 'days')}. ` : ''
  return {
    id: 'time',
    title: `${span}, 85 %`,
    shown: value === null ? MISSING : format.number(value, 1),
    unit: 'days or less',
    trend: enough(of('months')),
    line: '85 % by month of finish',
    judgement,
    sentence: `${expected}${judgement?.text ?? ''}`,
    asked: [asks.time, asks.months],
    tab: 'flow',
    anchor: 'scatterplot',
  }
}

export function rate({ asks, of, format }: Told): Headline {
  const columns = of('rate')
  const value = numbers(columns, 'after')[0] ?? null
  const judgement = columns && changeJudgement(columns, 'higher', format)
  const partial = of('weeks')?.flags('partial') ?? []
  return {
    id: 'rate',
    title: 'Throughput',
    shown: value === null ? MISSING : format.number(value, 1),
    unit: 'items a week',
    trend: numbers(of('weeks'), 'item_count')
      .filter((_, row) => !partial[row])
      .slice(-MOST_POINTS),
    line: 'items finished by week',
    judgement,
    sentence: judgement?.text ?? '',
    asked: [asks.rate, asks.weeks],
    tab: 'flow',
    anchor: 'process-behaviour',
  }
}

export function level({ asks, of, format }: Told): Headline {
  const trend = numbers(of('levels'), 'item_count')
  const known = trend.filter((value) => value !== null)
  const count = trend.at(-1) ?? null
  return {
    id: 'wip',
    title: 'Work in progress',
    shown: count === null ? MISSING : format.number(count),
    unit: count === 1 ? 'item' : 'items',
    trend,
    line: 'items in progress by day',
    sentence: known.length
      ? `Between ${format.number(Math.min(...known))} and ${format.count(Math.max(...known), 'item')} in the period.`
      : 'Nothing was in progress.',
    asked: [asks.levels],
    tab: 'flow',
    anchor: 'wip',
  }
}

export function age({ asks, of, format, sle }: Told): Headline {
  const counts = numbers(of('levels'), 'item_count')
  const trend = numbers(of('levels'), 'total_age_days').map((total, row) => ratioOf([total], [counts[row] ?? null]))
  const value = trend.at(-1) ?? null
  const debt = numbers(of('levels'), 'flow_debt_days').at(-1) ?? null
  return {
    id: 'age',
    title: 'Mean age of work',
    shown: value === null ? MISSING : format.number(value, 1),
    unit: 'days',
    trend,
    line: 'mean age by day',
    sentence:
      debt !== null && sle
        ? `Together the items are ${format.count(debt, 'day')} past the expectation.`
        : 'Of the items in progress at the end.',
    asked: [{ ...asks.levels, about: 'The mean age of a day is total_age_days divided by item_count.' }],
    tab: 'work',
    anchor: 'aging-work',
  }
}

export function efficiency({ asks, of, format }: Told): Headline {
  const [active, waiting] = [numbers(of('active'), 'active_days'), numbers(of('active'), 'waiting_days')]
  const value = ratioOf(active, [...active, ...waiting])
  const columns = of('activeUsual')
  const judgement = columns && shareJudgement(columns, format)
  return {
    id: 'efficiency',
    title: 'Flow efficiency',
    shown: value === null ? MISSING : format.percent(value),
    unit: 'active time',
    trend: numbers(columns, 'value'),
    line: 'share of time in active stages, by week of finish',
    judgement,
    sentence: judgement?.text ?? '',
    asked: [{ ...asks.active, about: 'The sum of active_days divided by the sum of active_days and waiting_days.' }, asks.activeUsual],
    tab: 'map',
    anchor: 'value-stream-map',
  }
}

export function attainment({ asks, of, format, sle }: Told): Headline {
  const ratios = numbers(of('kept'), 'sle_attainment_ratio')
  const n = numbers(of('kept'), 'n').map((items, row) => ((ratios[row] ?? null) === null ? 0 : items))
  const value = ratioOf(
    ratios.map((ratio, row) => (ratio ?? 0) * (n[row] ?? 0)),
    n,
  )
  const columns = sle && of('keptUsual')
  const judgement = columns && shareJudgement(columns, format)
  return {
    id: 'attainment',
    title: 'SLE attainment',
    shown: value === null ? MISSING : format.percent(value),
    unit: sle ? `≤ ${format.duration(sle.days, 'days')}` : 'no expectation',
    trend: numbers(columns, 'value'),
    line: 'share within the expectation, by week of finish',
    judgement,
    sentence: sle
      ? `Expected: ${sle.percentile} %. ${judgement?.text ?? ''}`
      : 'Give this stream a service level expectation to see how often it is met.',
    asked: [{ ...asks.kept, about: 'The mean of sle_attainment_ratio, weighted by n.' }, asks.keptUsual],
    tab: 'flow',
    anchor: 'span-histogram',
  }
}

function numbers(columns: Columns | undefined, name: string): readonly (number | null)[] {
  return columns?.has(name) ? columns.numbers(name) : []
}

/** Months of too few items are missing, not small. */
function enough(columns: Columns | undefined): (number | null)[] {
  const flags = columns?.flags('enough') ?? []
  return numbers(columns, 'value').map((value, row) => (flags[row] ? value : null))
}
