'use client'

import { parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import {
  INVESTMENT_MEASURES,
  INVESTMENT_SPLITS,
  type InvestmentData,
  type InvestmentMeasure,
  type InvestmentSplit,
  investmentData,
} from '@/lib/charts/investment-data'
import type { AnswerMeta } from '@/lib/client/decode'
import { NO_VALUE } from '@/lib/model/dimension'
import { parseDay } from '@/lib/time/day'
import type { AskedMetric } from '../_ui/explain/question'
import { useSnapshot } from '../_ui/shell-context'
import { type MetricResult, useMetric } from '../_ui/use-metric'
import { useScope } from '../_ui/use-scope'

export const INVESTMENT_GRAINS = ['week', 'month', 'quarter'] as const
type Grain = (typeof INVESTMENT_GRAINS)[number]

export interface InvestmentChoice {
  readonly by: InvestmentSplit
  readonly measure: InvestmentMeasure
  readonly grain: Grain
  readonly change: (to: { investBy?: InvestmentSplit; invest?: InvestmentMeasure; investPer?: Grain }) => void
}

export interface Investment {
  readonly choice: InvestmentChoice
  readonly data: InvestmentData | undefined
  /** Goals in the order that gives them their colours. */
  readonly order: readonly string[]
  readonly names: ReadonlyMap<string, string>
  readonly result: MetricResult
  readonly asked: AskedMetric
}

const PARSERS = {
  investBy: parseAsStringLiteral(INVESTMENT_SPLITS).withDefault('goal'),
  invest: parseAsStringLiteral(INVESTMENT_MEASURES).withDefault('finished'),
  investPer: parseAsStringLiteral(INVESTMENT_GRAINS).withDefault('month'),
}
const METRICS = { finished: 'throughput', wip: 'wip', time: 'span-percentiles' } as const

/** The answer that the panel shows, as parts; what is chosen stands in the address. */
export function useInvestment(): Investment {
  const { portfolio } = useSnapshot()
  const [{ investBy: by, invest: measure, investPer: grain }, setChoice] = useQueryStates(PARSERS)
  const params = { groupBy: by, grain, ...(measure === 'time' ? { percentiles: '85' } : {}) }
  const result = useMetric(METRICS[measure], params)
  const window = useWindow()
  const order = useMemo(() => portfolio.goals.map(({ id }) => id), [portfolio.goals])
  const parents = useMemo(() => new Set(portfolio.goals.flatMap(({ parent }) => (parent === undefined ? [] : [parent]))), [portfolio.goals])
  const names = useMemo(
    () => new Map([[NO_VALUE, by === 'goal' ? 'No goal' : 'No type'], ...(by === 'goal' ? portfolio.goals.map(namePair) : [])]),
    [portfolio.goals, by],
  )
  const data = useMemo(() => {
    if (!result.data) return undefined
    const { columns, meta } = result.data
    // While the next answer is on its way the last one is shown, which may be of another choice: it says itself what it is of.
    const shown = choiceOf(meta)
    return shown && investmentData({ ...shown, columns, order, parents, window, nameOf: (value) => names.get(value) ?? value })
  }, [result.data, order, parents, names, window])
  const choice: InvestmentChoice = { by, measure, grain, change: (to) => void setChoice(to) }
  return { choice, data, order, names, result, asked: { metric: METRICS[measure], params } }
}

function choiceOf({ metric, params }: AnswerMeta): Pick<InvestmentChoice, 'by' | 'measure' | 'grain'> | undefined {
  const measure = INVESTMENT_MEASURES.find((one) => METRICS[one] === metric)
  const by = INVESTMENT_SPLITS.find((one) => params.groupBy === one)
  const grain = INVESTMENT_GRAINS.find((one) => params.grain === one)
  return measure && by && grain ? { measure, by, grain } : undefined
}

function namePair({ id, name }: { id: string; name: string }): [string, string] {
  return [id, name]
}

/** Days `[from, to)` that the page looks at. */
function useWindow(): readonly [number, number] {
  const { snapshot } = useSnapshot()
  const { scope } = useScope()
  const { from, to, asOf } = scope
  return useMemo(() => {
    const last = parseDay(asOf ?? '') ?? snapshot.lastDay
    return [parseDay(from ?? '') ?? snapshot.firstDay, Math.min(parseDay(to ?? '') ?? last + 1, last + 1)]
  }, [from, to, asOf, snapshot.firstDay, snapshot.lastDay])
}
