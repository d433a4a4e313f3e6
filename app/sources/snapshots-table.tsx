'use client'

import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import type { KnownSnapshot } from '@/lib/metrics/verify/provenance'
import { DataTable, type TableColumn } from '../_ui/data-table'
import { useSnapshot } from '../_ui/shell-context'
import { bytesText } from './bytes-text'
import classes from './sources.module.css'

const LIST_BELOW = 680

/** Every snapshot that is kept: what an older review was drawn from is still there. */
export function SnapshotsTable({ snapshots }: { snapshots: readonly KnownSnapshot[] }) {
  const { portfolio, format } = useSnapshot()
  const zone = portfolio.streams[0]?.timezone ?? 'UTC'
  const columns = useMemo(() => snapshotColumns(format, zone), [format, zone])
  return (
    <section className={classes.card} aria-labelledby="snapshots" data-panel="snapshots">
      <h2 id="snapshots">Snapshots</h2>
      <p className={classes.facts}>
        {format.count(snapshots.length, 'snapshot')}, newest first · none of them ever changes · <code>npx streamgauge prune</code> removes
        old ones
      </p>
      <DataTable label="Table of snapshots" rows={snapshots} columns={columns} maxHeight={360} listBelow={LIST_BELOW} />
    </section>
  )
}

function snapshotColumns(format: Format, zone: string): TableColumn<KnownSnapshot>[] {
  return [
    {
      id: 'id',
      title: 'Snapshot',
      bare: true,
      value: ({ id }) => id,
      cell: ({ id, is_current: isCurrent }) => (
        <span className={classes.name}>
          <code>{id}</code>
          {isCurrent ? ' (served now)' : ''}
        </span>
      ),
    },
    {
      id: 'made',
      title: 'Made',
      value: ({ created_at: at }) => at,
      cell: ({ created_at: at }) => format.instant(Date.parse(at), zone),
    },
    { id: 'items', title: 'Items', numeric: true, value: ({ items }) => items, cell: ({ items }) => format.number(items) },
    { id: 'changes', title: 'Changes', numeric: true, value: ({ changes }) => changes, cell: ({ changes }) => format.number(changes) },
    { id: 'bytes', title: 'Size', numeric: true, value: ({ bytes }) => bytes, cell: ({ bytes }) => bytesText(bytes, format) },
    {
      id: 'increments',
      title: 'Days added',
      hint: 'Builds that added new files since everything was read at once.',
      numeric: true,
      value: ({ increments }) => increments,
      cell: ({ increments }) => (increments === 0 ? 'built as a whole' : format.number(increments)),
    },
  ]
}
