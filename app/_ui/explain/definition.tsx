'use client'

import Link from 'next/link'
import type { Explanation } from '@/lib/metrics/explain/explain'
import { parseDay } from '@/lib/time/day'
import { DocText } from '../doc-text'
import { useShell } from '../shell-context'
import classes from './explain.module.css'

/** What the metric means, and over which snapshot and window it was asked. */
export function Definition({ told }: { told: Explanation }) {
  const { format } = useShell()
  const day = (text: string) => format.day(parseDay(text) ?? 0)
  const [from, to] = [parseDay(told.from) ?? 0, parseDay(told.to) ?? 0]
  return (
    <section aria-labelledby="explain-definition">
      <h3 id="explain-definition" className={classes.heading}>
        <Link href={`/glossary#metric-${told.metric}`}>{told.title}</Link> <span className={classes.unit}>unit: {told.unit}</span>
      </h3>
      <p className={classes.text}>
        <DocText text={told.doc} />
      </p>
      {told.aka.length > 0 && <p className={classes.note}>Also called {told.aka.join(', ')}</p>}
      <p className={classes.note}>Source: {told.source}</p>
      {told.notes.map((note) => (
        <p className={classes.note} key={note}>
          Note: {note}
        </p>
      ))}
      <dl className={classes.facts}>
        <div>
          <dt>Period</dt>
          <dd>{from < to ? `${format.day(from)} to ${format.day(to - 1)}, both included` : 'empty'}</dd>
        </div>
        <div>
          <dt>As of</dt>
          <dd>the end of {day(told.as_of)}</dd>
        </div>
        <div>
          <dt>Snapshot</dt>
          <dd>
            <code>{told.snapshot}</code>
          </dd>
        </div>
      </dl>
    </section>
  )
}
