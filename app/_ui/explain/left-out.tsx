'use client'

import type { Explanation } from '@/lib/metrics/explain/explain'
import { useShell } from '../shell-context'
import classes from './explain.module.css'

/** The other items of the snapshot, by the first reason for which they do not count. */
export function LeftOut({ told }: { told: Explanation }) {
  const { format } = useShell()
  if (!told.items) return null
  const total = told.left_out.reduce((sum, { item_count }) => sum + item_count, 0)
  return (
    <section aria-labelledby="explain-left-out">
      <h3 id="explain-left-out" className={classes.heading}>
        Left out
      </h3>
      {total === 0 && <p className={classes.text}>Nothing: these are all items of the snapshot.</p>}
      {total > 0 && (
        <>
          <p className={classes.text}>The other {format.count(total, 'item')} of the snapshot, each by the first reason that holds.</p>
          <ul className={classes.reasons}>
            {told.left_out.map(({ reason, meaning, item_count, example_key }) => (
              <li key={reason}>
                <span className={classes.count}>{format.number(item_count)}</span>
                <span>
                  {meaning} <span className={classes.origin}>for example {example_key}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
