'use client'

import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSelector } from '@tabler/icons-react'
import type { ReactTable } from '@tanstack/react-table'
import type { TableColumn } from './data-table'
import classes from './data-table.module.css'
import type { TableFeatureSet, TablePlace } from './data-table-rows'

interface HeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  readonly table: ReactTable<TableFeatureSet, TablePlace>
}

/** Column titles that sort: first click up or down as the column reads best, second the other way. */
export function DataTableHead<Row>({ columns, table }: HeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const sorted = table.getColumn(column.id)?.getIsSorted() ?? false
          return (
            <th
              key={column.id}
              scope="col"
              style={column.width ? { width: column.width } : undefined}
              data-numeric={column.numeric || undefined}
              aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
            >
              <Tooltip label={column.hint} disabled={!column.hint} events={{ hover: true, focus: true, touch: false }}>
                <UnstyledButton className={classes.sort} onClick={() => table.getColumn(column.id)?.toggleSorting()}>
                  {column.title}
                  <SortIcon sorted={sorted} />
                </UnstyledButton>
              </Tooltip>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function SortIcon({ sorted }: { sorted: false | 'asc' | 'desc' }) {
  if (sorted === 'asc') return <IconChevronUp size={12} aria-hidden />
  if (sorted === 'desc') return <IconChevronDown size={12} aria-hidden />
  return <IconSelector size={12} aria-hidden className={classes.unsorted} />
}
