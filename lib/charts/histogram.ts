import type { EChartsOption, MarkLineComponentOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Unit } from '@/lib/model/unit'
import type { ServiceLevel } from '@/lib/model/value-stream'
import { baseOption, firstParams, hatch, valueAxis } from './base'
import { mix } from './colors'
import type { ChartContext, ChartPoint, Drill } from './context'
import type { Format } from './format'
import { tipHtml } from './tip'

export interface HistogramInput {
  /** days, item_count. */
  readonly columns: Columns
  /** percentile, value, enough. */
  readonly percentiles?: Columns
  readonly unit: Unit
  readonly sle?: ServiceLevel
}

export interface Bin {
  /** Whole days, both are part of it. */
  readonly from: number
  readonly to: number
  readonly count: number
  /** The last bar may hold all that took longer; drawn as wide as the others. */
  readonly isOpen: boolean
}

const MOST_BINS = 60
const WIDTHS = [1, 2, 5, 7, 14, 28, 91, 182, 364]

/** Bars of equal width without gaps; the longest hundredth stands in one bar where it would push all others together. */
export function binsOf(columns: Columns): Bin[] {
  const [days, counts] = [columns.numbers('days'), columns.numbers('item_count')]
  const known = days.filter((day) => day !== null)
  if (known.length === 0) return []
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const nearly = nearlyAll(days, counts)
  const end = high - low > 1.5 * (nearly - low) ? nearly : high
  const width = WIDTHS.find((one) => (end - low + 1) / one <= MOST_BINS) ?? Math.ceil((end - low + 1) / MOST_BINS)
  const last = Math.floor((end - low) / width) + (end < high ? 1 : 0)
  const bins = new Array<number>(last + 1).fill(0)
  for (const [row, day] of days.entries()) {
    const index = Math.min(Math.floor(((day ?? low) - low) / width), last)
    bins[index] = (bins[index] ?? 0) + (counts[row] ?? 0)
  }
  return bins.map((count, index) => {
    const isOpen = index === last && end < high
    const from = low + index * width
    return { from, to: isOpen ? Math.max(high, from + width - 1) : from + width - 1, count, isOpen }
  })
}

/** The length within which 99 % stay. */
function nearlyAll(days: readonly (number | null)[], counts: readonly (number | null)[]): number {
  const rows = days.map((day, row): [number, number] => [day ?? 0, counts[row] ?? 0]).sort(([a], [b]) => a - b)
  const wanted = 0.99 * rows.reduce((sum, [, count]) => sum + count, 0)
  let sum = 0
  for (const [day, count] of rows) {
    sum += count
    if (sum >= wanted) return day
  }
  return 0
}

/** How long finished items took: bars from zero, percentiles dashed, the expectation solid. */
export function histogram(input: HistogramInput, context: ChartContext): EChartsOption {
  const bins = binsOf(input.columns)
  const { palette } = context.theme
  const width = widthOf(bins)
  const base = baseOption(context, { top: TOP, right: 72 })
  const tail = { color: mix(palette.noise, palette.surface, 0.35), borderColor: palette.noise, borderWidth: 1, decal: hatch(palette.noise) }
  return {
    ...base,
    xAxis: lengthAxis(bins, context),
    yAxis: valueAxis(context, width === 1 ? 'items per day of length' : `items per ${width} days of length`, {
      min: 0,
      minInterval: 1,
      nameGap: TOP - 18,
    }),
    tooltip: { ...(base.tooltip as object), axisPointer: { type: 'none' }, formatter: (params: unknown) => tip(params, bins, context) },
    series: [
      {
        id: 'lengths',
        type: 'bar',
        barWidth: `${bins.length > 40 ? 90 : 84}%`,
        itemStyle: { color: palette.noise },
        data: bins.map((bin) => ({ value: [bin.from + (width - 1) / 2, bin.count], ...(bin.isOpen ? { itemStyle: tail } : {}) })),
        emphasis: { disabled: true },
        markLine: marks(input, context),
      },
    ],
  }
}

