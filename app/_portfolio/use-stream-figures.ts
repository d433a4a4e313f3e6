'use client'

import { useMemo } from 'react'
import { ratioOf } from '@/lib/charts/headline'
import type { MetricAnswer } from '@/lib/client/decode'
import type { Columns } from '@/lib/model/columns'
import { useSnapshot } from '../_ui/shell-context'
import { type MetricResult, useMetric } from '../_ui/use-metric'
import { useScope } from '../_ui/use-scope'

export interface Figure {
  readonly value: number | null
  /** First day of the period of the value, where it is one of the trend's. */
  readonly on?: number | null
  readonly trend: readonly (number | null)[]
}

export interface StreamFigures {
  readonly id: string
  readonly name: string
  readonly p85: Figure
  readonly throughput: Figure
  readonly wip: Figure
  readonly age: Figure
  readonly efficiency: Figure
  /** Share of finished items within the stream's expectation; `judged` is false where items finished and none had one. */
  readonly attainment: Figure & { readonly judged: boolean }
}

const BY_STREAM = { groupBy: 'stream' }
const MOST_POINTS = 104

/** The figures of each stream in scope, in the order of the portfolio. */
export function useStreamFigures(): { figures: StreamFigures[]; results: MetricResult[] } {
  const { portfolio } = useSnapshot()
  const { scope } = useScope()
  const whole = useMetric('span-percentiles', { ...BY_STREAM, percentiles: '85' })
  const months = useMetric('span-percentiles', { ...BY_STREAM, percentiles: '85', grain: 'month' })
  const weeks = useMetric('throughput', { ...BY_STREAM, grain: 'week' })
  const levels = useMetric('wip', { ...BY_STREAM, grain: 'week' })
  const times = useMetric('flow-efficiency', { ...BY_STREAM, grain: 'month' })
  const kept = useMetric('predictability', { ...BY_STREAM, grain: 'month' })
  const wanted = scope.dimensions.stream
  const figures = useMemo(() => {
    const [p85, trend, finished, open, spent, within] = [whole.data, months.data, weeks.data, levels.data, times.data, kept.data]
    return portfolio.streams
      .filter(({ id }) => !wanted || wanted.includes(id))
      .map(({ id, name }) => ({
        id,
        name,
        p85: { value: last(enough(rowsOf(p85, id))), trend: enough(rowsOf(trend, id)) },
        throughput: {
          ...figure(wholePeriods(rowsOf(finished, id), 'item_count')),
          on: last(wholePeriods(rowsOf(finished, id), 'period_on')),
        },
        wip: figure(values(rowsOf(open, id), 'item_count')),
        age: figure(meanAge(rowsOf(open, id))),
        efficiency: efficiencyOf(rowsOf(spent, id)),
        attainment: attainmentOf(rowsOf(within, id)),
      }))
  }, [portfolio.streams, wanted, whole.data, months.data, weeks.data, levels.data, times.data, kept.data])
  return { figures, results: [whole, months, weeks, levels, times, kept] }
}

interface Rows {
  readonly columns: Columns
  readonly rows: readonly number[]
}

function rowsOf(answer: MetricAnswer | undefined, stream: string): Rows | undefined {
  if (!answer) return undefined
  const group = answer.columns.texts('group')
  return { columns: answer.columns, rows: [...group.keys()].filter((row) => group[row] === stream) }
}

function values(of: Rows | undefined, name: string): (number | null)[] {
  if (!of) return []
  const column = of.columns.numbers(name)
  return of.rows.map((row) => column[row] ?? null)
}

/** Values of too few items are missing, not small. */
function enough(of: Rows | undefined): (number | null)[] {
  const flags = of?.columns.flags('enough') ?? []
  return values(of, 'value').map((value, index) => (flags[of?.rows[index] ?? -1] ? value : null))
}

function wholePeriods(of: Rows | undefined, name: string): (number | null)[] {
  const partial = of?.columns.flags('partial') ?? []
  return values(of, name).filter((_, index) => !partial[of?.rows[index] ?? -1])
}

function meanAge(of: Rows | undefined): (number | null)[] {
  const counts = values(of, 'item_count')
  return values(of, 'total_age_days').map((total, index) => (total === null || !counts[index] ? null : total / counts[index]))
}

/** Of the whole period: all active time over all time; a mean of the months would weigh quiet ones as much. */
function efficiencyOf(of: Rows | undefined): Figure {
  const active = values(of, 'active_days')
  return { value: ratioOf(active, [...active, ...values(of, 'waiting_days')]), trend: values(of, 'efficiency_ratio').slice(-MOST_POINTS) }
}

/** Of all items of the period, for the same reason. */
function attainmentOf(of: Rows | undefined): StreamFigures['attainment'] {
  const [shares, counts] = [values(of, 'sle_attainment_ratio'), values(of, 'n')]
  const within = shares.map((share, row) => (share ?? 0) * (counts[row] ?? 0))
  const judged = counts.some(Boolean) || !values(of, 'item_count').some(Boolean)
  return { value: ratioOf(within, counts), trend: shares.slice(-MOST_POINTS), judged }
}

function figure(trend: readonly (number | null)[]): Figure {
  return { value: last(trend), trend: trend.slice(-MOST_POINTS) }
}

function last(trend: readonly (number | null)[]): number | null {
  return trend[trend.length - 1] ?? null
}
