import { type Cell, type ColumnTable, cellAt } from '../columns'
import { plainCell } from './cell-text'

/**
 * RFC 4180: a header line, CRLF, quotes where needed. An absent value is an empty field, an empty text is `""`: values are exact,
 * so a program that takes `=…` for a formula must be told to read texts.
 */
export function encodeCsv(table: ColumnTable): string {
  const lines = [table.columns.map((column) => field(column.name)).join(',')]
  for (let row = 0; row < table.rowCount; row++) {
    lines.push(table.columns.map((column) => field(plainCell(cellAt(column, row), column.kind))).join(','))
  }
  return `${lines.join('\r\n')}\r\n`
}

function field(cell: Cell): string {
  if (cell === null) return ''
  const text = String(cell)
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
