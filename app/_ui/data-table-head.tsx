'use client'

import type { ReactTable } from '@tanstack/react-table'
import type { TableColumn } from './data-table'
import classes from './data-table.module.css'
import type { TableFeatureSet, TablePlace } from './data-table-rows'
import { SortButton } from './data-table-sort'

interface HeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  /** Absent: titles alone, where nothing can be pressed. */
  readonly table?: ReactTable<TableFeatureSet, TablePlace>
}

/** Column titles that sort: first click up or down as the column reads best, second the other way. */
export function DataTableHead<Row>({ columns, table }: HeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const sortable = table?.getColumn(column.id)
          const sorted = sortable?.getIsSorted() ?? false
          return (
            <th
              key={column.id}
              scope="col"
              style={column.width ? { width: column.width } : undefined}
              data-numeric={column.numeric || undefined}
              aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : sortable && 'none'}
            >
              {sortable ? (
                <SortButton title={column.title} hint={column.hint} sorted={sorted} onSort={() => sortable.toggleSorting()} />
              ) : (
                <span className={classes.heading}>{column.title}</span>
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
