'use client'

import { densitySteps } from '@/lib/charts/density'
import { chartTheme } from '@/lib/charts/theme'
import { useShownScheme } from '../../../_ui/print/print-mode'
import { useSnapshot } from '../../../_ui/shell-context'
import classes from './density-legend.module.css'

/** List items: how many items a cell of each colour holds. @param most items in a cell */
export function DensitySteps({ most }: { most: number }) {
  const scheme = useShownScheme()
  const { format } = useSnapshot()
  return densitySteps(most, chartTheme(scheme)).map(({ from, to, color }) => (
    <li key={from}>
      <span className={classes.cell} style={{ background: color }} aria-hidden />
      {format.number(from)}
      {to === undefined ? (most > from ? ` – ${format.number(most)}` : '') : to > from ? ` – ${format.number(to)}` : ''}
    </li>
  ))
}
