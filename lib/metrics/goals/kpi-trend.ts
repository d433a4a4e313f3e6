import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import type { Row } from '../../engine/columns'
import { goalWithDescendants } from '../../model/goal'
import type { FlowKpi, Kpi } from '../../model/kpi'
import { GRAINS, type Grain } from '../../model/unit'
import { Problem, showValue } from '../../problem'
import { type DayNumber, formatDay, parseDay } from '../../time/day'
import { periodStart, periodsIn } from '../../time/grain'
import { type Ask, column, defineMetric, type MetricContext } from '../define'
import { dueOf, type JudgedBy, judgeKpi, type KpiPoint, pathAt, pathOf } from './kpi-status'

export const kpiTrend = defineMetric({
  name: 'kpi-trend',
  title: 'KPI trend',
  aka: ['key value indicator', 'goal trend'],
  unit: 'as the KPI says',
  doc: 'The points of a KPI with the straight path from its baseline to its target and a status that is computed, never typed in: the 95 % interval of the trend through the latest points, held against the path.',
  source: 'Evidence-Based Management Guide, Scrum.org 2024; definitions §13',
  subject: 'finished',
  uses: ['grain'],
  params: z.object({ kpi: z.string().optional().describe('id of one KPI; default: all') }),
  columns: {
    kpi_id: column.text('KPI'),
    goal_id: column.text('goal it belongs to'),
    at: column.day('first day of the period, or the day of an outside measurement'),
    value: column.float('value of the KPI', { nullable: true }),
    low: column.float('lower end of its 95 % interval', { nullable: true }),
    high: column.float('upper end of its 95 % interval', { nullable: true }),
    n: column.int('items behind the value', { unit: 'items', nullable: true }),
    partial: column.bool('whether the period is cut off by the window'),
    target_path: column.float('straight path from baseline to target on that day', { nullable: true }),
    trend_value: column.float(
      'height on that day of the trend that decides the status; none before the first and after the last point it goes through',
      {
        unit: 'as the KPI says',
        nullable: true,
      },
    ),
    trend_low: column.float('lower end of the 95 % interval of that height', { unit: 'as the KPI says', nullable: true }),
    trend_high: column.float('upper end of the 95 % interval of that height', { unit: 'as the KPI says', nullable: true }),
    projected_value: column.float(
      'height on the due date of the trend that decides the status; none without such a trend, and once the due date has passed',
      { unit: 'as the KPI says', nullable: true },
    ),
    projected_low: column.float('lower end of the 95 % interval of the trend on the due date', { unit: 'as the KPI says', nullable: true }),
    projected_high: column.float('upper end of the 95 % interval of the trend on the due date', {
      unit: 'as the KPI says',
      nullable: true,
    }),
    status: column.text('met, on track, at risk, off track or no evidence'),
    explanation: column.text('why, in a sentence'),
  },
  queries: () => ({}),
  itemsOf: (context) => {
    const [kpi, ...others] = context.params.kpi === undefined ? [] : chosen(context)
    return kpi?.kind === 'flow' && !others.length ? { metric: kpi.metric, params: asked(kpi, context) } : undefined
  },
  compose: async (ask, context) => {
    const trends = await Promise.all(chosen(context).map((kpi) => trendOf(kpi, ask, context)))
    return trends.flat()
  },
})

function chosen(context: MetricContext<{ kpi?: string }>): readonly Kpi[] {
  const { kpis } = context.portfolio
  const { kpi: id, dimensions } = context.params
  if (id === undefined) {
    const goals = dimensions.get('goal')
    const served = goals?.flatMap((goal) => (goal === null ? [] : goalWithDescendants(context.portfolio.goals, goal)))
    return served ? kpis.filter((kpi) => served.includes(kpi.goal)) : kpis
  }
  const found = kpis.filter((kpi) => kpi.id === id)
  if (found.length) return found
  const ids = kpis.map((kpi) => kpi.id)
  const hint = ids.length ? `did you mean "${closest(id.slice(0, 80), ids)}"?` : 'this portfolio has no KPIs'
  throw new Problem('bad-parameter', "The question to kpi-trend can't be answered as asked", {
    faults: [{ where: 'kpi', message: hint, value: showValue(id), allowed: ids.slice(0, 50) }],
  })
}

async function trendOf(kpi: Kpi, ask: Ask, context: MetricContext): Promise<Row[]> {
  const points = kpi.kind === 'series' ? measuredOutside(kpi.series, context) : await measuredByFlow(kpi, ask, context)
  const goal = context.portfolio.goals.find((candidate) => candidate.id === kpi.goal)
  const { asOf } = context.window
  const due = dueOf(kpi, goal?.due)
  const path = pathOf(kpi, due, points)
  const { status, explanation, by } = judgeKpi(kpi, path, points, asOf)
  const isAhead = by !== undefined && due !== undefined && due > by.toDay && due >= asOf
  const projected = heightOf('projected', isAhead ? by : undefined, due)
  return points.map((point) => ({
    kpi_id: kpi.id,
    goal_id: kpi.goal,
    at: point.day,
    value: point.value,
    low: point.low,
    high: point.high,
    n: point.n,
    partial: point.partial,
    target_path: path ? pathAt(path, point.day) : null,
    ...heightOf('trend', by && point.day >= by.fromDay && point.day <= by.toDay ? by : undefined, point.day),
    ...projected,
    status,
    explanation,
  }))
}

/** Columns of the trend's height on a day; empty where it is not asked. */
function heightOf(name: 'trend' | 'projected', by: JudgedBy | undefined, day: DayNumber | undefined): Row {
  const at = by && day !== undefined ? by.line.at(day) : undefined
  return { [`${name}_value`]: at?.value ?? null, [`${name}_low`]: at?.low ?? null, [`${name}_high`]: at?.high ?? null }
}

function measuredOutside(series: readonly { on: string; value: number }[], context: MetricContext): KpiPoint[] {
  const { from, to } = context.window
  return series.flatMap(({ on, value }) => {
    const day = parseDay(on)
    return day === undefined || day < from || day >= to
      ? []
      : [{ day, value, low: null, high: null, n: null, partial: false, enough: true }]
  })
}

function grainOf(kpi: FlowKpi, context: MetricContext): Grain {
  return context.params.grain ?? GRAINS.find((grain) => grain === kpi.params.grain) ?? 'month'
}

/** The question to the metric that measures a KPI. */
function asked(kpi: FlowKpi, context: MetricContext) {
  const { from, to, asOf } = context.window
  return { ...kpi.params, grain: grainOf(kpi, context), from: formatDay(from), to: formatDay(Math.max(from, to)), asOf: formatDay(asOf) }
}

async function measuredByFlow(kpi: FlowKpi, ask: Ask, context: MetricContext): Promise<KpiPoint[]> {
  const { window } = context
  const grain = grainOf(kpi, context)
  const { rows, figure } = await ask(kpi.metric, asked(kpi, context))
  const partial = new Set(periodsIn(window.from, window.to, grain).flatMap((period) => (period.partial ? [period.start] : [])))
  return rows.map((row) => {
    const day = Number(row.period_on ?? row.day_on)
    const value = figure ? (row[figure.column] ?? null) : null
    return {
      day,
      value: value === null ? null : Number(value),
      low: row.low === undefined || row.low === null ? null : Number(row.low),
      high: row.high === undefined || row.high === null ? null : Number(row.high),
      n: row.n === undefined || row.n === null ? null : Number(row.n),
      partial: partial.has(periodStart(day, grain)),
      enough: row.enough !== false,
    }
  })
}
