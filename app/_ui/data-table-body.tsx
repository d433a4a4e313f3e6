'use client'

import type { TableColumn } from './data-table'
import classes from './data-table.module.css'

interface BodyProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  /** In their order. */
  readonly rows: readonly Row[]
  /** Places of those that are in the page. */
  readonly shown: readonly number[]
  /** px of the rows before and after them. */
  readonly before?: number
  readonly after?: number
  /** Rows before the first of all. */
  readonly first?: number
  /** px at least. */
  readonly rowHeight?: number
  readonly measure?: (row: HTMLTableRowElement | null) => void
}

/** The rows in sight, and room for the others. */
export function DataTableBody<Row>({ columns, rows, shown, before = 0, after = 0, first = 0, rowHeight, measure }: BodyProps<Row>) {
  return (
    <tbody>
      {before > 0 && <tr style={{ height: before }} aria-hidden />}
      {shown.map((index) => (
        <tr key={index} ref={measure} data-index={index} aria-rowindex={first + index + 2} style={{ height: rowHeight }}>
          {columns.map((column) => (
            <Cell key={column.id} column={column} row={rows[index] as Row} />
          ))}
        </tr>
      ))}
      {after > 0 && <tr style={{ height: after }} aria-hidden />}
    </tbody>
  )
}

function Cell<Row>({ column, row }: { column: TableColumn<Row>; row: Row }) {
  const { title, numeric, grows, wraps, bare } = column
  const value = column.value(row)
  const cell = column.cell(row)
  return (
    <td
      data-numeric={numeric || undefined}
      data-grows={grows || undefined}
      data-label={bare || grows ? undefined : title}
      data-none={value === null || value === '' || undefined}
    >
      {grows && (
        <div className={classes.lines} title={typeof value === 'string' ? value : undefined}>
          {cell}
        </div>
      )}
      {wraps !== undefined && (
        <div className={classes.wraps} style={{ maxWidth: wraps }}>
          {cell}
        </div>
      )}
      {!grows && wraps === undefined && cell}
    </td>
  )
}
