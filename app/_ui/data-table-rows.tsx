'use client'

import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import type { DataTableProps, TableColumn, TablePage } from './data-table'
import classes from './data-table.module.css'
import { DataTableHead } from './data-table-head'
import { usePrinting } from './print/print-mode'
import { useFitPaper } from './print/use-fit-paper'
import { useShell } from './shell-context'

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
})
export type TableFeatureSet = typeof features

/** The table library orders places; the rows themselves may be anything. */
export interface TablePlace {
  readonly index: number
}

/** Of a longer table only the first rows come on paper. */
const [LONGEST_PRINTED, PRINTED_ROWS] = [200, 60]

type DataTableRowsProps<Row> = DataTableProps<Row> & Required<Pick<DataTableProps<Row>, 'maxHeight' | 'rowHeight'>>

/** Sortable, with only the rows in sight in the page. */
export function DataTableRows<Row>({ label, rows, columns, initialSort, page, maxHeight, rowHeight }: DataTableRowsProps<Row>) {
  const definitions = useMemo(() => columns.map((column) => definition(column, rows)), [columns, rows])
  const data = useMemo(() => rows.map((_, index): TablePlace => ({ index })), [rows])
  const table = useTable({
    features,
    columns: definitions,
    data,
    initialState: { sorting: initialSort ? [{ ...initialSort }] : [] } as { sorting: SortingState },
    ...(page ? sortedElsewhere(page) : {}),
  })
  const scroller = useRef<HTMLDivElement>(null)
  const first = page?.first ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [first])
  const sorted = table.getRowModel().rows
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 800, height: maxHeight },
  })
  const isPrinting = usePrinting()
  const grid = useRef<HTMLTableElement>(null)
  useFitPaper(grid)
  const items = virtual.getVirtualItems()
  const printed = sorted.length > LONGEST_PRINTED ? sorted.slice(0, PRINTED_ROWS) : sorted
  const all = page?.all ?? sorted.length
  const shown = isPrinting ? printed.map((_, index) => index) : items.map(({ index }) => index)
  const before = isPrinting ? 0 : (items[0]?.start ?? 0)
  const after = isPrinting ? 0 : virtual.getTotalSize() - (items[items.length - 1]?.end ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: rows scroll, also by keyboard
    <section ref={scroller} className={classes.scroller} style={{ maxHeight }} tabIndex={0} aria-label={label}>
      {isPrinting && printed.length < all && <Cut first={first} shown={printed.length} all={all} />}
      <table ref={grid} className={classes.table} aria-rowcount={all + 1}>
        <DataTableHead columns={columns} table={table} />
        <tbody>
          {before > 0 && <tr style={{ height: before }} aria-hidden />}
          {shown.map((index) => (
            <tr key={sorted[index]?.id} aria-rowindex={first + index + 2} style={{ height: isPrinting ? undefined : rowHeight }}>
              {columns.map((column) => (
                <td key={column.id} data-numeric={column.numeric || undefined} data-grows={column.grows || undefined}>
                  {column.cell(rows[sorted[index]?.original.index ?? 0] as Row)}
                </td>
              ))}
            </tr>
          ))}
          {after > 0 && <tr style={{ height: after }} aria-hidden />}
        </tbody>
      </table>
    </section>
  )
}

function sortedElsewhere({ sort, onSort }: TablePage) {
  const sorting: SortingState = [{ ...sort }]
  return {
    ...{ state: { sorting }, manualSorting: true, enableSortingRemoval: false },
    onSortingChange: (next: SortingState | ((before: SortingState) => SortingState)) => {
      const [asked] = typeof next === 'function' ? next(sorting) : next
      if (asked) onSort(asked)
    },
  }
}

/** Which rows are on paper, and where the others are. */
function Cut({ first, shown, all }: { first: number; shown: number; all: number }) {
  const { number } = useShell().format
  const part =
    first === 0
      ? `First ${number(shown)} of ${number(all)} rows`
      : `Rows ${number(first + 1)} to ${number(first + shown)} of ${number(all)}`
  return <p className={classes.cut}>{part}; all of them are in the CSV.</p>
}

function definition<Row>(column: TableColumn<Row>, rows: readonly Row[]): ColumnDef<TableFeatureSet, TablePlace> {
  return {
    id: column.id,
    accessorFn: ({ index }) => column.value(rows[index] as Row) ?? undefined,
    sortFn: column.numeric ? 'basic' : 'alphanumeric',
    sortUndefined: 'last',
    sortDescFirst: column.numeric === true,
  }
}
