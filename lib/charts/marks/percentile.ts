import type { MarkLineComponentOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Unit } from '@/lib/model/unit'
import type { ChartContext } from '../context'
import { spreadOffsets } from '../spread'

type MarkLineData = NonNullable<MarkLineComponentOption['data']>[number]

/** Where a value stands, px from the top of the plot, and the plot's height. */
export interface Plot {
  readonly height: number
  readonly place: (value: number) => number
}

/** Dashed lines at the percentiles that have enough items, labelled at the right: "85 % ≤ 17 d"; labels never stand on each other. */
export function percentileMarks(percentiles: Columns, unit: Unit, plot: Plot, context: ChartContext): MarkLineData[] {
  const { theme, format } = context
  const values = percentiles.numbers('value')
  const enough = percentiles.flags('enough')
  const shown = percentiles.numbers('percentile').flatMap((percentile, row) => {
    const value = values[row] ?? null
    return percentile === null || value === null || !enough[row] ? [] : [{ percentile, value }]
  })
  const offsets = spreadOffsets(
    shown.map(({ value }) => plot.place(value)),
    context.narrow ? HALO_HEIGHT : LINE_HEIGHT,
    [0, plot.height],
  )
  return shown.map(({ percentile, value }, index) => {
    const name = `${percentile} % ≤ ${format.number(value, unit === 'elapsed' ? 1 : 0)} d`
    return {
      name,
      yAxis: value,
      lineStyle: { type: 'dashed' as const, width: 1, color: theme.palette.textDim },
      label: { ...markLabel(name, theme.palette.textDim, context), offset: [0, offsets[index] ?? 0] },
    }
  })
}

/** px; on a phone labels stand in the plot, each on its ground. */
const [LINE_HEIGHT, HALO_HEIGHT] = [14, 17]

/** A ground that keeps a label readable over marks. */
export function halo(surface: string) {
  return { backgroundColor: surface, padding: [1, 3], borderRadius: 2 }
}

/** A label at the right end of a line; on a phone it stands inside, above the line. */
export function markLabel(text: string, color: string, { theme, narrow }: Pick<ChartContext, 'theme' | 'narrow'>) {
  const { surface } = theme.palette
  return {
    show: true,
    formatter: text,
    color,
    fontSize: 12,
    ...halo(surface),
    position: narrow ? ('insideEndTop' as const) : ('end' as const),
    distance: narrow ? 2 : 6,
  }
}
