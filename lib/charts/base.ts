import type { EChartsOption, TooltipComponentOption, XAXisComponentOption, YAXisComponentOption } from 'echarts'
import type { ChartContext } from './context'
import { FONT_SIZES } from './theme'

export const MS_PER_DAY = 86_400_000

/** Stripes for what is incomplete or corrected. */
export function hatch(color: string) {
  return { symbol: 'rect' as const, dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4, color }
}

/** Fine dots for waiting, so that it is seen in print too. */
export function dots(color: string) {
  return {
    symbol: 'circle' as const,
    symbolSize: 0.35,
    dashArrayX: [
      [5, 5],
      [0, 5, 5, 0],
    ],
    dashArrayY: [5, 0],
    color,
  }
}

interface Margins {
  readonly top?: number
  readonly right?: number
}

const TOP = 28
/** With annotations, their texts stand between the plot and the unit. */
const TOP_ANNOTATED = 46
const AXIS_LABELS = 24

/** Space above the plot and the distance of the unit from it. */
export function headRoom(annotated: boolean): { top: number; nameGap: number } {
  return annotated ? { top: TOP_ANNOTATED, nameGap: 28 } : { top: TOP, nameGap: 10 }
}

/** Height of the plot itself, px, near enough to place labels by. */
export function plotHeight(context: ChartContext, top = TOP): number {
  return Math.max(context.height - top - AXIS_LABELS, 1)
}

/** Font, grid and tooltip of every chart. Nothing is animated: nothing moves unless the reader did something. */
export function baseOption(context: ChartContext, margins: Margins = {}): EChartsOption {
  return {
    animation: false,
    axisPointer: { zlevel: OVER, triggerEmphasis: false },
    useUTC: true,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: context.theme.fontFamily, fontSize: FONT_SIZES.note, color: context.theme.palette.textDim },
    grid: {
      left: 4,
      right: context.narrow ? 12 : (margins.right ?? 16),
      top: margins.top ?? TOP,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: tooltip(context),
  }
}

function tooltip({ theme }: ChartContext): TooltipComponentOption {
  return {
    trigger: 'axis',
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.palette.raised,
    borderColor: theme.palette.lineStrong,
    borderWidth: 1,
    padding: 0,
    textStyle: { color: theme.palette.text, fontSize: FONT_SIZES.note, fontFamily: theme.fontFamily },
    extraCssText: 'box-shadow:0 2px 8px rgba(0,0,0,.12);border-radius:6px;max-width:320px;white-space:normal',
    // Marks that are hidden until they are pointed at would make the whole picture be drawn anew for each move.
    axisPointer: { type: 'line', lineStyle: { color: theme.palette.faint, width: 1, type: 'solid' } },
  }
}

/** Layer of what moves with the pointer: on a canvas of its own, so that the picture below is not drawn anew. */
export const OVER = 1

/** Values upward; the unit stands once, above the axis. */
export function valueAxis({ theme, format }: ChartContext, unit: string, extra: Partial<YAXisComponentOption> = {}): YAXisComponentOption {
  const axis = {
    type: 'value',
    name: unit,
    nameLocation: 'end',
    nameGap: 10,
    nameTextStyle: { align: 'left', color: theme.palette.textDim, fontSize: FONT_SIZES.note, padding: [0, 0, 0, -4] },
    nameMoveOverlap: false,
    axisLabel: { color: theme.palette.textDim, fontSize: FONT_SIZES.note, formatter: (value: number) => format.number(value, 2) },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.palette.line } },
    ...extra,
  }
  return axis as YAXisComponentOption
}

/** Local days left to right as UTC midnights, `[first, last]` in day numbers. */
export function timeAxis({ theme, format, narrow }: ChartContext, first: number, last: number): XAXisComponentOption {
  const span = last - first
  return {
    type: 'time',
    min: first * MS_PER_DAY,
    max: last * MS_PER_DAY,
    splitNumber: narrow ? 3 : 7,
    axisLabel: {
      color: theme.palette.textDim,
      fontSize: FONT_SIZES.note,
      hideOverlap: true,
      formatter: (value: number) => tickLabel(value, span, format),
    },
    axisLine: { lineStyle: { color: theme.palette.lineStrong } },
    axisTick: { lineStyle: { color: theme.palette.lineStrong } },
    splitLine: { show: false },
  }
}

function tickLabel(ms: number, span: number, format: ChartContext['format']): string {
  const day = Math.round(ms / MS_PER_DAY)
  if (span > 2 * 366) return new Date(ms).getUTCMonth() === 0 ? String(new Date(ms).getUTCFullYear()) : format.month(day)
  return span > 150 ? format.month(day) : format.shortDay(day)
}

/** Named places left to right: periods or stages. */
export function categoryAxis(context: ChartContext, data: readonly string[], label: (index: number) => string): XAXisComponentOption {
  const { theme } = context
  let shown = data.length
  while (data.length > MANY_PLACES && shown > 0 && overhangs(label(shown - 1), (data.length - shown + 0.5) / data.length, context)) shown--
  return {
    type: 'category',
    data: [...data],
    axisLabel: {
      color: theme.palette.textDim,
      fontSize: FONT_SIZES.note,
      hideOverlap: true,
      formatter: (_: string, index: number) => (index < shown ? label(index) : ''),
    },
    axisLine: { lineStyle: { color: theme.palette.lineStrong } },
    axisTick: { show: false },
  }
}

const MANY_PLACES = 20
/** px: half of a letter, and what is right and left of a plot. */
const [HALF_LETTER, RIGHT, LEFT] = [3.3, 16, 40]

/** A text so near to the end of many places would be cut off at the right edge. @param before share of the axis from its middle to the end */
function overhangs(text: string, before: number, { width }: ChartContext): boolean {
  return text.length * HALF_LETTER > RIGHT + Math.max(0, width - RIGHT - LEFT) * before
}

/** ECharts hands the same shape to every formatter; these are the parts we read. */
export interface TipParams {
  readonly seriesId?: string
  readonly seriesIndex?: number
  readonly dataIndex: number
  readonly axisValue?: number | string
  readonly value?: unknown
  readonly data?: unknown
}

export function firstParams(params: unknown): TipParams | undefined {
  return (Array.isArray(params) ? params[0] : params) as TipParams | undefined
}
