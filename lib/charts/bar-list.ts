import type { EChartsOption } from 'echarts'
import { baseOption, firstParams } from './base'
import type { ChartContext } from './context'
import { FONT_SIZES } from './theme'

const LEAST_ROOM = 72
const GAP = 12
/** px of a figure, about. */
const LETTER = 7

interface Bars {
  readonly names: readonly string[]
  /** The figure at the end of each bar. */
  readonly ends: readonly string[]
  /** What the tooltip of a bar says. */
  readonly tip: (index: number) => string
}

/** Frame of a list of bars from zero, a name before each and room for the figure at its end. */
export function barList(context: ChartContext, { names, ends, tip }: Bars): EChartsOption {
  const { palette } = context.theme
  const base = baseOption(context, { top: 4 })
  return {
    ...base,
    grid: { ...(base.grid as object), right: Math.max(LEAST_ROOM, GAP + LETTER * Math.max(...ends.map(({ length }) => length))) },
    xAxis: { type: 'value', min: 0, show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...names],
      axisLabel: { color: palette.textDim, fontSize: FONT_SIZES.note, width: context.narrow ? 110 : 220, overflow: 'truncate' },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.lineStrong } },
    },
    tooltip: {
      ...(base.tooltip as object),
      axisPointer: { type: 'shadow' },
      formatter: (params: unknown) => tip(firstParams(params)?.dataIndex ?? 0),
    },
  }
}

/** Text of the figure at the end of a bar. */
export function barEnd(context: ChartContext, ends: readonly string[]) {
  return {
    show: true,
    position: 'right' as const,
    color: context.theme.palette.text,
    fontSize: FONT_SIZES.note,
    formatter: ({ dataIndex }: { dataIndex: number }) => ends[dataIndex] ?? '',
  }
}
