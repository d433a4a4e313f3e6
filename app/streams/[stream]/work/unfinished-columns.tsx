'use client'

import Link from 'next/link'
import type { Format } from '@/lib/charts/format'
import type { Columns } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import type { TableColumn } from '../../../_ui/data-table'
import { itemHref } from '../../../_ui/item-link'
import { TypeMark } from '../../../_ui/type-mark'
import classes from './work.module.css'

interface Shown {
  readonly columns: Columns
  readonly stream: ValueStream
  /** Days of the expectation. */
  readonly limit?: number
  readonly format: Format
}

/** What is said of each unfinished item; rows are places in the answer. */
export function unfinishedColumns({ columns, stream, limit, format }: Shown): TableColumn<number>[] {
  const [streams, ids, keys, types] = [columns.texts('stream_id'), columns.texts('item_id'), columns.texts('key'), columns.texts('type')]
  const [started, blocked] = [columns.numbers('started_on'), columns.flags('blocked')]
  const order = new Map(stream.stages.map(({ id, name }, place) => [id, { name, place }]))
  const stages = columns.texts('stage_id')
  const nameOf = (row: number) => keys[row] || ids[row] || ''
  return [
    {
      id: 'key',
      title: 'Item',
      bare: true,
      value: nameOf,
      cell: (row) => <Link href={itemHref(streams[row] ?? '', ids[row] ?? '')}>{nameOf(row)}</Link>,
    },
    { ...textColumn('title', 'Title', columns.texts('title')), grows: true },
    { id: 'type', title: 'Type', bare: true, value: (row) => types[row] ?? '', cell: (row) => <TypeMark type={types[row] ?? ''} /> },
    { ...textColumn('team', 'Team', columns.texts('team')), wraps: 120, bare: true },
    {
      id: 'stage',
      title: 'Stage',
      hint: 'Sorted in the order of the flow',
      wraps: 120,
      bare: true,
      value: (row) => String(order.get(stages[row] ?? '')?.place ?? 999).padStart(3, '0'),
      cell: (row) => order.get(stages[row] ?? '')?.name ?? stages[row],
    },
    {
      id: 'started',
      title: 'Started',
      numeric: true,
      value: (row) => started[row] ?? null,
      cell: (row) => (started[row] == null ? '–' : format.day(started[row] ?? 0)),
    },
    ...ageColumns(columns, format, limit),
    {
      id: 'blocked',
      title: 'Blocked',
      bare: true,
      value: (row) => (blocked[row] ? 'blocked' : null),
      cell: (row) => (blocked[row] ? <span className={classes.blocked}>blocked</span> : '–'),
    },
  ]
}

function ageColumns(columns: Columns, format: Format, limit: number | undefined): TableColumn<number>[] {
  const [ages, ranks, risks] = ['age_days', 'percentile_rank', 'miss_risk_ratio'].map((name) => columns.numbers(name))
  const isPast = (row: number) => limit !== undefined && (ages?.[row] ?? 0) > limit
  const risk = (row: number) => {
    if (isPast(row)) return <span className={classes.late}>past it</span>
    const ratio = risks?.[row] ?? null
    return ratio === null ? '–' : format.percent(ratio)
  }
  return [
    {
      id: 'age',
      title: 'Age, days',
      hint: 'Days since the start, today’s included',
      numeric: true,
      value: (row) => ages?.[row] ?? null,
      cell: (row) => format.number(ages?.[row] ?? 0),
    },
    {
      id: 'pace',
      title: 'Older than',
      hint: 'Share of similar finished items that took as long or less',
      numeric: true,
      value: (row) => ranks?.[row] ?? null,
      cell: (row) => (ranks?.[row] == null ? '–' : format.percent(Math.floor(ranks[row] ?? 0) / 100)),
    },
    {
      id: 'risk',
      title: 'SLE risk',
      hint: 'Risk of missing the expectation: of the finished items that got as old, the share that took longer than expected',
      numeric: true,
      value: (row) => (isPast(row) ? 2 : (risks?.[row] ?? null)),
      cell: risk,
    },
  ]
}

function textColumn(id: string, title: string, values: readonly string[]): TableColumn<number> {
  return { id, title, value: (row) => values[row] ?? '', cell: (row) => values[row] || '–' }
}
