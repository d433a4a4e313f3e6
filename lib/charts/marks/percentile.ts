import type { MarkLineComponentOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Unit } from '@/lib/model/unit'
import type { ChartContext } from '../context'

type MarkLineData = NonNullable<MarkLineComponentOption['data']>[number]

/** Dashed lines at the percentiles that have enough items, labelled at the right: "85 % ≤ 17 d". */
export function percentileMarks(percentiles: Columns, unit: Unit, { theme, format, narrow }: ChartContext): MarkLineData[] {
  const values = percentiles.numbers('value')
  const enough = percentiles.flags('enough')
  return percentiles.numbers('percentile').flatMap((percentile, row) => {
    const value = values[row] ?? null
    if (percentile === null || value === null || !enough[row]) return []
    const shown = format.number(value, unit === 'elapsed' ? 1 : 0)
    return [
      {
        name: `${percentile} % ≤ ${shown} d`,
        yAxis: value,
        lineStyle: { type: 'dashed' as const, width: 1, color: theme.palette.textDim },
        label: markLabel(`${percentile} % ≤ ${shown} d`, theme.palette.textDim, narrow),
      },
    ]
  })
}

/** A label at the right end of a line; on a phone it stands inside, above the line. */
export function markLabel(text: string, color: string, narrow: boolean) {
  return {
    show: true,
    formatter: text,
    color,
    fontSize: 12,
    position: narrow ? ('insideEndTop' as const) : ('end' as const),
    distance: narrow ? 2 : 6,
  }
}
