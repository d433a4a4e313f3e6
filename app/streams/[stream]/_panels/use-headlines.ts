'use client'

import type { ValueStream } from '@/lib/model/value-stream'
import { formatDay, parseDay } from '@/lib/time/day'
import type { AskedMetric } from '../../../_ui/explain/question'
import { useSnapshot } from '../../../_ui/shell-context'
import { expectationOf, spanTitle } from '../../../_ui/span-title'
import { type MetricResult, useMetric } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { age, attainment, efficiency, type Headline, level, type Question, rate, time } from './headline-list'

const RECENT_DAYS = 91
const BASELINE_DAYS = 273

interface Period {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly isDefault: boolean
}

/** The period that is judged: the scope's, or the last 13 weeks. */
function usePeriod(): Period {
  const { snapshot } = useSnapshot()
  const { from, to, asOf } = useScope().scope
  const day = (text: string | undefined) => (text === undefined ? undefined : parseDay(text))
  const known = (day(asOf) ?? snapshot.lastDay) + 1
  const end = Math.min(day(to) ?? known, known)
  const start = day(from)
  return { from: start ?? end - RECENT_DAYS, to: end, isDefault: start === undefined }
}

/** The six figures of a stream's health, each with its trend and what can be said of its change. */
export function useHeadlines(stream: ValueStream): { headlines: Headline[]; results: MetricResult[]; period: Period } {
  const period = usePeriod()
  const { format, portfolio } = useSnapshot()
  const { span } = useScope().scope
  const asks = questions(stream.id, period)
  const answers = {
    time: useAsk(asks.time),
    months: useAsk(asks.months),
    rate: useAsk(asks.rate),
    weeks: useAsk(asks.weeks),
    levels: useAsk(asks.levels),
    active: useAsk(asks.active),
    activeUsual: useAsk(asks.activeUsual),
    kept: useAsk(asks.kept),
    keptUsual: useAsk(asks.keptUsual),
  }
  const told = {
    asks,
    of: (name: Question) => answers[name].data?.columns,
    format,
    sle: expectationOf(stream, span),
    span: spanTitle(span, portfolio.streams),
  }
  const headlines = [time, rate, level, age, efficiency, attainment].map((headline) => headline(told))
  return { headlines, results: Object.values(answers), period }
}

function questions(stream: string, { from, to }: Period): Record<Question, AskedMetric> {
  const own = { stream }
  const recent = { ...own, from: formatDay(from), to: formatDay(to) }
  const earlier = formatDay(from - BASELINE_DAYS)
  const usual = { ...own, from: earlier, to: recent.to, grain: 'week', baselineFrom: earlier, baselineTo: recent.from }
  const ask = (metric: string, label: string, params: AskedMetric['params']) => ({ metric, label, params })
  return {
    time: ask('change', 'Number and change', { ...recent, of: 'span', percentiles: '85' }),
    months: ask('span-percentiles', 'The line', { ...own, percentiles: '85', grain: 'month' }),
    rate: ask('change', 'Number and change', { ...recent, of: 'throughput' }),
    weeks: ask('throughput', 'The line', { ...own, grain: 'week' }),
    levels: ask('wip', 'Number and line', { ...recent, grain: 'day' }),
    active: ask('flow-efficiency', 'Number', { ...recent, grain: 'week' }),
    activeUsual: ask('process-behaviour', 'Line and change', { ...usual, metric: 'flow-efficiency' }),
    kept: ask('predictability', 'Number', { ...recent, grain: 'week' }),
    keptUsual: ask('process-behaviour', 'Line and change', { ...usual, metric: 'predictability' }),
  }
}

function useAsk({ metric, params }: AskedMetric): MetricResult {
  return useMetric(metric, params)
}
