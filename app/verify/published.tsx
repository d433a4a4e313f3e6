'use client'

import { useSnapshot } from '../_ui/shell-context'
import classes from './verify.module.css'

/** Which snapshot it is, and what was said of it when it was published. */
export function Published() {
  const { snapshot, portfolio, format } = useSnapshot()
  return (
    <section className={classes.card} aria-labelledby="published">
      <h2 id="published">How it was published</h2>
      <dl className={classes.facts}>
        <div>
          <dt>Snapshot</dt>
          <dd>
            <code>{snapshot.id}</code>
          </dd>
        </div>
        <div>
          <dt>Made</dt>
          <dd suppressHydrationWarning>{format.instant(Date.parse(snapshot.createdAt), portfolio.streams[0]?.timezone ?? 'UTC')}</dd>
        </div>
        <div>
          <dt>History</dt>
          <dd>
            {format.count(snapshot.itemCount, 'item')}, {format.day(snapshot.firstDay)} to {format.day(snapshot.lastDay)}
          </dd>
        </div>
      </dl>
      {snapshot.warnings.length === 0 && <p className={classes.text}>Without a warning: what a build checks of its own figures held.</p>}
      {snapshot.warnings.length > 0 && (
        <>
          <p className={classes.text}>{format.count(snapshot.warnings.length, 'warning')} from the build:</p>
          <ul className={classes.warnings}>
            {snapshot.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
