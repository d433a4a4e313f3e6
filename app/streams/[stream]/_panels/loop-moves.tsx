'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import type { Columns } from '@/lib/model/columns'
import { DataTable, type TableColumn } from '../../../_ui/data-table'
import { ExplainButton } from '../../../_ui/explain/explain-button'
import { itemHref } from '../../../_ui/item-link'
import { PanelEmpty, PanelError, PanelSkeleton } from '../../../_ui/panel-states'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'

const HEIGHT = 480

interface LoopMovesProps {
  readonly streamId: string
  /** Stage ids. */
  readonly from: string
  readonly to: string
}

/** The lines of the rework ledger that are one loop, the dearest first. */
export function LoopMoves({ streamId, from, to }: LoopMovesProps) {
  const { format } = useSnapshot()
  const own = { stream: streamId, fromStage: from, toStage: to }
  const result = useMetric('rework', own)
  const state = panelState(result)
  const moved = result.data?.columns
  const rows = useMemo(() => Array.from({ length: moved?.rowCount ?? 0 }, (_, row) => row), [moved])
  const shown = useMemo(() => (moved ? moveColumns(moved, format) : []), [moved, format])
  if (state.error) return <PanelError error={state.error} height={HEIGHT} onRetry={state.retry} />
  if (!moved) return <PanelSkeleton height={HEIGHT} />
  if (moved.rowCount === 0) {
    return <PanelEmpty height={HEIGHT} empty={{ title: 'No moves', text: 'Nothing went back this way with the filters that are on.' }} />
  }
  const lost = moved.numbers('days_lost').reduce<number>((sum, days) => sum + (days ?? 0), 0)
  return (
    <>
      <p>
        <span data-testid="moves-count">{format.count(moved.rowCount, 'move')}</span> back in the period, together{' '}
        {format.count(Math.round(lost), 'day')} until the items were back where they had been.{' '}
        <ExplainButton what="Rework ledger" asked={{ metric: 'rework', params: own }} />
      </p>
      <DataTable
        label="Moves back"
        rows={rows}
        columns={shown}
        initialSort={{ id: 'lost', desc: true }}
        maxHeight={window.innerHeight - 180}
      />
    </>
  )
}

function moveColumns(columns: Columns, format: Format): TableColumn<number>[] {
  const [streams, ids, keys, titles] = ['stream_id', 'item_id', 'key', 'title'].map((name) => columns.texts(name))
  const [movedOn, lost, back] = [columns.numbers('moved_on'), columns.numbers('days_lost'), columns.flags('is_back')]
  const nameOf = (row: number) => keys?.[row] || ids?.[row] || ''
  return [
    {
      id: 'key',
      title: 'Item',
      bare: true,
      value: nameOf,
      cell: (row) => <Link href={itemHref(streams?.[row] ?? '', ids?.[row] ?? '')}>{nameOf(row)}</Link>,
    },
    { id: 'title', title: 'Title', grows: true, value: (row) => titles?.[row] ?? '', cell: (row) => titles?.[row] },
    {
      id: 'moved',
      title: 'Moved back',
      numeric: true,
      value: (row) => movedOn[row] ?? null,
      cell: (row) => format.day(movedOn[row] ?? 0),
    },
    {
      id: 'lost',
      title: 'Cost, days',
      hint: 'Elapsed days until the item was back in the stage it had left, or beyond',
      numeric: true,
      value: (row) => lost[row] ?? null,
      cell: (row) => format.number(lost[row] ?? 0, 1),
    },
    {
      id: 'back',
      title: 'Made good',
      value: (row) => Number(back[row] ?? false),
      cell: (row) => (back[row] ? 'yes' : 'not yet'),
    },
  ]
}
