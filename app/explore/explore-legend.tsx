'use client'

import type { ExploreInput } from '@/lib/charts/explore'
import { bothSchemes } from '../_ui/both-schemes'
import classes from './explore.module.css'

/** Colour and name of each series; where lines carry their names, for the phone only. */
export function ExploreLegend({ input, onlyNarrow }: { input: ExploreInput; onlyNarrow: boolean }) {
  return (
    <ul className={classes.legend} data-only-narrow={onlyNarrow || undefined} aria-label="Series">
      {input.data.series.map(({ id, label }) => (
        <li key={id} className={classes.entry}>
          <span className={classes.key} style={{ backgroundColor: bothSchemes((palette) => input.colors(palette).get(id)) }} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  )
}
