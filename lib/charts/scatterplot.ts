import type { CustomSeriesOption, CustomSeriesRenderItem, EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Annotation } from '@/lib/model/portfolio'
import type { Unit } from '@/lib/model/unit'
import type { ServiceLevel } from '@/lib/model/value-stream'
import { formatDay } from '@/lib/time/day'
import { baseOption, headRoom, MS_PER_DAY, plotHeight, type TipParams, timeAxis, valueAxis } from './base'
import { mix } from './colors'
import type { ChartContext, ChartPoint, Drill } from './context'
import { type Density, density } from './density'
import type { Format } from './format'
import { annotationLines, placeAnnotations } from './marks/annotation'
import { sleMark } from './marks/limit'
import { percentileMarks } from './marks/percentile'
import { niceCeil } from './spread'
import { tipHtml } from './tip'

export const DENSITY_ABOVE = 20_000

export interface ScatterplotInput {
  /** item_id, key, title, finished_on, span_days, elapsed_days. */
  readonly columns: Columns
  /** percentile, value, enough. */
  readonly percentiles?: Columns
  /** period_on, value, enough: the 85th percentile per period. */
  readonly running?: Columns
  readonly unit: Unit
  readonly scale: 'linear' | 'log'
  readonly sle?: ServiceLevel
  readonly annotations?: readonly Annotation[]
}

/** Finished items: x finish date, y days. Above 20,000 points counts in tiles, outliers kept as dots. */
export function scatterplot(input: ScatterplotInput, context: ChartContext): EChartsOption {
  const { columns, unit, scale } = input
  const days = columns.numbers('finished_on')
  const [first, last] = extent(days)
  const values = spanValues(columns, unit)
  const tiles = columns.rowCount > DENSITY_ABOVE ? tilesOf(days, values, input) : undefined
  const placed = placeAnnotations(input.annotations ?? [], [first, last], context.width)
  const { top, nameGap } = headRoom(placed.length > 0)
  const range = valueRange(values, input)
  const unitName = `days${unit === 'elapsed' ? ', elapsed' : ''}${scale === 'log' ? ' (logarithmic)' : ''}`
  return {
    ...baseOption(context, { right: 92, top }),
    xAxis: timeAxis(context, first, last + 1),
    yAxis: valueAxis(context, unitName, {
      ...(scale === 'log' ? { type: 'log', logBase: 10 } : {}),
      min: range[0],
      max: range[1],
      nameGap,
    }),
    tooltip: {
      ...(baseOption(context).tooltip as object),
      trigger: 'item',
      formatter: (params: unknown) => scatterTip(params as TipParams, input, tiles, context),
    },
    series: [
      ...(tiles ? [tileSeries(tiles, scale, context)] : []),
      dotSeries({ days, values, rows: tiles?.outliers, range, placed, plot: plotHeight(context, top) }, input, context),
      ...(input.running ? [runningSeries(input.running, last, context)] : []),
    ],
  }
}

/** The item under the pointer, or the items of a tile. */
export function pickItem(input: ScatterplotInput, point: ChartPoint, format: Format): { readonly row: number } | Drill | undefined {
  if (point.dataIndex === undefined) return undefined
  const values = spanValues(input.columns, input.unit)
  const tiles = input.columns.rowCount > DENSITY_ABOVE ? tilesOf(input.columns.numbers('finished_on'), values, input) : undefined
  if (point.seriesId === 'dots') return { row: tiles?.outliers[point.dataIndex] ?? point.dataIndex }
  const tile = point.seriesId === 'tiles' ? tiles?.tiles[point.dataIndex] : undefined
  if (!tile) return undefined
  const [from, to] = [formatDay(tile.x0), formatDay(tile.x1)]
  return { title: `Finished from ${format.day(tile.x0)} to ${format.day(tile.x1 - 1)}`, params: { from, to, status: 'finished' } }
}

function spanValues(columns: Columns, unit: Unit): readonly (number | null)[] {
  return columns.numbers(unit === 'elapsed' ? 'elapsed_days' : 'span_days')
}

/** Lowest and highest value of the axis. A logarithm has no zero: what took less stands on the lowest line. */
function valueRange(values: readonly (number | null)[], { scale, sle, unit }: ScatterplotInput): readonly [number, number] {
  const [, most] = extent(values)
  const highest = Math.max(most, unit === 'days' ? (sle?.days ?? 0) : 0)
  if (scale === 'linear') return [0, niceCeil(highest)]
  const least = values.reduce<number>((low, value) => (value !== null && value > 0 ? Math.min(low, value) : low), 1)
  return [least < 0.5 ? 0.1 : 0.5, niceCeil(highest)]
}

/** Where a value stands in the plot, px from its top. */
function placeIn([low, high]: readonly [number, number], height: number, scale: 'linear' | 'log'): (value: number) => number {
  const at = (value: number) => (scale === 'log' ? Math.log(Math.max(value, low)) : value)
  return (value) => height * (1 - (at(value) - at(low)) / (at(high) - at(low)))
}

