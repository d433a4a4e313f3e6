import type { BarSeriesOption, EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts'
import type { Grain } from '@/lib/model/unit'
import { baseOption, categoryAxis, hatch, MS_PER_DAY, plotHeight, type TipParams, timeAxis, valueAxis } from './base'
import { mix } from './colors'
import type { ChartContext } from './context'
import type { ExploreData, ExplorePoint, ExploreSeries } from './explore-series'
import type { ExploreShape } from './explore-shape'
import type { Format } from './format'
import type { Palette } from './palette'
import { seriesDashes } from './series-dashes'
import { niceCeil, spreadOffsets } from './spread'
import { tipHtml } from './tip'

export type ExploreForm = 'bars' | 'line' | 'dots'

export interface ExploreInput {
  readonly data: ExploreData
  readonly shape: ExploreShape
  readonly measure: ExploreMeasure
  /** Of periods, where time is cut into some. */
  readonly grain?: Grain
  /** By the series' id. */
  readonly colors: (palette: Palette) => ReadonlyMap<string, string>
  /** Figures that have to find room, so that charts beside each other have one scale. */
  readonly range?: readonly [number, number]
  /** What the series is called when there is one alone. */
  readonly name: string
}

export interface ExploreMeasure {
  readonly column: string
  readonly meaning: string
  readonly unit: string
  readonly isCount: boolean
  readonly isRatio: boolean
}

const MOST_DIRECT = 6
const LABEL_ROOM = 110
const LABEL_GAP = 14

/** Items are dots; counts per period or place are bars while there are few series; all else is lines. */
export function formOf({ data, shape, measure }: Pick<ExploreInput, 'data' | 'shape' | 'measure'>): ExploreForm {
  if (shape.hasItems) return 'dots'
  if (shape.x === undefined || shape.x.kind === 'category') return 'bars'
  const single = data.series.length === 1
  if (shape.x.kind === 'number') return measure.isCount && single ? 'bars' : 'line'
  return shape.x.column === 'period_on' && measure.isCount && single ? 'bars' : 'line'
}

/** Whether the names stand at the ends of the lines, so that no legend is needed where there is room. */
export function hasDirectLabels(input: Pick<ExploreInput, 'data' | 'shape' | 'measure'>): boolean {
  const count = input.data.series.length
  return formOf(input) === 'line' && count > 1 && count <= MOST_DIRECT
}

/** Any answer as one chart. */
export function exploreChart(input: ExploreInput, context: ChartContext): EChartsOption {
  const form = formOf(input)
  const direct = hasDirectLabels(input) && !context.narrow
  const isNamed = form === 'bars' || input.shape.x?.kind !== 'time'
  const colors = input.colors(context.theme.palette)
  const scale = scaleOf(input)
  const offsets = direct ? labelOffsets(input, scale, context) : undefined
  const dashes = seriesDashes(input, context.theme.palette)
  return {
    ...baseOption(context, { right: direct ? LABEL_ROOM : 16 }),
    xAxis: isNamed && form !== 'dots' ? namedAxis(input, context) : placeAxis(input, context),
    yAxis: valueAxis(context, axisName(input.measure), axisOf(input, scale, context.format)),
    tooltip: {
      ...(baseOption(context).tooltip as object),
      ...(form === 'dots' ? { trigger: 'item' } : {}),
      ...(form === 'bars' ? { axisPointer: { type: 'shadow' } } : {}),
      formatter: (params: unknown) => tip(params, { ...input, colors }, context),
    },
    series: input.data.series.map((series) =>
      oneSeries(series, { input, form, labelOffset: offsets?.get(series.id), isNamed, colors, dash: dashes.get(series.id) }, context),
    ),
  }
}

function axisName({ meaning, unit, isRatio }: ExploreMeasure): string {
  const words = meaning.length > 60 ? '' : meaning
  return words.includes(unit) && !isRatio && words ? words : [words, isRatio ? '%' : unit].filter(Boolean).join(', ')
}

interface Scale {
  readonly min: number
  readonly max: number
}

/** Bars start at zero, and so does every line that never falls below it: a cut axis makes noise look like a slope. */
function scaleOf({ range, data }: ExploreInput): Scale {
  const values = data.series.flatMap(({ points }) => points.map(({ y }) => y ?? 0))
  const [low, high] = range ?? [Math.min(0, ...minOf(values)), Math.max(0, ...maxOf(values))]
  return { min: low >= 0 ? 0 : -niceCeil(-low), max: high > 0 ? niceCeil(high) : low < 0 ? 0 : 1 }
}

function axisOf({ measure }: ExploreInput, scale: Scale, format: Format) {
  const label = measure.isRatio ? { axisLabel: { formatter: (value: number) => format.percent(value, 1) } } : {}
  return { ...scale, ...(measure.isCount ? { minInterval: 1 } : {}), ...label }
}

/** No spread: an answer may have more rows than a call takes arguments. */
function minOf(values: readonly number[]): number[] {
  return values.length ? [values.reduce((least, value) => Math.min(least, value))] : []
}

function maxOf(values: readonly number[]): number[] {
  return values.length ? [values.reduce((most, value) => Math.max(most, value))] : []
}

const MOST_LEVEL = 6

function namedAxis({ data, shape, grain = 'day' }: ExploreInput, context: ChartContext) {
  const { format } = context
  const label = (index: number) => placeName(data, shape, data.xs[index] ?? 0, { format, grain, short: true })
  const axis = categoryAxis(context, data.xs.map(String), label)
  if (shape.x?.kind !== 'category') return axis
  // Names of stages or reasons: each is needed, so they lean where they are many.
  const leaning = data.xs.length > (context.narrow ? 2 : MOST_LEVEL) ? { rotate: 35, align: 'right' as const } : {}
  const formatter = (_: string, index: number) => label(index)
  const axisLabel = { ...axis.axisLabel, formatter, interval: 0, width: 120, overflow: 'truncate', hideOverlap: false, ...leaning }
  return { ...axis, axisLabel } as typeof axis
}

function placeAxis({ data, shape }: ExploreInput, context: ChartContext) {
  const [first, last] = [data.xs[0] ?? 0, data.xs[data.xs.length - 1] ?? 0]
  if (shape.x?.kind === 'time') return timeAxis(context, first, last)
  return categoryAxis(context, [...data.categories], (index) => data.categories[index] ?? '')
}

/** What a place on the axis is called. */
export function placeName(
  data: ExploreData,
  shape: ExploreShape,
  x: number,
  { format, grain = 'day', short = false }: { format: Format; grain?: Grain; short?: boolean },
): string {
  if (shape.x?.kind === 'time') return short && grain === 'week' ? format.day(x) : format.period(x, grain)
  if (shape.x?.kind === 'number') return short ? format.number(x) : format.count(x, 'day')
  return data.categories[x] ?? ''
}

interface Look {
  readonly input: ExploreInput
  readonly form: ExploreForm
  /** px down from the end of the line; absent: no name there. */
  readonly labelOffset?: number
  readonly isNamed: boolean
  readonly colors: ReadonlyMap<string, string>
  readonly dash?: readonly number[]
}

function oneSeries(series: ExploreSeries, look: Look, context: ChartContext): BarSeriesOption | LineSeriesOption | ScatterSeriesOption {
  const { input, form, labelOffset, isNamed, colors, dash } = look
  const color = colors.get(series.id) ?? context.theme.palette.accent
  const placed = isNamed && form !== 'dots' ? inOrder(series.points, input.data.xs) : undefined
  const xOf = (point: ExplorePoint) => (input.shape.x?.kind === 'time' ? point.x * MS_PER_DAY : point.x)
  const base = { id: series.id, name: series.label || input.name, emphasis: { disabled: true } }
  if (form === 'bars')
    return { ...base, type: 'bar', barMaxWidth: 48, barCategoryGap: '22%', data: placed?.map((point) => bar(point, color, context)) }
  if (form === 'dots') {
    const data = series.points.filter(({ y }) => y !== null).map((point) => [xOf(point), point.y])
    return { ...base, type: 'scatter', symbolSize: 5, itemStyle: { color, opacity: 0.45 }, data, large: data.length > 5000 }
  }
  const points = placed
    ? placed.map((point) => (point ? drawn(point, input.measure) : null))
    : series.points.map((point) => [xOf(point), drawn(point, input.measure)])
  return {
    ...base,
    type: 'line',
    data: points,
    symbol: 'circle',
    symbolSize: 4,
    showSymbol: series.points.length <= 60,
    connectNulls: false,
    lineStyle: { color, width: 1.5, ...(dash ? { type: [...dash] } : {}) },
    itemStyle: { color },
    ...(labelOffset === undefined ? {} : { endLabel: endLabel(base.name, color, labelOffset, context) }),
  }
}

/** The name in the colour of text, since the line's may be too pale to be read, behind a stroke in the line's. */
function endLabel(name: string, color: string, offset: number, { theme }: ChartContext) {
  const room = { width: LABEL_ROOM - 14, overflow: 'truncate' as const }
  const rich = { key: { width: 10, height: 3, backgroundColor: color } }
  return {
    show: true,
    formatter: () => `{key|}  ${name}`,
    rich,
    color: theme.palette.text,
    fontSize: 12,
    distance: 6,
    offset: [0, offset],
    ...room,
  }
}

/** Names stand beside the last figures, apart from each other. */
function labelOffsets({ data, measure }: ExploreInput, { min, max }: Scale, context: ChartContext): ReadonlyMap<string, number> {
  const height = plotHeight(context)
  const places = data.series.map(({ points }) => {
    const last = points.findLast((point) => drawn(point, measure) !== null)
    return height * (1 - ((last?.y ?? 0) - min) / (max - min))
  })
  const offsets = spreadOffsets(places, LABEL_GAP, [0, height])
  return new Map(data.series.map(({ id }, index) => [id, offsets[index] ?? 0]))
}

/** Of a line: a part of a period is no low count, so there the line stops. */
function drawn({ y, partial }: ExplorePoint, { isCount }: ExploreMeasure): number | null {
  return partial && isCount ? null : y
}

/** One for each place; where a series has none, there is a gap. */
function inOrder(points: readonly ExplorePoint[], xs: readonly number[]): (ExplorePoint | undefined)[] {
  const at = new Map(points.map((point) => [point.x, point]))
  return xs.map((x) => at.get(x))
}

function bar(point: ExplorePoint | undefined, color: string, { theme }: ChartContext) {
  const whole = { color }
  const part = { color: mix(color, theme.palette.surface, 0.25), borderColor: color, borderWidth: 1, decal: hatch(color) }
  return { value: point?.y ?? '-', itemStyle: point?.partial ? part : whole }
}

type Tipped = Omit<ExploreInput, 'colors'> & { readonly colors: ReadonlyMap<string, string> }

function tip(params: unknown, input: Tipped, { format, theme }: ChartContext): string {
  const hits = (Array.isArray(params) ? params : [params]) as readonly (TipParams & { readonly seriesName?: string })[]
  const first = hits[0]
  if (!first) return ''
  const points = hits.flatMap((hit) => {
    const series = input.data.series.find(({ id }) => id === hit.seriesId)
    const point = series && pointAt(series, hit, input)
    return series && point ? [{ series, point }] : []
  })
  const place = points[0]?.point.x ?? 0
  const sorted = [...points].sort((a, b) => (b.point.y ?? 0) - (a.point.y ?? 0))
  return tipHtml({
    title: placeName(input.data, input.shape, place, { format, grain: input.grain }),
    rows: sorted.slice(0, 14).map(({ series, point }) => ({
      label: series.label || input.name,
      value: point.y === null ? 'too little data' : figureText(point.y, input.measure, format),
      color: input.colors.get(series.id) ?? theme.palette.accent,
    })),
    notes: [
      ...(points.some(({ point }) => point.partial) ? ['Only a part of this period lies in the window.'] : []),
      input.shape.hasItems ? 'Click for the item.' : 'Click for how this number came about and the items behind it.',
    ],
  })
}

/** The point that a mark of the chart stands for. */
export function pointAt(
  series: ExploreSeries,
  { dataIndex }: TipParams,
  input: Pick<ExploreInput, 'data' | 'shape' | 'measure'>,
): ExplorePoint | undefined {
  const form = formOf(input)
  if (form === 'dots') return series.points.filter(({ y }) => y !== null)[dataIndex]
  if (form === 'bars' || input.shape.x?.kind !== 'time') return inOrder(series.points, input.data.xs)[dataIndex]
  return series.points[dataIndex]
}

/** A figure with its unit. */
export function figureText(value: number, { isRatio, unit }: ExploreMeasure, format: Format, digits = 2): string {
  if (isRatio) return format.percent(value, 1)
  return unit ? `${format.number(value, digits)} ${value === 1 ? unit.replace(/s$/, '') : unit}` : format.number(value, digits)
}
