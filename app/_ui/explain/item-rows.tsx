'use client'

import Link from 'next/link'
import { useMemo, useRef } from 'react'
import type { Format } from '@/lib/charts/format'
import type { Explanation } from '@/lib/metrics/explain/explain'
import type { Portfolio } from '@/lib/model/portfolio'
import { parseDay } from '@/lib/time/day'
import type { TableColumn } from '../data-table'
import table from '../data-table.module.css'
import { DataTableBody } from '../data-table-body'
import { DataTableHead } from '../data-table-head'
import { itemHref } from '../item-link'
import { useSnapshot } from '../shell-context'
import { useIsList } from '../use-is-list'
import classes from './explain.module.css'

type Row = NonNullable<Explanation['items']>['rows'][number]

const LIST_BELOW = 600

/** A page of items, each a link to its life, in the order in which they came. */
export function ItemRows({ rows, isStale }: { rows: readonly Row[]; isStale: boolean }) {
  const { format, portfolio } = useSnapshot()
  const scroller = useRef<HTMLElement>(null)
  const isList = useIsList(scroller, LIST_BELOW)
  const columns = useMemo(() => itemColumns(format, portfolio), [format, portfolio])
  return (
    <section
      ref={scroller}
      className={`sg-scrolls ${table.scroller} ${classes.rows}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: rows scroll, also by keyboard
      tabIndex={0}
      aria-label="Items behind the number"
      data-stale={isStale || undefined}
    >
      <table className={table.table} data-list={isList || undefined}>
        <DataTableHead columns={columns} />
        <DataTableBody columns={columns} rows={rows} shown={rows.map((_, index) => index)} />
      </table>
    </section>
  )
}

function itemColumns(format: Format, { streams }: Portfolio): TableColumn<Row>[] {
  const stages = new Map(streams.flatMap((stream) => stream.stages.map((stage) => [`${stream.id} ${stage.id}`, stage.name])))
  const stageOf = (row: Row) => stages.get(`${row.stream_id} ${row.stage_id}`) ?? row.stage_id
  const day = (id: 'started_on' | 'finished_on', title: string): TableColumn<Row> => ({
    id,
    title,
    numeric: true,
    value: (row) => row[id],
    cell: (row) => (row[id] === null ? '–' : format.day(parseDay(row[id]) ?? 0)),
  })
  return [
    {
      id: 'key',
      title: 'Item',
      bare: true,
      value: ({ key }) => key,
      cell: (row) => <Link href={itemHref(row.stream_id, row.item_id)}>{row.key}</Link>,
    },
    { id: 'title', title: 'Title', grows: true, value: ({ title }) => title, cell: ({ title }) => title },
    { id: 'stage', title: 'Stage', wraps: 140, bare: true, value: stageOf, cell: stageOf },
    day('started_on', 'Started'),
    day('finished_on', 'Finished'),
    {
      id: 'days',
      title: 'Days',
      numeric: true,
      value: (row) => row.span_days,
      cell: (row) => (row.span_days === null ? '–' : format.number(row.span_days)),
    },
  ]
}
