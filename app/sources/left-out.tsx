'use client'

import type { Provenance } from '@/lib/metrics/verify/provenance'
import { useSnapshot } from '../_ui/shell-context'
import classes from './sources.module.css'

/** What was put right, what was left out, and states without a stage. */
export function LeftOut({ found }: { found: Provenance }) {
  const { portfolio, format } = useSnapshot()
  const nameOf = (id: string) => portfolio.streams.find((stream) => stream.id === id)?.name ?? id
  return (
    <section className={classes.card} aria-labelledby="repaired" data-panel="repairs">
      <h2 id="repaired">What was put right, and what was left out</h2>
      <dl className={classes.list}>
        {found.repairs.map(({ stream_id: stream, words, count, example }) => (
          <div key={`${stream} ${words}`}>
            <dt>{nameOf(stream)}</dt>
            <dd>
              {format.number(count)} {words.startsWith('items ') ? words : `rows ${words}`}
              {example === null ? '' : `, for example of item ${example}`}.
            </dd>
          </div>
        ))}
        {found.unmapped.map(({ stream_id: stream, state, changes, items }) => (
          <div key={`${stream} ${state}`} data-tone="attention">
            <dt>{nameOf(stream)}</dt>
            <dd>
              No stage names the state “{state}”: {format.count(changes, 'change')} of {format.count(items, 'item')} stand in “unmapped”.
              Add it to a stage in the portfolio file and build again.
            </dd>
          </div>
        ))}
        {found.rejects.map(({ stream_id: stream, file, field, reason, rows, first_row: first, example }) => (
          <div key={`${stream} ${file} ${field} ${reason}`} data-tone="attention">
            <dt>{nameOf(stream)}</dt>
            <dd>
              {format.count(rows, 'row')} of {file} left out: {field}, {reason}
              {example === null ? '' : ` (“${example}”)`}; the first is row {format.number(first)}.
            </dd>
          </div>
        ))}
      </dl>
      {found.repairs.length + found.unmapped.length + found.rejects.length === 0 && (
        <p className={classes.facts}>Nothing: every row could be used as it was.</p>
      )}
    </section>
  )
}
