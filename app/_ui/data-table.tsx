'use client'

import { lazy, type ReactNode, Suspense } from 'react'
import classes from './data-table.module.css'
import type { DataTableRows } from './data-table-rows'
import { PanelSkeleton } from './panel-states'

export interface TableColumn<Row> {
  readonly id: string
  readonly title: string
  /** Definition in a line. */
  readonly hint?: string
  /** What is sorted by; null goes last. */
  readonly value: (row: Row) => string | number | null
  readonly cell: (row: Row) => ReactNode
  readonly numeric?: boolean
  /** px; without it as wide as its texts. */
  readonly width?: number
  /** As wide as the others leave room for; longer texts go on below, and end in an ellipsis after three lines. */
  readonly grows?: boolean
  /** px at most; longer texts go on below. */
  readonly wraps?: number
  /** Says by itself what it is: in a list it needs no title beside it. */
  readonly bare?: boolean
}

export interface TableSort {
  readonly id: string
  readonly desc: boolean
}

/** Of a page of rows that are sorted by whoever gives them. */
export interface TablePage {
  readonly sort: TableSort
  readonly onSort: (sort: TableSort) => void
  /** Rows before the page, and in all. */
  readonly first: number
  readonly all: number
}

export interface DataTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly TableColumn<Row>[]
  readonly initialSort?: TableSort
  /** Absent: all rows are there, and the table sorts them. */
  readonly page?: TablePage
  /** px at most; beyond, rows scroll. */
  readonly maxHeight?: number
  readonly rowHeight?: number
  /** px of width below which each row is a paragraph of its own; 0: never, columns scroll sideways instead. */
  readonly listBelow?: number
}

const LIST_BELOW = 440
const MAX_HEIGHT = 420
const [HEAD_HEIGHT, ROW_HEIGHT] = [32, 32]

// The table libraries come with the first table, never before the first chart. A lazy component forgets what its rows are.
const Rows = lazy(async () => ({ default: (await import('./data-table-rows')).DataTableRows })) as unknown as typeof DataTableRows

/** Sortable, with only the rows in sight in the page. */
export function DataTable<Row>({ rowHeight = ROW_HEIGHT, maxHeight = MAX_HEIGHT, listBelow = LIST_BELOW, ...props }: DataTableProps<Row>) {
  const height = Math.min(HEAD_HEIGHT + props.rows.length * rowHeight, maxHeight)
  return (
    <Suspense fallback={<Waiting height={height} />}>
      <Rows {...props} rowHeight={rowHeight} maxHeight={maxHeight} listBelow={listBelow} />
    </Suspense>
  )
}

function Waiting({ height }: { height: number }) {
  return (
    <div className={classes.scroller} aria-busy>
      <PanelSkeleton height={height} />
    </div>
  )
}
