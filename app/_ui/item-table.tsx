'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import type { Columns } from '@/lib/model/columns'
import type { Portfolio } from '@/lib/model/portfolio'
import { DataTable, type TableColumn } from './data-table'
import { itemHref } from './item-link'
import { useSnapshot } from './shell-context'
import { TypeMark } from './type-mark'

const LIST_BELOW = 720
/** px of a name. */
const NAME = 140

interface ItemTableProps {
  /** stream_id, item_id, key, title, type, team, … */
  readonly columns: Columns
  readonly label: string
  readonly maxHeight?: number
}

/** Items, each a link to its page; columns that the answer lacks are left out. */
export function ItemTable({ columns, label, maxHeight }: ItemTableProps) {
  const { format, portfolio } = useSnapshot()
  const rows = useMemo(() => Array.from({ length: columns.rowCount }, (_, row) => row), [columns])
  const shown = useMemo(() => itemColumns(columns, format, portfolio), [columns, format, portfolio])
  return <DataTable label={label} rows={rows} columns={shown} maxHeight={maxHeight} listBelow={LIST_BELOW} />
}

function itemColumns(columns: Columns, format: Format, portfolio: Portfolio): TableColumn<number>[] {
  const text = (name: string) => (columns.has(name) ? columns.texts(name) : undefined)
  const [streams, ids, keys, types] = [columns.texts('stream_id'), columns.texts('item_id'), text('key'), text('type')]
  const nameOf = (row: number) => keys?.[row] || ids[row] || ''
  const first: TableColumn<number> = {
    id: 'key',
    title: 'Item',
    bare: true,
    value: nameOf,
    cell: (row) => <Link href={itemHref(streams[row] ?? '', ids[row] ?? '')}>{nameOf(row)}</Link>,
  }
  const stages = stageNames(portfolio)
  const stageIds = text('stage_id')
  return [
    first,
    ...textColumn('title', 'Title', text('title'), { grows: true }),
    ...(types
      ? [
          {
            id: 'type',
            title: 'Type',
            bare: true,
            value: (row: number) => types[row] ?? '',
            cell: (row: number) => <TypeMark type={types[row] ?? ''} />,
          },
        ]
      : []),
    ...textColumn('team', 'Team', text('team'), { wraps: NAME, bare: true }),
    ...(stageIds
      ? textColumn(
          'stage',
          'Stage',
          stageIds.map((id, row) => stages.get(`${streams[row]} ${id}`) ?? id),
          { wraps: NAME, bare: true },
        )
      : []),
    ...numberColumn('span_days', 'Days', columns, format),
    ...numberColumn('age_days', 'Age, days', columns, format),
    ...dayColumn('started_on', 'Started', columns, format),
    ...dayColumn('finished_on', 'Finished', columns, format),
  ]
}

function stageNames({ streams }: Portfolio): ReadonlyMap<string, string> {
  return new Map(streams.flatMap((stream) => stream.stages.map((stage) => [`${stream.id} ${stage.id}`, stage.name])))
}

type Form = Pick<TableColumn<number>, 'grows' | 'wraps' | 'bare'>

function textColumn(id: string, title: string, values: readonly string[] | undefined, form: Form): TableColumn<number>[] {
  if (!values || values.every((value) => value === '')) return []
  return [{ id, title, ...form, value: (row) => values[row] ?? '', cell: (row) => values[row] || '–' }]
}

function numberColumn(id: string, title: string, columns: Columns, format: Format): TableColumn<number>[] {
  if (!columns.has(id)) return []
  const values = columns.numbers(id)
  const shown = (row: number) => {
    const value = values[row] ?? null
    return value === null ? '–' : format.number(value, 1)
  }
  return [{ id, title, numeric: true, value: (row) => values[row] ?? null, cell: shown }]
}

function dayColumn(id: string, title: string, columns: Columns, format: Format): TableColumn<number>[] {
  if (!columns.has(id)) return []
  const values = columns.numbers(id)
  if (values.every((value) => value === null)) return []
  const shown = (row: number) => {
    const value = values[row] ?? null
    return value === null ? '–' : format.day(value)
  }
  return [{ id, title, numeric: true, value: (row) => values[row] ?? null, cell: shown }]
}
