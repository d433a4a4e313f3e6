import classes from './work.module.css'

/** A number with its length beside it, so that a column of them can be compared at a glance. */
export function CellBar({ share, children }: { share: number; children: string }) {
  return (
    <>
      <span className={classes.bar} aria-hidden>
        <span style={{ width: `${100 * Math.min(1, Math.max(0, share))}%` }} />
      </span>
      <span className={classes.number}>{children}</span>
    </>
  )
}
