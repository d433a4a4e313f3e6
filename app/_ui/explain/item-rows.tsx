'use client'

import Link from 'next/link'
import type { Explanation } from '@/lib/metrics/explain/explain'
import { parseDay } from '@/lib/time/day'
import { itemHref } from '../item-link'
import { useSnapshot } from '../shell-context'
import classes from './explain.module.css'

type Row = NonNullable<Explanation['items']>['rows'][number]

/** A page of items, each a link to its life. */
export function ItemRows({ rows, isStale }: { rows: readonly Row[]; isStale: boolean }) {
  const { format, portfolio } = useSnapshot()
  const stages = new Map(portfolio.streams.flatMap((stream) => stream.stages.map((stage) => [`${stream.id} ${stage.id}`, stage.name])))
  const day = (text: string | null) => (text === null ? '–' : format.day(parseDay(text) ?? 0))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: rows scroll, also by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label="Items behind the number" data-stale={isStale || undefined}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col">Title</th>
            <th scope="col">Stage</th>
            <th scope="col" data-numeric>
              Started
            </th>
            <th scope="col" data-numeric>
              Finished
            </th>
            <th scope="col" data-numeric>
              Days
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.stream_id} ${row.item_id}`}>
              <td>
                <Link href={itemHref(row.stream_id, row.item_id)}>{row.key}</Link>
              </td>
              <td title={row.title} className={classes.long}>
                {row.title}
              </td>
              <td>{stages.get(`${row.stream_id} ${row.stage_id}`) ?? row.stage_id}</td>
              <td data-numeric>{day(row.started_on)}</td>
              <td data-numeric>{day(row.finished_on)}</td>
              <td data-numeric>{row.span_days === null ? '–' : format.number(row.span_days)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
