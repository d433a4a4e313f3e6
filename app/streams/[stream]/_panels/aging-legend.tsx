import classes from './aging-legend.module.css'

/** How to read the dots and bands. */
export function AgingLegend({ hasSle }: { hasSle: boolean }) {
  return (
    <ul className={classes.legend} aria-label="How to read this chart">
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
