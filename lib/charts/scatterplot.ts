import type { CustomSeriesOption, CustomSeriesRenderItem, EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Annotation } from '@/lib/model/portfolio'
import type { Unit } from '@/lib/model/unit'
import type { ServiceLevel } from '@/lib/model/value-stream'
import { formatDay } from '@/lib/time/day'
import { baseOption, headRoom, MS_PER_DAY, plotHeight, type TipParams, timeAxis, valueAxis } from './base'
import type { ChartContext, ChartPoint, Drill } from './context'
import { type Cell, type Density, densityOf, densitySteps, drawnEdge, stepOf } from './density'
import type { Format } from './format'
import { annotationLines, placeAnnotations } from './marks/annotation'
import { type Level, levelMarks, levelRoom } from './marks/level'
import { sleLevel } from './marks/limit'
import { percentileLevels } from './marks/percentile'
import { niceCeil } from './spread'
import { tipHtml } from './tip'
import type { Zoom } from './zoom'

export interface ScatterplotInput {
  /** Of `span-density`: cells, and items as points. */
  readonly columns: Columns
  /** percentile, value, enough. */
  readonly percentiles?: Columns
  /** period_on, value, enough: the 85th percentile per period. */
  readonly running?: Columns
  readonly unit: Unit
  readonly scale: 'linear' | 'log'
  readonly sle?: ServiceLevel
  readonly annotations?: readonly Annotation[]
  /** The part of the picture that is looked at. */
  readonly zoom?: Zoom
}

/** px to the right of the plot, at least. */
const RIGHT = 12

type Range = readonly [number, number]

/** Everything drawn stands by these. */
interface Frame {
  readonly density: Density
  readonly days: Range
  readonly values: Range
}

/** Finished items: x finish date, y days. Many of them as counts in cells, with those that took longest kept as dots. */
export function scatterplot(input: ScatterplotInput, context: ChartContext): EChartsOption {
  const { unit, scale, zoom } = input
  const frame = frameOf(input)
  const [first, last] = frame.days
  const placed = placeAnnotations(input.annotations ?? [], [first, last], context.width)
  const { top, nameGap } = headRoom(placed.length > 0)
  const unitName = `${UNIT_NAMES[unit]}${scale === 'log' ? ' (logarithmic)' : ''}`
  const axis = valueAxis(context, unitName, {
    ...(scale === 'log' ? { type: 'log', logBase: 10 } : {}),
    ...{ min: frame.values[0], max: frame.values[1], nameGap },
  })
  const edgeLabels = zoom ? { showMinLabel: false, showMaxLabel: false } : {}
  const base = baseOption(context, { top })
  const levels = levelsOf(input, context)
  return {
    ...base,
    grid: { ...base.grid, right: Math.max(levelRoom(levels), RIGHT) },
    xAxis: timeAxis(context, first, last + 1),
    yAxis: { ...axis, axisLabel: { ...axis.axisLabel, ...edgeLabels } } as EChartsOption['yAxis'],
    tooltip: {
      ...base.tooltip,
      trigger: 'item',
      formatter: (params: unknown) => scatterTip(params as TipParams, input, frame.density, context),
    },
    series: [
      ...(frame.density.cells.length ? [cellSeries(frame, input, context)] : []),
      dotSeries({ frame, placed, levels, plot: plotHeight(context, top) }, input, context),
      ...(input.running ? [runningSeries(input.running, last, context)] : []),
    ],
  }
}

const UNIT_NAMES: Record<Unit, string> = { days: 'days', elapsed: 'days, elapsed', workdays: 'working days' }

/** The item under the pointer, or the items of a cell. */
export function pickItem(input: ScatterplotInput, point: ChartPoint, format: Format): { readonly row: number } | Drill | undefined {
  const { cells, points } = densityOf(input.columns)
  const row = point.seriesId === 'dots' ? points[point.dataIndex ?? -1] : undefined
  if (row !== undefined) return { row }
  const cell = point.seriesId === 'cells' ? cells[point.dataIndex ?? -1] : cellAt(cells, point, input.unit)
  return cell && cellDrill(cell, input.unit, format)
}

/** The cell around a place of the picture: between the marks of neighbours a gap is left. */
function cellAt(cells: readonly Cell[], { x, y }: ChartPoint, unit: Unit): Cell | undefined {
  const day = x / MS_PER_DAY
  return cells.find(({ x0, x1, y0, y1 }) => day >= x0 && day < x1 && y >= drawnEdge(y0, unit) && y < drawnEdge(y1, unit))
}

