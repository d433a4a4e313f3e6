import type { Columns } from '@/lib/model/columns'
import type { Unit } from '@/lib/model/unit'
import type { ChartContext } from '../context'
import type { Level } from './level'

/** Dashed lines at the percentiles that have enough items: "85 % ≤ 17 d". */
export function percentileLevels(percentiles: Columns, unit: Unit, { theme, format, narrow }: ChartContext): Level[] {
  const values = percentiles.numbers('value')
  const enough = percentiles.flags('enough')
  const color = theme.palette.textDim
  return percentiles.numbers('percentile').flatMap((percentile, row): Level[] => {
    const value = values[row] ?? null
    if (percentile === null || value === null || !enough[row]) return []
    const name = `${percentile} % ≤ ${format.number(value, unit === 'elapsed' ? 1 : 0)}${narrow ? '' : ' d'}`
    return [{ name, value, color, lineStyle: { type: 'dashed', width: 1, color } }]
  })
}