/** Room for the names of five lines, one above the other. */
const TOP = 104
const LABEL_STEP = 14

function widthOf([first]: readonly Bin[]): number {
  return first ? first.to - first.from + 1 : 1
}

function lengthAxis(bins: readonly Bin[], context: ChartContext): EChartsOption['xAxis'] {
  const [first, last] = [bins[0], bins[bins.length - 1]]
  return {
    ...valueAxis(context, ''),
    type: 'value',
    min: (first?.from ?? 0) - 0.5,
    max: (last?.from ?? 0) + widthOf(bins) - 0.5,
    splitLine: { show: false },
    minInterval: 1,
    axisLabel: {
      color: context.theme.palette.textDim,
      fontSize: 12,
      showMinLabel: false,
      showMaxLabel: false,
      formatter: (value: number) => `${context.format.number(value)} d`,
    },
  } as EChartsOption['xAxis']
}

function marks({ percentiles, unit, sle }: HistogramInput, { theme, format }: ChartContext): MarkLineComponentOption {
  const values = percentiles?.numbers('value') ?? []
  const lines = (percentiles?.numbers('percentile') ?? []).flatMap((percentile, row) => {
    const value = values[row] ?? null
    if (percentile === null || value === null || !percentiles?.flags('enough')[row]) return []
    return [
      {
        name: `${percentile} %`,
        xAxis: value,
        text: `${percentile} % ≤ ${format.number(value, unit === 'elapsed' ? 1 : 0)} d`,
        isSle: false,
      },
    ]
  })
  const expected =
    sle && unit === 'days' ? [{ name: 'SLE', xAxis: sle.days, text: `SLE ${sle.percentile} % ≤ ${sle.days} d`, isSle: true }] : []
  const all = [...lines, ...expected].sort((a, b) => a.xAxis - b.xAxis)
  return {
    symbol: 'none',
    silent: true,
    data: all.map(({ name, xAxis, text, isSle }, index) => ({
      name,
      xAxis,
      lineStyle: { type: isSle ? ('solid' as const) : ('dashed' as const), width: 1, color: theme.palette.text },
      // Each name stands on a row of its own, so that close lines keep their names apart.
      label: {
        formatter: text,
        position: 'end' as const,
        align: 'left' as const,
        distance: [0, 2 + (all.length - 1 - index) * LABEL_STEP],
        color: theme.palette.text,
        fontSize: 12,
      },
    })),
  }
}

/** The bar under the pointer: the items that took so long. */
export function pickBin(input: HistogramInput, point: ChartPoint, format: Format): Drill | undefined {
  const bins = binsOf(input.columns)
  const bin = bins.findLast(({ from }) => point.x >= from - 0.5)
  if (!bin || point.x > bin.to + 0.5) return undefined
  return {
    title: `Took ${lengths(bin, format)}`,
    params: { status: 'finished', lengthFrom: String(bin.from), lengthTo: String(bin.to + 1) },
  }
}

function lengths({ from, to, isOpen }: Bin, format: Format): string {
  if (isOpen) return `${format.count(from, 'day')} or more`
  return from === to ? format.count(from, 'day') : `${format.number(from)} to ${format.count(to, 'day')}`
}

function tip(params: unknown, bins: readonly Bin[], { theme, format }: ChartContext): string {
  const index = firstParams(params)?.dataIndex ?? 0
  const bin = bins[index] ?? { from: 0, to: 0, count: 0, isOpen: false }
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  const within = bins.slice(0, index + 1).reduce((sum, { count }) => sum + count, 0)
  return tipHtml({
    title: lengths(bin, format),
    rows: [
      { label: 'Took so long', value: format.count(bin.count, 'item'), color: theme.palette.noise },
      { label: 'Took this long or less', value: total === 0 ? '–' : format.percent(within / total, 1) },
    ],
    notes: ['Click for the items.'],
  })
}