function tilesOf(days: readonly (number | null)[], values: readonly (number | null)[], { percentiles, scale }: ScatterplotInput): Density {
  const marks = percentiles?.numbers('value') ?? []
  const p95 = marks[(percentiles?.numbers('percentile') ?? []).indexOf(95)] ?? Number.POSITIVE_INFINITY
  const dotsAbove = Number.isFinite(p95) ? p95 : Math.max(...extent(values))
  return density(days, values, { columns: 120, rows: 40, dotsAbove, log: scale === 'log' })
}

interface Dots {
  readonly days: readonly (number | null)[]
  readonly values: readonly (number | null)[]
  /** Rows shown as dots; all when absent. */
  readonly rows: readonly number[] | undefined
  readonly range: readonly [number, number]
  readonly placed: ReturnType<typeof placeAnnotations>
  /** Height of the plot, px. */
  readonly plot: number
}

function dotSeries({ days, values, rows, range, placed, plot }: Dots, input: ScatterplotInput, context: ChartContext): ScatterSeriesOption {
  const shown = rows ?? [...days.keys()]
  const sle = input.sle && input.unit === 'days' ? [sleMark(input.sle, context)] : []
  const percentiles = input.percentiles
    ? percentileMarks(input.percentiles, input.unit, { height: plot, place: placeIn(range, plot, input.scale) }, context)
    : []
  return {
    id: 'dots',
    type: 'scatter',
    symbolSize: shown.length > 5000 ? 4 : 6,
    large: false,
    data: shown.map((row) => [(days[row] ?? 0) * MS_PER_DAY, Math.max(values[row] ?? 0, range[0])]),
    itemStyle: { color: context.theme.palette.accent, opacity: shown.length > 2000 ? 0.25 : 0.4 },
    emphasis: { scale: 1.6, itemStyle: { opacity: 1 } },
    markLine: {
      silent: true,
      symbol: 'none',
      data: [...percentiles, ...sle, ...annotationLines(placed, context)],
    },
  }
}

function tileSeries(tiles: Density, scale: 'linear' | 'log', { theme }: ChartContext): CustomSeriesOption {
  const { palette } = theme
  const renderItem: CustomSeriesRenderItem = (_, api) => {
    const [x0, y0] = api.coord([api.value(0), api.value(2)])
    const [x1, y1] = api.coord([api.value(1), api.value(3)])
    if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined) return undefined
    const gap = x1 - x0 > 5 ? 1 : 0
    const share = Math.log1p(Number(api.value(4))) / Math.log1p(tiles.most)
    return {
      type: 'rect',
      shape: { x: x0, y: y1, width: Math.max(x1 - x0 - gap, 1), height: Math.max(y0 - y1 - gap, 1) },
      style: { fill: mix(palette.accent, palette.surface, 0.12 + 0.82 * share) },
    }
  }
  const lowest = scale === 'log' ? 0.5 : 0
  return {
    id: 'tiles',
    type: 'custom',
    renderItem,
    encode: { x: [0, 1], y: [2, 3] },
    data: tiles.tiles.map((t) => [t.x0 * MS_PER_DAY, t.x1 * MS_PER_DAY, Math.max(t.y0, lowest), t.y1, t.count]),
  }
}

function runningSeries(running: Columns, last: number, { theme }: ChartContext): LineSeriesOption {
  const starts = running.numbers('period_on')
  const enough = running.flags('enough')
  const values = running.numbers('value')
  return {
    id: 'running',
    name: '85th percentile by month',
    type: 'line',
    step: 'end',
    silent: true,
    showSymbol: false,
    z: 5,
    data: [
      ...starts.map((day, row): [number, number | null] => [(day ?? 0) * MS_PER_DAY, enough[row] ? (values[row] ?? null) : null]),
      [(last + 1) * MS_PER_DAY, values[values.length - 1] ?? null],
    ],
    lineStyle: { color: theme.palette.text, width: 1.5 },
    emphasis: { disabled: true },
  }
}

function scatterTip(
  params: TipParams,
  { columns, unit }: ScatterplotInput,
  tiles: Density | undefined,
  { theme, format }: ChartContext,
): string {
  const tile = params.seriesId === 'tiles' ? tiles?.tiles[params.dataIndex] : undefined
  if (tile) {
    const height = `${format.number(Math.ceil(tile.y0), 1)}–${format.number(Math.ceil(tile.y1) - 1, 1)} days`
    return tipHtml({
      title: `${format.day(tile.x0)} – ${format.day(tile.x1 - 1)}`,
      rows: [{ label: height, value: format.count(tile.count, 'item'), color: theme.palette.accent }],
      notes: ['Darker is more. Click for the items that finished then.'],
    })
  }
  const row = tiles?.outliers[params.dataIndex] ?? params.dataIndex
  const title = columns.texts('title')[row]
  return tipHtml({
    title: `${columns.texts('key')[row] || columns.texts('item_id')[row] || ''}${title ? ` · ${title.slice(0, 120)}` : ''}`,
    rows: [
      { label: 'Took', value: format.duration(spanValues(columns, unit)[row] ?? 0, unit), color: theme.palette.accent },
      { label: 'Finished', value: format.day(columns.numbers('finished_on')[row] ?? 0) },
    ],
    notes: ['Click to see its life.'],
  })
}

function extent(values: readonly (number | null)[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value === null) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low > high ? [0, 0] : [low, high]
}
