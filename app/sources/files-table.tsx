'use client'

import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import type { Provenance } from '@/lib/metrics/verify/provenance'
import { DataTable, type TableColumn } from '../_ui/data-table'
import { useSnapshot } from '../_ui/shell-context'
import { bytesText } from './bytes-text'
import classes from './sources.module.css'

const LIST_BELOW = 680

interface FileRow {
  readonly stream: string
  readonly name: string
  readonly rows: number
  readonly bytes: number
  readonly modified: number | undefined
  readonly sha256: string
}

/** Every file that was read. */
export function FilesTable({ sources }: { sources: Provenance['sources'] }) {
  const { portfolio, format } = useSnapshot()
  const names = useMemo(() => new Map(portfolio.streams.map(({ id, name }) => [id, name])), [portfolio])
  const zone = portfolio.streams[0]?.timezone ?? 'UTC'
  const rows = useMemo(
    () =>
      sources.flatMap(({ stream_id: stream, files }) =>
        files.map(
          ({ name, rowCount, bytes, modifiedAt, sha256 }): FileRow => ({
            stream: names.get(stream) ?? stream,
            name,
            rows: rowCount,
            bytes,
            modified: modifiedAt,
            sha256,
          }),
        ),
      ),
    [sources, names],
  )
  const columns = useMemo(() => fileColumns(format, zone), [format, zone])
  const total = rows.reduce((sum, row) => sum + row.rows, 0)
  return (
    <section className={classes.card} aria-labelledby="files" data-panel="files">
      <h2 id="files">What was read</h2>
      <p className={classes.facts}>
        {format.count(rows.length, 'file')} · {format.count(total, 'row')} ·{' '}
        {bytesText(
          rows.reduce((sum, row) => sum + row.bytes, 0),
          format,
        )}
      </p>
      <DataTable label="Files that were read" rows={rows} columns={columns} maxHeight={360} listBelow={LIST_BELOW} />
    </section>
  )
}

function fileColumns(format: Format, zone: string): TableColumn<FileRow>[] {
  return [
    { id: 'stream', title: 'Stream', bare: true, value: ({ stream }) => stream, cell: ({ stream }) => stream },
    { id: 'name', title: 'File', bare: true, wraps: 320, value: ({ name }) => name, cell: ({ name }) => name },
    { id: 'rows', title: 'Rows', numeric: true, value: ({ rows }) => rows, cell: ({ rows }) => format.number(rows) },
    { id: 'bytes', title: 'Size', numeric: true, value: ({ bytes }) => bytes, cell: ({ bytes }) => bytesText(bytes, format) },
    {
      id: 'modified',
      title: 'Written',
      hint: 'When the file was last written, as its disk says.',
      value: ({ modified }) => modified ?? null,
      cell: ({ modified }) => (modified === undefined ? '–' : format.instant(modified, zone)),
    },
    {
      id: 'sha256',
      title: 'SHA-256',
      hint: 'Hash of the content: whoever has the file can see that it is the same.',
      value: ({ sha256 }) => sha256,
      cell: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}</code>,
    },
  ]
}
