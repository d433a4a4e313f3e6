import type { CustomSeriesOption, CustomSeriesRenderItem, EChartsOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Kpi, KpiStatus } from '@/lib/model/kpi'
import { parseDay } from '@/lib/time/day'
import { baseOption, MS_PER_DAY, type TipParams, timeAxis, valueAxis } from './base'
import { mix } from './colors'
import type { ChartContext } from './context'
import type { Format } from './format'
import { type Outlook, outlookOf, outlookSeries, outlookText } from './kpi-outlook'
import { targetWedge, toPixels } from './marks/goal'
import { niceCeil } from './spread'
import { tipHtml } from './tip'

export interface KpiTrendInput {
  /** Of one KPI: at or period_on, value, low, high, n, target_path, trend_…, projected_…, status; in time order. */
  readonly columns: Columns
  readonly kpi: Kpi
  /** YYYY-MM-DD: the KPI's own or its goal's. */
  readonly due?: string
  /** Day numbers of a time axis shared with other KPIs; widened when this one needs more. */
  readonly range?: readonly [number, number]
}

/** Points with their interval, the baseline, the target path as a thin wedge, the trend that decides the status as a fan to the due date. */
export function kpiTrend({ columns, kpi, due, range }: KpiTrendInput, context: ChartContext): EChartsOption {
  const { palette } = context.theme
  const days = kpiDays(columns)
  const dueDay = due === undefined ? undefined : parseDay(due)
  const [first, lastPoint] = [days[0] ?? dueDay ?? 0, days[days.length - 1] ?? dueDay ?? 0]
  const last = Math.max(lastPoint, dueDay ?? lastPoint, range?.[1] ?? lastPoint)
  const values = columns.numbers('value')
  const outlook = outlookOf(columns, days, dueDay)
  const axis = niceRange(...valueRange(columns, kpi))
  return {
    ...baseOption(context),
    // Fixed edges: plots above each other line up, whatever their numbers.
    grid: { left: 48, right: 8, top: 10, bottom: 22, outerBoundsMode: 'none' },
    xAxis: { ...timeAxis(context, Math.min(first, range?.[0] ?? first), last), splitNumber: 3 } as EChartsOption['xAxis'],
    yAxis: valueAxis(context, '', { min: axis.low, max: axis.high, interval: axis.step }),
    tooltip: {
      ...(baseOption(context).tooltip as object),
      formatter: (params: unknown) => kpiTip(params, { columns, kpi, outlook }, context),
    },
    series: [
      ...wedgeSeries(kpi, [first, dueDay ?? last], axis.high - axis.low, context),
      ...outlookSeries(outlook, context),
      intervalSeries(columns, days, context),
      {
        id: 'values',
        type: 'line',
        data: days.map((day, row) => [day * MS_PER_DAY, values[row] ?? null]),
        symbol: 'circle',
        symbolSize: days.length > 40 ? 3 : 5,
        showSymbol: true,
        lineStyle: { color: palette.accent, width: 1.25 },
        itemStyle: { color: palette.accent },
        emphasis: { disabled: true },
        markLine: { silent: true, symbol: 'none', data: baselineMark(kpi, context) },
      },
    ],
  }
}

const ISO_DAY = /\b\d{4}-\d{2}-\d{2}\b/g

interface KpiVerdict {
  readonly status: KpiStatus
  readonly value: number | null
  readonly explanation: string
}

/** Status of the last period, its value and why, in the reader's dates; absent when the KPI has no rows. */
export function kpiVerdict(columns: Columns, format: Format): KpiVerdict | undefined {
  const values = columns.numbers('value')
  const row = columns.rowCount - 1
  if (row < 0) return undefined
  const shown = values.findLastIndex((value) => value !== null)
  return {
    status: columns.texts('status')[row] as KpiStatus,
    value: values[shown] ?? null,
    explanation: (columns.has('explanation') ? (columns.texts('explanation')[row] ?? '') : '').replace(ISO_DAY, (text) => {
      const day = parseDay(text)
      return day === undefined ? text : format.day(day)
    }),
  }
}

/** Where the trend leads by the due date, in a sentence; absent where the status uses none. */
export function kpiOutlook({ columns, kpi, due }: KpiTrendInput, format: Format): string | undefined {
  const outlook = outlookOf(columns, kpiDays(columns), due === undefined ? undefined : parseDay(due))
  return outlook && outlookText(outlook, kpi, format)
}

/** The column of the period's first day; outside series carry their own day. */
export function kpiDays(columns: Columns): number[] {
  return columns.numbers(columns.has('at') ? 'at' : 'period_on').map((day) => day ?? 0)
}

function valueRange(columns: Columns, kpi: Kpi): [number, number] {
  const drawn = ['value', 'low', 'high', 'trend_low', 'trend_high', 'projected_low', 'projected_high']
  const all = drawn.flatMap((name) => (columns.has(name) ? columns.numbers(name) : [])).filter((value) => value !== null)
  const marks = [kpi.target, ...(kpi.baseline === undefined ? [] : [kpi.baseline])]
  const values = columns.numbers('value').filter((value) => value !== null)
  const [least, most] = [Math.min(...marks, ...values), Math.max(...marks, ...values)]
  const room = Math.max((most - least) * 0.5, Math.abs(most) * 0.02, 1e-9)
  // Intervals may be cut by the panel so that one wild one does not flatten all points.
  const margin = room * 0.16
  const floor = values.every((value) => value >= 0) ? 0 : Number.NEGATIVE_INFINITY
  return [Math.max(Math.min(...all, least - margin), least - room, floor), Math.min(Math.max(...all, most + margin), most + room)]
}

