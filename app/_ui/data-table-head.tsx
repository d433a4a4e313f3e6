'use client'

import type { ReactTable } from '@tanstack/react-table'
import type { TableColumn } from './data-table'
import type { TableFeatureSet, TablePlace } from './data-table-rows'
import { SortButton } from './data-table-sort'
import { usePrinting } from './print/print-mode'

interface HeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  readonly table: ReactTable<TableFeatureSet, TablePlace>
}

/** Column titles that sort: first click up or down as the column reads best, second the other way. */
export function DataTableHead<Row>({ columns, table }: HeadProps<Row>) {
  // A sheet's head is drawn again on the next without its buttons.
  const isPrinting = usePrinting()
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
              {isPrinting ? (
                column.title
              ) : (
                <SortButton
                  title={column.title}
                  hint={column.hint}
                  sorted={sorted}
                  onSort={() => table.getColumn(column.id)?.toggleSorting()}
                />
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
