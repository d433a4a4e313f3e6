'use client'

import { useMemo } from 'react'
import { spell } from '@/lib/charts/format'
import type { LifeLine } from '@/lib/charts/life-line'
import type { Columns } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import { DataTable, type TableColumn } from '../../_ui/data-table'
import { ExplainButton } from '../../_ui/explain/explain-button'
import { useSnapshot } from '../../_ui/shell-context'
import { type LifeEvent, lifeEvents, stageTotals } from './life-events'
import classes from './stay-table.module.css'

interface StayTableProps {
  readonly item: string
  readonly line: LifeLine
  readonly columns: Columns
  readonly stream: ValueStream
}

const TIME_PER_STAGE = 'Per stage, the seconds of all its rows of kind “stage” are added up.'

/** Time per stage, then everything that happened, in order. */
export function StayTable({ item, line, columns, stream }: StayTableProps) {
  const { format, portfolio } = useSnapshot()
  const totals = stageTotals(line, stream)
  const events = useMemo(() => lifeEvents(columns, stream, portfolio.goals), [columns, stream, portfolio.goals])
  const shown = useMemo<TableColumn<LifeEvent>[]>(
    () => [
      { id: 'at', title: 'When', bare: true, value: ({ at }) => at, cell: ({ at }) => format.instant(at, stream.timezone) },
      { id: 'what', title: 'What', grows: true, value: ({ what }) => what, cell: ({ what }) => what },
      {
        id: 'seconds',
        title: 'For',
        numeric: true,
        value: ({ seconds }) => seconds,
        cell: ({ seconds, lasts }) => (lasts ? 'still' : seconds === null ? '' : spell(seconds)),
      },
    ],
    [format, stream.timezone],
  )
  return (
    <div className={classes.pair}>
      <section className={classes.panel} aria-labelledby="totals-title">
        <h2 id="totals-title">Time per stage</h2>
        <p className={classes.facts}>
          elapsed, all visits together
          <ExplainButton what="Time per stage" asked={{ metric: 'item-life', params: { item }, about: TIME_PER_STAGE }} />
        </p>
        <ul className={classes.totals}>
          {totals.map((total) => (
            <li key={total.id}>
              <span>{total.name}</span>
              <span className={classes.kind}>{total.kind === 'queue' ? 'waiting' : ''}</span>
              <span className={classes.time}>{spell(total.seconds)}</span>
              <span className={classes.visits}>{format.count(total.visits, 'visit')}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className={classes.panel} aria-labelledby="events-title">
        <h2 id="events-title">What happened</h2>
        <p className={classes.facts}>
          {format.count(events.length, 'event')} in order
          <ExplainButton what="What happened" asked={{ metric: 'item-life', params: { item } }} />
        </p>
        <DataTable label="Table of what happened" rows={events} columns={shown} maxHeight={360} />
      </section>
    </div>
  )
}