/** The items that a cell counts. */
export function cellDrill(cell: Omit<Cell, 'count' | 'points'>, unit: Unit, format: Format): Drill {
  const text = (length: number) => String(Number(length.toFixed(9)))
  return {
    title: `Took ${lengthText(cell, unit, format)}, finished ${daysText(cell, format)}`,
    params: {
      ...{ status: 'finished', from: formatDay(cell.x0), to: formatDay(cell.x1) },
      ...{ lengthFrom: text(cell.y0), lengthTo: text(cell.y1) },
    },
  }
}

function frameOf({ columns, unit, scale, sle, zoom }: ScatterplotInput): Frame {
  const density = densityOf(columns)
  const [starts, ends] = [columns.numbers('day_from'), columns.numbers('day_to')]
  const days: Range = zoom ? [zoom.from, zoom.to - 1] : [extent(starts)[0], extent(ends)[1] - 1]
  const last = density.cells.map(({ y1 }) => (unit === 'elapsed' ? y1 : y1 - 1))
  const lengths = columns.numbers('length_from')
  const points = density.points.map((row) => lengths[row] ?? 0)
  const highest = Math.max(extent([...points, ...last])[1], unit === 'days' && !zoom ? (sle?.days ?? 0) : 0)
  const least = extent([...points, ...density.cells.map(({ y0 }) => y0)])[0]
  const all = valueRange([least, highest], scale, unit)
  if (zoom?.lengthFrom === undefined || zoom.lengthTo === undefined) return { density, days, values: all }
  return {
    density,
    days,
    values: [Math.max(drawnEdge(zoom.lengthFrom, unit), scale === 'log' ? all[0] : 0), drawnEdge(zoom.lengthTo, unit)],
  }
}

/** Lowest and highest value of the axis. A logarithm has no zero: what took less stands on the lowest line. */
function valueRange([lowest, highest]: Range, scale: 'linear' | 'log', unit: Unit): Range {
  if (scale === 'linear') return [0, niceCeil(highest)]
  const least = unit !== 'elapsed' || lowest >= 0.5 ? 0.5 : lowest >= 0.1 ? 0.1 : 0.05
  return [least, Math.max(niceCeil(highest), least * 4)]
}

/** Where a value stands in the plot, px from its top. */
function placeIn([low, high]: Range, height: number, scale: 'linear' | 'log'): (value: number) => number {
  const at = (value: number) => (scale === 'log' ? Math.log(Math.max(value, low)) : value)
  return (value) => height * (1 - (at(value) - at(low)) / (at(high) - at(low)))
}

interface Dots {
  readonly frame: Frame
  readonly placed: ReturnType<typeof placeAnnotations>
  readonly levels: readonly Level[]
  /** Height of the plot, px. */
  readonly plot: number
}

/** Percentiles and the expectation, whether the picture reaches them or not: its width is the same. */
function levelsOf({ percentiles, unit, sle }: ScatterplotInput, context: ChartContext): Level[] {
  const lines = percentiles ? percentileLevels(percentiles, unit, context) : []
  return sle && unit === 'days' ? [...lines, sleLevel(sle, context)] : lines
}

function dotSeries({ frame, placed, levels, plot }: Dots, input: ScatterplotInput, context: ChartContext): ScatterSeriesOption {
  const { columns, scale } = input
  const { palette } = context.theme
  const { points, cells } = frame.density
  const [low, high] = frame.values
  const [days, values, reasons] = [columns.numbers('day_from'), columns.numbers('length_from'), columns.texts('reason')]
  const seen = levels.filter(({ value }) => value >= low && value <= high)
  const places = placesInDay(points.map((row) => `${days[row]} ${values[row]}`))
  return {
    id: 'dots',
    name: 'single items',
    type: 'scatter',
    symbolSize: points.length > 5000 || cells.length > 0 ? 4 : 6,
    large: false,
    data: points.map((row, index) => {
      const value = [((days[row] ?? 0) + (places[index] ?? 0)) * MS_PER_DAY, Math.max(values[row] ?? 0, low)]
      if (reasons[row] !== 'selected') return value
      return { value, symbolSize: 10, itemStyle: { color: palette.accent, opacity: 1, borderColor: palette.text, borderWidth: 2 } }
    }),
    itemStyle: { color: palette.accent, opacity: cells.length ? 0.6 : points.length > 2000 ? 0.25 : 0.4 },
    emphasis: { scale: 1.6, itemStyle: { opacity: 1 } },
    markLine: {
      silent: true,
      symbol: 'none',
      data: [...levelMarks(seen, { height: plot, place: placeIn(frame.values, plot, scale) }), ...annotationLines(placed, context)],
    },
  }
}