/** Bounds at whole steps, three steps or so between them. */
function niceRange(low: number, high: number): { low: number; high: number; step: number } {
  const step = niceCeil((high - low) / 3.5)
  const floor = low >= 0 ? 0 : Number.NEGATIVE_INFINITY
  const round = (value: number) => Number(value.toPrecision(10))
  return { low: round(Math.max(Math.floor(low / step) * step, floor)), high: round(Math.ceil(high / step) * step), step }
}

function baselineMark(kpi: Kpi, { theme }: ChartContext) {
  if (kpi.baseline === undefined) return []
  return [
    {
      name: 'baseline',
      yAxis: kpi.baseline,
      lineStyle: { type: 'dotted' as const, width: 1, color: theme.palette.faint },
      label: { show: false },
    },
  ]
}

function wedgeSeries(kpi: Kpi, [first, due]: readonly [number, number], range: number, { theme }: ChartContext): CustomSeriesOption[] {
  const start = kpi.baseline ?? kpi.target
  const good = kpi.direction === 'lower' ? -1 : 1
  const width = kpi.direction === 'within' ? (kpi.tolerance ?? 0) : good * range * 0.12
  const corners = targetWedge([first * MS_PER_DAY, start], [due * MS_PER_DAY, kpi.target], width)
  const renderItem: CustomSeriesRenderItem = (_, api) => ({
    type: 'group',
    children: [
      {
        type: 'polygon',
        shape: { points: toPixels(corners, api) },
        style: { fill: mix(theme.palette.better, theme.palette.surface, 0.22) },
      },
      {
        type: 'polyline',
        shape: { points: toPixels(corners.slice(0, 2), api) },
        style: { stroke: theme.palette.better, lineWidth: 1, fill: 'none' },
      },
    ],
  })
  return [{ id: 'target', type: 'custom', renderItem, silent: true, clip: true, z: 1, data: [[first * MS_PER_DAY, start]] }]
}

function intervalSeries(columns: Columns, days: readonly number[], { theme }: ChartContext): CustomSeriesOption {
  const [low, high] = [columns.numbers('low'), columns.numbers('high')]
  const rows = days.flatMap((day, row): number[][] => {
    const [from, to] = [low[row], high[row]]
    return from === null || from === undefined || to === null || to === undefined ? [] : [[day * MS_PER_DAY, from, to]]
  })
  const renderItem: CustomSeriesRenderItem = (_, api) => {
    const points = toPixels(
      [
        [Number(api.value(0)), Number(api.value(1))],
        [Number(api.value(0)), Number(api.value(2))],
      ],
      api,
    )
    return {
      type: 'polyline',
      shape: { points },
      style: { stroke: mix(theme.palette.accent, theme.palette.surface, 0.45), lineWidth: 2, fill: 'none' },
    }
  }
  return { id: 'interval', type: 'custom', renderItem, silent: true, clip: true, z: 2, encode: { x: 0, y: [1, 2] }, data: rows }
}

interface Told {
  readonly columns: Columns
  readonly kpi: Kpi
  readonly outlook: Outlook | undefined
}

function kpiTip(params: unknown, { columns, kpi, outlook }: Told, { theme, format }: ChartContext): string {
  // Marks of other series have rows of their own.
  const row = ([params].flat() as readonly TipParams[]).find((one) => one.seriesId === 'values')?.dataIndex
  const notes = outlook ? [outlookText(outlook, kpi, format)] : []
  if (row === undefined) return outlook ? dueTip(kpi, outlook, { theme, format }) : ''
  const at = (name: string) => (columns.has(name) ? (columns.numbers(name)[row] ?? null) : null)
  const [value, low, high, n, path] = [at('value'), at('low'), at('high'), at('n'), at('target_path')]
  const trend = at('trend_value')
  return tipHtml({
    title: format.day(kpiDays(columns)[row] ?? 0),
    rows: [
      {
        label: kpi.name,
        value: value === null ? 'too little data' : `${format.number(value, 2)} ${kpi.unit}`,
        color: theme.palette.accent,
      },
      ...(low !== null && high !== null ? [{ label: '95 % interval', value: `${format.number(low, 2)} – ${format.number(high, 2)}` }] : []),
      ...(path !== null ? [{ label: 'Target path', value: format.number(path, 2), color: theme.palette.better }] : []),
      ...(trend !== null ? [{ label: 'Trend that decides the status', value: format.number(trend, 2) }] : []),
      ...(n !== null && kpi.kind === 'flow' ? [{ label: 'From', value: format.count(n, 'item') }] : []),
    ],
    notes: trend === null ? [] : notes,
  })
}

function dueTip(kpi: Kpi, outlook: Outlook, { theme, format }: Pick<ChartContext, 'theme' | 'format'>): string {
  return tipHtml({
    title: format.day(outlook.due.day),
    rows: [{ label: 'Target', value: `${format.number(kpi.target, 2)} ${kpi.unit}`, color: theme.palette.better }],
    notes: [outlookText(outlook, kpi, format)],
  })
}
