import type { ServiceLevel } from '@/lib/model/value-stream'
import type { ChartContext } from '../context'
import type { Level } from './level'

/** The service level expectation: a thin solid line, named; shortly on a phone. */
export function sleLevel(sle: ServiceLevel, { theme, narrow }: ChartContext): Level {
  const color = theme.palette.worse
  const name = narrow ? `SLE: ${sle.days}` : `SLE: ${sle.percentile} % ≤ ${sle.days} d`
  return { name, value: sle.days, color, lineStyle: { type: 'solid', width: 1.5, color } }
}

/** A ground that keeps a name readable over marks. */
export function halo(surface: string) {
  return { backgroundColor: surface, padding: [1, 3], borderRadius: 2 }
}

/** A limit on the number of items at once, named at its right end; on a phone inside, above the line. */
export function limitMark(limit: number, { theme, format, narrow }: ChartContext) {
  const { worse, surface } = theme.palette
  const name = `limit ${format.number(limit)}`
  return {
    name,
    yAxis: limit,
    lineStyle: { type: 'solid' as const, width: 1.5, color: worse },
    label: {
      show: true,
      formatter: name,
      color: worse,
      fontSize: 12,
      ...halo(surface),
      position: narrow ? ('insideEndTop' as const) : ('end' as const),
      distance: narrow ? 2 : 6,
    },
  }
}