/** Of a day left free at either end, so that neighbouring days stay apart. */
const DAY_EDGE = 0.1

/** Where in its day each dot stands: in the middle, several of the same day and length side by side. */
function placesInDay(keys: readonly string[]): number[] {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  const seen = new Map<string, number>()
  return keys.map((key) => {
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    return DAY_EDGE + ((1 - 2 * DAY_EDGE) * (before + 0.5)) / (counts.get(key) ?? 1)
  })
}

function cellSeries({ density, values }: Frame, { unit }: ScatterplotInput, { theme }: ChartContext): CustomSeriesOption {
  const steps = densitySteps(density.most, theme)
  const renderItem: CustomSeriesRenderItem = (_, api) => {
    const [x0, y0] = api.coord([api.value(0), api.value(2)])
    const [x1, y1] = api.coord([api.value(1), api.value(3)])
    if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined) return undefined
    // Whole px: between cells that end inside of one, the ground would shine through.
    const [left, right, bottom, top] = [Math.round(x0), Math.round(x1), Math.round(y0), Math.round(y1)]
    const gap = right - left > 5 && bottom - top > 5 ? 1 : 0
    return {
      type: 'rect',
      shape: { x: left, y: top, width: Math.max(right - left - gap, 1), height: Math.max(bottom - top - gap, 1) },
      style: { fill: stepOf(steps, Number(api.value(4)))?.color ?? theme.palette.accent },
      emphasis: { style: { stroke: theme.palette.text, lineWidth: 2 } },
    }
  }
  return {
    id: 'cells',
    name: 'cells',
    type: 'custom',
    clip: true,
    renderItem,
    encode: { x: [0, 1], y: [2, 3] },
    data: density.cells.map((cell) => [
      ...[cell.x0 * MS_PER_DAY, cell.x1 * MS_PER_DAY],
      ...[Math.max(drawnEdge(cell.y0, unit), values[0]), drawnEdge(cell.y1, unit), cell.count],
    ]),
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
    data: [
      ...starts.map((day, row): [number, number | null] => [(day ?? 0) * MS_PER_DAY, enough[row] ? (values[row] ?? null) : null]),
      [(last + 1) * MS_PER_DAY, values[values.length - 1] ?? null],
    ],
    lineStyle: { color: theme.palette.text, width: 1.5 },
    emphasis: { disabled: true },
  }
}

function scatterTip(params: TipParams, { columns, unit }: ScatterplotInput, density: Density, { theme, format }: ChartContext): string {
  const cell = params.seriesId === 'cells' ? density.cells[params.dataIndex] : undefined
  if (cell) {
    const color = stepOf(densitySteps(density.most, theme), cell.count)?.color
    const dots = cell.points ? [`${format.count(cell.points, 'of them is a dot', 'of them are dots')}.`] : []
    return tipHtml({
      title: `Finished ${daysText(cell, format)}`,
      rows: [{ label: `Took ${lengthText(cell, unit, format)}`, value: format.count(cell.count, 'item'), color }],
      notes: [...dots, 'Click for the items.'],
    })
  }
  const row = density.points[params.dataIndex] ?? 0
  const title = columns.texts('title')[row]
  return tipHtml({
    title: `${columns.texts('key')[row] || columns.texts('item_id')[row] || ''}${title ? ` · ${title.slice(0, 120)}` : ''}`,
    rows: [
      { label: 'Took', value: format.duration(columns.numbers('length_from')[row] ?? 0, unit), color: theme.palette.accent },
      { label: 'Finished', value: format.day(columns.numbers('day_from')[row] ?? 0) },
    ],
    notes: ['Click to see its life.'],
  })
}

function daysText({ x0, x1 }: Pick<Cell, 'x0' | 'x1'>, format: Format): string {
  return x1 - x0 === 1 ? format.day(x0) : `${format.day(x0)} – ${format.day(x1 - 1)}`
}

/** Whole days by their first and last, elapsed time by its ends. */
function lengthText({ y0, y1 }: Pick<Cell, 'y0' | 'y1'>, unit: Unit, format: Format): string {
  if (unit === 'elapsed') return `${format.number(y0, 2)} – ${format.duration(y1, unit)}`
  return y1 - y0 === 1 ? format.duration(y0, unit) : `${format.number(y0)} – ${format.duration(y1 - 1, unit)}`
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
