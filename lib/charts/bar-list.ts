import type { EChartsOption } from 'echarts'
import { baseOption, firstParams } from './base'
import type { ChartContext } from './context'
import { FONT_SIZES } from './theme'

/** Frame of a list of bars from zero, a name before each and room for a figure at its end. @param tip what the tooltip of a bar says */
export function barList(context: ChartContext, names: readonly string[], tip: (index: number) => string): EChartsOption {
  const { palette } = context.theme
  const base = baseOption(context, { top: 4 })
  return {
    ...base,
    grid: { ...(base.grid as object), right: 72 },
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
export function barEnd(context: ChartContext, textOf: (index: number) => string) {
  return {
    show: true,
    position: 'right' as const,
    color: context.theme.palette.text,
    fontSize: FONT_SIZES.note,
    formatter: ({ dataIndex }: { dataIndex: number }) => textOf(dataIndex),
  }
}
