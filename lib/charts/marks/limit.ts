import type { ServiceLevel } from '@/lib/model/value-stream'
import type { ChartContext } from '../context'
import { markLabel } from './percentile'

/** The service level expectation: a thin solid line, named; shortly on a phone. */
export function sleMark(sle: ServiceLevel, context: ChartContext) {
  const { theme, narrow } = context
  const name = narrow ? `SLE: ${sle.days} d` : `SLE: ${sle.percentile} % ≤ ${sle.days} d`
  return {
    name,
    yAxis: sle.days,
    lineStyle: { type: 'solid' as const, width: 1.5, color: theme.palette.worse },
    label: {
      ...markLabel(name, theme.palette.worse, context),
      position: 'insideStartTop' as const,
      distance: 4,
    },
  }
}

/** A limit on the number of items at once. */
export function limitMark(limit: number, context: ChartContext) {
  const { theme, format } = context
  const name = `limit ${format.number(limit)}`
  return {
    name,
    yAxis: limit,
    lineStyle: { type: 'solid' as const, width: 1.5, color: theme.palette.worse },
    label: markLabel(name, theme.palette.worse, context),
  }
}
