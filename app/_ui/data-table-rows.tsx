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
import dynamic from 'next/dynamic'
import { useEffect, useMemo, useRef } from 'react'
import type { DataTableProps, TableColumn, TablePage } from './data-table'
import classes from './data-table.module.css'
import { DataTableBody } from './data-table-body'
import { DataTableHead } from './data-table-head'
import { usePrinting } from './print/print-mode'
import { useFitPaper } from './print/use-fit-paper'
import { useShell } from './shell-context'
import { useIsList } from './use-is-list'

const DataTableOrder = dynamic(() => import('./data-table-order').then((module) => module.DataTableOrder), {
  loading: () => <div className={classes.order} />,
})

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
/** px of a row that is a paragraph, more or less. */
const LISTED_HEIGHT = 92

type DataTableRowsProps<Row> = DataTableProps<Row> & Required<Pick<DataTableProps<Row>, 'maxHeight' | 'rowHeight' | 'listBelow'>>

/** Sortable, with only the rows in sight in the page. */
export function DataTableRows<Row>({ maxHeight, rowHeight, listBelow, ...props }: DataTableRowsProps<Row>) {
  const { label, rows, columns, page } = props
  const table = useSortable(props)
  const scroller = useRef<HTMLDivElement>(null)
  const first = page?.first ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [first])
  const order = table.getRowModel().rows
  const sorted = useMemo(() => order.map(({ original }) => rows[original.index] as Row), [order, rows])
  const isPrinting = usePrinting()
  const isList = useIsList(scroller, listBelow)
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isList ? LISTED_HEIGHT : rowHeight),
    overscan: 12,
    initialRect: { width: 800, height: maxHeight },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of the other form have other heights
  useEffect(() => virtual.measure(), [isList])
  const grid = useRef<HTMLTableElement>(null)
  useFitPaper(grid)
  const items = virtual.getVirtualItems()
  const printed = sorted.length > LONGEST_PRINTED ? sorted.slice(0, PRINTED_ROWS) : sorted
  const all = page?.all ?? sorted.length
  const shown = isPrinting ? printed.map((_, index) => index) : items.map(({ index }) => index)
  const before = isPrinting ? 0 : (items[0]?.start ?? 0)
  const after = isPrinting ? 0 : virtual.getTotalSize() - (items[items.length - 1]?.end ?? 0)
  return (
    <>
      {isList && sorted.length > 1 && <DataTableOrder columns={columns} table={table} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: rows scroll, also by keyboard */}
      <section ref={scroller} className={`sg-scrolls ${classes.scroller}`} style={{ maxHeight }} tabIndex={0} aria-label={label}>
        {isPrinting && printed.length < all && <Cut first={first} shown={printed.length} all={all} />}
        <table ref={grid} className={classes.table} data-list={isList || undefined} aria-rowcount={all + 1}>
          <DataTableHead columns={columns} table={isPrinting || isList ? undefined : table} />
          <DataTableBody
            columns={columns}
            rows={sorted}
            shown={shown}
            before={before}
            after={after}
            first={first}
            rowHeight={isPrinting || isList ? undefined : rowHeight}
            measure={isPrinting ? undefined : virtual.measureElement}
          />
        </table>
      </section>
    </>
  )
}

function useSortable<Row>({ rows, columns, initialSort, page }: DataTableProps<Row>) {
  const definitions = useMemo(() => columns.map((column) => definition(column, rows)), [columns, rows])
  const data = useMemo(() => rows.map((_, index): TablePlace => ({ index })), [rows])
  return useTable({
    features,
    columns: definitions,
    data,
    initialState: { sorting: initialSort ? [{ ...initialSort }] : [] } as { sorting: SortingState },
    ...(page ? sortedElsewhere(page) : {}),
  })
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
