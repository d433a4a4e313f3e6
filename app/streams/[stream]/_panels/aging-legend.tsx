'use client'

import { type AgingDensity, isLikelyMiss } from '@/lib/charts/aging-density'
import { useSnapshot } from '../../../_ui/shell-context'
import classes from './aging-legend.module.css'
import { DensitySteps } from './density-steps'

interface AgingLegendProps {
  readonly hasSle: boolean
  /** Absent until the answer is there. */
  readonly density: AgingDensity | undefined
}

/** How to read the cells, dots and bands. */
export function AgingLegend({ hasSle, density }: AgingLegendProps) {
  const { format } = useSnapshot()
  const { cells, points, most } = density ?? NOTHING_DRAWN
  const days = cells.reduce((highest, { from, to }) => Math.max(highest, to - from), 0)
  return (
    <ul className={classes.legend} aria-label="How to read this chart">
      {cells.length > 0 && (
        <>
          <li>Items per cell of {format.count(days, 'day')}:</li>
          <DensitySteps most={most} />
          {cells.some(isLikelyMiss) && (
            <li>
              <span className={classes.cell} aria-hidden /> most of them likely to miss the SLE
            </li>
          )}
          {points.length > 0 && (
            <li>
              <span className={classes.dot} data-look="oldest" aria-hidden />{' '}
              {points.length === 1 ? 'the oldest' : `the ${format.number(points.length)} oldest`}
            </li>
          )}
        </>
      )}
      {hasSle && (
        <li>
          <span className={classes.dot} data-look="miss" aria-hidden /> likely to miss the SLE
        </li>
      )}
      <li>
        <span className={classes.dot} data-look="blocked" aria-hidden /> blocked
      </li>
      <li>
        <span className={classes.bands} aria-hidden /> age by which 50, 70, 85, 95 % of finished items had left the stage
      </li>
    </ul>
  )
}

const NOTHING_DRAWN: Pick<AgingDensity, 'cells' | 'points' | 'most'> = { cells: [], points: [], most: 0 }
