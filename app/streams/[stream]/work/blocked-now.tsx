'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import type { MetricAnswer } from '@/lib/client/decode'
import type { Columns } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import { DataTable, type TableColumn } from '../../../_ui/data-table'
import { itemHref } from '../../../_ui/item-link'
import { useSnapshot } from '../../../_ui/shell-context'
import { MOST_BLOCKED, type OpenBlock, useOpenBlocks } from './use-open-blocks'
import classes from './work.module.css'

/** The unfinished items that are blocked, the longest block first. */
export function BlockedNow({ answer, stream }: { answer: MetricAnswer; stream: ValueStream }) {
  const { format } = useSnapshot()
  const blocks = useOpenBlocks(answer, stream)
  const { columns } = answer
  const all = columns.numbers('total_count')[0] ?? 0
  const shown = useMemo(() => nowColumns(columns, stream, format), [columns, stream, format])
  if (all === 0) return <p className={classes.none}>No unfinished item is blocked at the end of the period.</p>
  const part = all > MOST_BLOCKED ? `, the ${format.number(MOST_BLOCKED)} oldest of them` : ''
  return (
    <>
      <h3 className={classes.sub}>
        {format.count(all, 'unfinished item')} {all === 1 ? 'is' : 'are'} blocked at the end of the period{part}
      </h3>
      <DataTable label="Items blocked now" rows={blocks} columns={shown} initialSort={{ id: 'days', desc: true }} maxHeight={280} />
    </>
  )
}

function nowColumns(columns: Columns, stream: ValueStream, format: Format): TableColumn<OpenBlock>[] {
  const [streams, ids, keys, titles, stages] = ['stream_id', 'item_id', 'key', 'title', 'stage_id'].map((name) => columns.texts(name))
  const stageNames = new Map(stream.stages.map(({ id, name }) => [id, name]))
  const nameOf = (row: number) => keys?.[row] || ids?.[row] || ''
  const stageOf = (row: number) => stageNames.get(stages?.[row] ?? '') ?? stages?.[row] ?? ''
  return [
    {
      id: 'key',
      title: 'Item',
      bare: true,
      value: ({ row }) => nameOf(row),
      cell: ({ row }) => <Link href={itemHref(streams?.[row] ?? '', ids?.[row] ?? '')}>{nameOf(row)}</Link>,
    },
    { id: 'title', title: 'Title', grows: true, value: ({ row }) => titles?.[row] ?? '', cell: ({ row }) => titles?.[row] || '–' },
    { id: 'stage', title: 'Stage', wraps: 120, bare: true, value: ({ row }) => stageOf(row), cell: ({ row }) => stageOf(row) },
    {
      id: 'days',
      title: 'Days blocked',
      hint: 'Elapsed days since the block began',
      numeric: true,
      value: ({ days }) => days ?? null,
      cell: ({ days }) => (days === undefined ? '–' : format.number(days, 1)),
    },
  ]
}
