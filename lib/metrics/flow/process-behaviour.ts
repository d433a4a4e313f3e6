import { z } from 'zod'
import type { Row } from '../../engine/columns'
import { Problem, showValue } from '../../problem'
import { FEWEST_POINTS, xmrLimits, xmrSignals } from '../../stats/process-behaviour'
import { parseDay } from '../../time/day'
import { periodStart, periodsIn } from '../../time/grain'
import { type Ask, column, defineMetric, type Figure, type MetricContext } from '../define'
import { scopeOf } from '../facts/asking'
import { dayListText, dayText } from '../own-params'

const CENTRES = ['mean', 'median'] as const
const SCALES = ['linear', 'ln'] as const
const DEFAULT_BASELINE = 20

export const processBehaviour = defineMetric({
  name: 'process-behaviour',
  title: 'Process behaviour chart',
  aka: ['XmR chart', 'control chart', 'Shewhart chart'],
  unit: "the figure's own",
  doc: "Whether a figure only wobbles or really changed: its points with their mean and natural process limits (mean ± 2.66 · mean moving range, never rounded), and the points that Wheeler's rules call signals. Centre and limits come from a baseline, by default the first 20 whole periods, and are rebased only on purpose.",
  source: 'Wheeler 2000, Understanding Variation; Wheeler & Chambers 1992',
  subject: 'finished',
  subjectOf: ({ metric }, subjectNamed) => subjectNamed(metric),
  uses: ['rule', 'span', 'unit', 'grain', 'policy', 'percentiles'],
  params: z.object({
    metric: z.string().default('throughput').describe('periodic metric whose figure is charted'),
    baselineFrom: dayText.optional().describe('first day of the baseline, YYYY-MM-DD'),
    baselineTo: dayText.optional().describe('day after the baseline, YYYY-MM-DD'),
    rebase: dayListText.optional().describe('days from which limits are taken anew, YYYY-MM-DD, comma-separated'),
    centre: z.enum(CENTRES).default('mean').describe('mean, or median for series with outliers'),
    scale: z.enum(SCALES).default('linear').describe('ln for durations, which are skewed'),
  }),
  columns: {
    at: column.day('first day of the period'),
    value: column.float('the figure', { nullable: true }),
    centre: column.float('centre line', { nullable: true }),
    upper: column.float('upper natural process limit', { nullable: true }),
    lower: column.float("lower natural process limit; absent where the figure can't fall so low", { nullable: true }),
    signal: column.bool('whether a rule fired'),
    rule: column.text('which one', { nullable: true }),
    baseline: column.bool('whether the point belongs to the baseline'),
    rebased: column.bool('whether limits begin anew at this point'),
    partial: column.bool('whether the period is cut off: shown, but not judged'),
  },
  queries: () => ({}),
  itemsOf: (context) => ({ metric: context.params.metric, params: asked(context) }),
  compose: async (ask, context) => {
    const { points, figure } = await series(ask, context)
    return chartOf(points, figure, context)
  },
})

interface Point {
  readonly day: number
  readonly value: number | null
  readonly partial: boolean
}

type Own = {
  readonly metric: string
  readonly baselineFrom?: string
  readonly baselineTo?: string
  readonly rebase?: string
  readonly centre: 'mean' | 'median'
  readonly scale: 'linear' | 'ln'
}

/** The question to the metric whose figure is charted. */
function asked(context: MetricContext<Own>) {
  const { grain = 'week', span, unit, policy, percentiles } = context.params
  return { ...scopeOf(context), grain, span, policy, ...(unit ? { unit } : {}), percentiles: [String(percentiles.at(0) ?? 85)] }
}

async function series(ask: Ask, context: MetricContext<Own>): Promise<{ points: Point[]; figure: Figure }> {
  const { metric, grain = 'week' } = context.params
  const { rows, figure } = await ask(metric, asked(context))
  if (!figure) throw notPeriodic(metric)
  const periods = periodsIn(context.window.from, context.window.to, grain)
  const partial = new Set(periods.filter((period) => period.partial).map((period) => period.start))
  const points = rows.map((row) => {
    const day = periodStart(Number(row.period_on ?? row.day_on), grain)
    const value = row[figure.column]
    return { day, value: value === null || value === undefined ? null : Number(value), partial: row.partial === true || partial.has(day) }
  })
  return { points, figure }
}

function chartOf(points: readonly Point[], figure: Figure, context: MetricContext<Own>): Row[] {
  const starts = [...(context.params.rebase ?? '').split(',').flatMap((text) => (text.trim() ? [dayOf(text.trim())] : []))].sort(
    (a, b) => a - b,
  )
  const segments = [Number.NEGATIVE_INFINITY, ...starts]
  return segments.flatMap((start, index) => {
    const end = segments[index + 1] ?? Number.POSITIVE_INFINITY
    return judge(
      points.filter((point) => point.day >= start && point.day < end),
      { figure, rebased: index > 0 },
      context,
    )
  })
}

function judge(points: readonly Point[], segment: { figure: Figure; rebased: boolean }, context: MetricContext<Own>): Row[] {
  const { figure, rebased } = segment
  const { centre, scale, baselineFrom, baselineTo } = context.params
  const usable = points.filter((point) => point.value !== null && !point.partial && (scale === 'linear' || (point.value ?? 0) > 0))
  const from = baselineFrom === undefined || rebased ? Number.NEGATIVE_INFINITY : dayOf(baselineFrom)
  const to = baselineTo === undefined || rebased ? Number.POSITIVE_INFINITY : dayOf(baselineTo)
  const base = usable.filter((point) => point.day >= from && point.day < to)
  const baseline = baselineFrom === undefined && baselineTo === undefined ? base.slice(0, DEFAULT_BASELINE) : base
  const scaled = (value: number) => (scale === 'ln' ? Math.log(value) : value)
  const floor = scale === 'ln' ? undefined : figure.floor
  const enough = baseline.length >= FEWEST_POINTS
  const limits = enough
    ? xmrLimits(
        baseline.map((point) => scaled(point.value ?? 0)),
        { centre, floor, baseline: [0, baseline.length] },
      )
    : undefined
  const rules = limits
    ? xmrSignals(
        usable.map((point) => scaled(point.value ?? 0)),
        limits,
      )
    : []
  const back = (value: number | undefined) => (value === undefined ? null : scale === 'ln' ? Math.exp(value) : value)
  return points.map((point, index) => {
    const rule = rules[usable.indexOf(point)]
    return {
      at: point.day,
      value: point.value,
      centre: back(limits?.centre),
      upper: back(limits?.upper),
      lower: back(limits?.lower),
      signal: rule !== undefined,
      rule: rule ?? null,
      baseline: baseline.includes(point),
      rebased: rebased && index === 0,
      partial: point.partial,
    }
  })
}

/** The parameters' schema has let real days through only. */
function dayOf(text: string): number {
  return parseDay(text) ?? Number.NaN
}

function notPeriodic(metric: string): Problem {
  return new Problem('bad-parameter', "The question to process-behaviour can't be answered as asked", {
    faults: [
      {
        where: 'metric',
        message: 'has no figure per period: choose one that has, such as throughput, wip or span-percentiles',
        value: showValue(metric),
      },
    ],
  })
}
