'use client'

import { useShell } from '../_ui/shell-context'
import { CheckList } from './check-list'
import { type FoundArea, heldText } from './found-areas'
import classes from './verify.module.css'

/** More than these are opened first, unless one fails. */
const SHORT = 100

/** Every check of an area with its figures. */
export function AreaChecks({ area }: { area: FoundArea }) {
  const { name, title, meaning, checks, met } = area
  const { format } = useShell()
  return (
    <section className={classes.card} aria-labelledby={`area-${name}`}>
      <h2 id={`area-${name}`}>
        {title} <span className={classes.dim}>{heldText(area, format)}</span>
      </h2>
      <p className={classes.text}>{meaning[0]?.toUpperCase() + meaning.slice(1)}.</p>
      {checks.length === 0 && <p className={classes.note}>What comes before must be readable first.</p>}
      {checks.length > SHORT ? (
        <details open={met < checks.length}>
          <summary className={classes.open}>All {format.count(checks.length, 'check')}</summary>
          <CheckList checks={checks} />
        </details>
      ) : (
        <CheckList checks={checks} />
      )}
    </section>
  )
}
