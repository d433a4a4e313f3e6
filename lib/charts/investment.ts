import type { BarSeriesOption, EChartsOption, LineSeriesOption } from 'echarts'
import { baseOption, categoryAxis, firstParams, hatch, valueAxis } from './base'
import { mix, sliceColors, typeColors } from './colors'
import type { ChartContext } from './context'
import type { Format } from './format'
import { type InvestmentData, type InvestmentPart, totals } from './investment-data'
import type { Palette } from './palette'
import { tipHtml } from './tip'

export interface InvestmentInput {
  readonly data: InvestmentData
  /** Goals in the order of the portfolio, which gives each its colour. */
  readonly order: readonly string[]
  /** What is timed, as an axis says it. */
  readonly time: string
}

/** The series that keys walk and that a click beside the marks means: all of a period. */
export const ALL = 'all'

/** Work by goal or type over time: counts are stacked bars from zero, times are lines. */
export function investment(input: InvestmentInput, context: ChartContext): EChartsOption {
  const { data } = input
  const { periods, measure, grain } = data
  const colors = investmentColors(input, context.theme.palette)
  const isTime = measure === 'time'
  const short = (day: number) => (grain === 'week' ? context.format.day(day) : context.format.period(day, grain))
  const unit = { finished: `items finished per ${grain}`, wip: `items in progress at each ${grain}’s end`, time: input.time }[measure]
  return {
    ...baseOption(context),
    xAxis: categoryAxis(context, periods.map(String), (index) => short(periods[index] ?? 0)),
    yAxis: valueAxis(context, unit, { min: 0, ...(isTime ? {} : { minInterval: 1 }) }),
    tooltip: {
      ...(baseOption(context).tooltip as object),
      axisPointer: { type: isTime ? 'line' : 'shadow' },
      formatter: (params: unknown) => tip(firstParams(params)?.dataIndex ?? 0, input, context),
    },
    series: [walked(data), ...data.parts.map((part) => (isTime ? line : bars)(part, data, { color: colors.get(part.id) ?? '', context }))],
  }
}

/** Colour of each part by its id: goals by their place in the portfolio, types their own, the rest grey. */
export function investmentColors({ data, order }: Pick<InvestmentInput, 'data' | 'order'>, palette: Palette): ReadonlyMap<string, string> {
  const named = data.parts.flatMap(({ kind, values }) => (kind === 'named' ? values : []))
  const unknown = named.filter((value) => !order.includes(value)).sort()
  const byValue = data.by === 'type' ? typeColors([...named].sort(), palette) : sliceColors([...order, ...unknown], palette)
  return new Map(
    data.parts.map(({ id, kind, values }) => [id, kind === 'named' ? (byValue.get(values[0] ?? '') ?? palette.rest) : palette.rest]),
  )
}

/** What a part without a goal or type is filled with: pale, so that it never passes for one of the goals. */
export function paleOf(palette: Palette): string {
  return mix(palette.rest, palette.surface, 0.22)
}

/** Draws nothing. It has each period once, whatever the parts. */
function walked(data: InvestmentData): LineSeriesOption {
  const highest = data.periods.map((_, index) => Math.max(0, ...data.parts.map(({ figures }) => figures[index] ?? 0)))
  const heights = data.measure === 'time' ? highest : totals(data)
  return {
    id: ALL,
    type: 'line',
    data: heights,
    showSymbol: false,
    symbol: 'none',
    lineStyle: { opacity: 0 },
    emphasis: { disabled: true },
  }
}

interface Look {
  readonly color: string
  readonly context: ChartContext
}

function bars({ id, label, kind, figures }: InvestmentPart, { partial }: InvestmentData, { color, context }: Look): BarSeriesOption {
  const { palette } = context.theme
  const whole = kind === 'none' ? { color: paleOf(palette), borderColor: color, borderWidth: 1 } : { color }
  const part = { color: mix(color, palette.surface, 0.2), borderColor: color, borderWidth: 1, decal: hatch(color) }
  return {
    id,
    name: label,
    type: 'bar',
    stack: 'work',
    barCategoryGap: '22%',
    barMaxWidth: 48,
    data: figures.map((value, index) => ({ value: value ?? '-', itemStyle: partial[index] ? part : whole })),
    emphasis: { disabled: true },
  }
}

function line({ id, label, kind, figures }: InvestmentPart, { partial }: InvestmentData, { color, context }: Look): LineSeriesOption {
  const hollow = { color: context.theme.palette.surface, borderColor: color, borderWidth: 1.5 }
  return {
    id,
    name: label,
    type: 'line',
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: figures.length <= 60,
    connectNulls: false,
    lineStyle: { color, width: 1.75, type: kind === 'none' ? 'dashed' : 'solid' },
    itemStyle: { color },
    data: figures.map((value, index) => ({ value: value ?? '-', ...(partial[index] ? { itemStyle: hollow, symbolSize: 7 } : {}) })),
    emphasis: { disabled: true },
  }
}

const MOST_ROWS = 12

function tip(index: number, input: InvestmentInput, { format, theme }: ChartContext): string {
  const { data } = input
  const colors = investmentColors(input, theme.palette)
  const total = totals(data)[index] ?? 0
  const value = (figure: number | null) => {
    if (data.measure !== 'time') return `${format.number(figure ?? 0)}${total > 0 ? ` (${format.percent((figure ?? 0) / total)})` : ''}`
    return figure === null ? 'too few items' : `${format.number(figure, 1)} d`
  }
  // As they are stacked, the topmost first.
  const rows = data.parts.toReversed().map((part) => ({
    label: part.label,
    value: value(part.figures[index] ?? null),
    color: colors.get(part.id) ?? theme.palette.rest,
  }))
  return tipHtml({
    title: placeName(data, index, format),
    rows: [...rows.slice(0, MOST_ROWS), ...(data.measure === 'time' ? [] : [{ label: 'Together', value: format.count(total, 'item') }])],
    notes: [
      ...(data.partial[index] ? [`Only a part of this ${data.grain} lies in the period shown.`] : []),
      data.measure === 'time'
        ? '85 % of the finished items took this long or less. Click a point for the items.'
        : 'Click a part for its items.',
    ],
  })
}

/** What a place on the axis is called. */
export function placeName({ measure, periods, days, grain }: InvestmentData, index: number, format: Format): string {
  if (measure === 'wip') return `End of ${format.day(days[index] ?? 0)}`
  const name = format.period(periods[index] ?? 0, grain)
  return name.charAt(0).toUpperCase() + name.slice(1)
}
