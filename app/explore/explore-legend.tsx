'use client'

import type { CSSProperties } from 'react'
import { type ExploreInput, formOf } from '@/lib/charts/explore'
import { paletteOf } from '@/lib/charts/palette'
import { seriesDashes } from '@/lib/charts/series-dashes'
import { bothSchemes } from '../_ui/both-schemes'
import classes from './explore.module.css'

/** Colour and name of each series; where lines carry their names, for the phone only. */
export function ExploreLegend({ input, onlyNarrow }: { input: ExploreInput; onlyNarrow: boolean }) {
  const dashes = formOf(input) === 'line' ? seriesDashes(input, paletteOf('light')) : undefined
  const styleOf = (id: string): CSSProperties & { '--sg-dash'?: string } => ({
    color: bothSchemes((palette) => input.colors(palette).get(id)),
    '--sg-dash': dashes?.has(id) ? `${dashes.get(id)?.[0]}px` : undefined,
  })
  return (
    <ul className={classes.legend} data-only-narrow={onlyNarrow || undefined} aria-label="Series">
      {input.data.series.map(({ id, label }) => (
        <li key={id} className={classes.entry}>
          <span className={classes.key} style={styleOf(id)} data-dashed={dashes?.has(id) || undefined} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  )
}
