'use client'

import { UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import type { Columns, ColumnValue } from '@/lib/model/columns'
import { formatDay } from '@/lib/time/day'
import classes from './columns-table.module.css'
import { DataTable, type TableColumn } from './data-table'
import { useShell } from './shell-context'

/** Below it the second digit after the point still says something. */
const TWO_DIGITS = 10

interface ColumnsTableProps {
  readonly label: string
  readonly columns: Columns
  /** Columns to show, in order, with their titles. */
  readonly show: Readonly<Record<string, string>>
  /** Ids as names: stage ids, for one. */
  readonly names?: ReadonlyMap<string, string>
  /** What stands behind a row: makes its first cell a button. */
  readonly onRow?: (row: number) => void
  /** The column with sentences in it; the table is then a list where they have no room. */
  readonly sentences?: string
}

/** px of width below which sentences have no room beside figures. */
const LIST_BELOW = 600

/** The table twin of a picture: every number that it shows. */
export function ColumnsTable({ label, columns, show, names, onRow, sentences }: ColumnsTableProps) {
  const { format } = useShell()
  const rows = useMemo(() => Array.from({ length: columns.rowCount }, (_, row) => row), [columns])
  const table = useMemo(
    () =>
      Object.entries(show)
        .filter(([name]) => columns.has(name))
        .map(([name, title], index) => ({
          ...column(columns, { name, title, names, format, onRow: index === 0 ? onRow : undefined }),
          grows: name === sentences,
        })),
    [columns, show, names, format, onRow, sentences],
  )
  return <DataTable label={label} rows={rows} columns={table} maxHeight={320} listBelow={sentences ? LIST_BELOW : 0} />
}

interface Shown {
  readonly name: string
  readonly title: string
  readonly names?: ReadonlyMap<string, string>
  readonly format: Format
  readonly onRow?: (row: number) => void
}

function column(columns: Columns, { name, title, names, format, onRow }: Shown): TableColumn<number> {
  const values = columns.get(name)
  const kind = columns.kind(name)
  const text = (row: number) => cellText(values[row] ?? null, name.endsWith('_ratio') ? 'share' : kind, { names, format })
  return {
    id: name,
    title,
    numeric: kind === 'number',
    value: (row) => {
      const value = values[row] ?? null
      if (kind === 'text') return text(row)
      return typeof value === 'boolean' ? Number(value) : value
    },
    cell: (row) =>
      onRow ? (
        <UnstyledButton className={classes.open} onClick={() => onRow(row)}>
          {text(row)}
        </UnstyledButton>
      ) : (
        text(row)
      ),
  }
}

function cellText(value: ColumnValue, kind: string, { names, format }: { names?: ReadonlyMap<string, string>; format: Format }): string {
  if (value === null) return '–'
  if (kind === 'day') return format.day(Number(value))
  if (kind === 'instant') return formatDay(Math.floor(Number(value) / 86_400_000))
  if (kind === 'share') return format.percent(Number(value))
  if (typeof value === 'number') return format.number(value, Math.abs(value) < TWO_DIGITS ? 2 : 1)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return names?.get(value) ?? value
}
