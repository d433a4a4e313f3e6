'use client'

import type { Cell } from '@/lib/charts/density'
import type { Format } from '@/lib/charts/format'
import type { Unit } from '@/lib/model/unit'
import { useSnapshot } from '../../../_ui/shell-context'
import classes from './density-legend.module.css'
import { DensitySteps } from './density-steps'

interface DensityLegendProps {
  /** Most items in a cell. */
  readonly most: number
  /** What a cell holds: "1 week × 3 days". */
  readonly cell: string
  /** Items that are drawn as dots, too. */
  readonly points: number
}

/** How many items a cell of each colour holds. */
export function DensityLegend({ most, cell, points }: DensityLegendProps) {
  const { format } = useSnapshot()
  return (
    <ul className={classes.legend} aria-label="How to read this chart">
      <li>Items per cell of {cell}:</li>
      <DensitySteps most={most} />
      {points > 0 && (
        <li>
          <span className={classes.dot} aria-hidden />{' '}
          {points === 1 ? 'one that took longest' : `the ${format.number(points)} that took longest`}
        </li>
      )}
    </ul>
  )
}

/** What a cell holds: "1 week × 3 days". On a logarithmic axis cells grow. */
export function cellText(cells: readonly Cell[], unit: Unit, format: Format): string {
  const days = cells.reduce((most, { x0, x1 }) => Math.max(most, x1 - x0), 0)
  const heights = cells.map(({ y0, y1 }) => y1 - y0)
  const [low, high] = [Math.min(...heights), Math.max(...heights)]
  const stretch = days % 7 === 0 ? format.count(days / 7, 'week') : format.count(days, 'day')
  const digits = unit === 'elapsed' ? 2 : 0
  const taken = low === high ? format.number(low, digits) : `${format.number(low, digits)} to ${format.number(high, digits)}`
  return `${stretch} × ${taken} ${high === 1 ? 'day' : 'days'}`
}
