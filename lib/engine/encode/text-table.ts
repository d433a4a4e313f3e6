import { type Column, type ColumnTable, cellAt } from '../columns'
import { plainCell } from './cell-text'

const WIDEST_TEXT = 60
const SHOWN_DIGITS = 6

/** An aligned table for a terminal: numbers to the right, rounded to 6 digits, long texts cut. */
export function encodeTextTable(table: ColumnTable): string {
  const columns = table.columns.map((column) => {
    const cells = Array.from({ length: table.rowCount }, (_, row) => shownCell(column, row))
    const width = [column.name, ...cells].reduce((widest, cell) => Math.max(widest, lengthOf(cell)), 0)
    return { cells, width, name: column.name, isNumber: column.kind === 'int' || column.kind === 'float' }
  })
  const line = (cellOf: (column: (typeof columns)[number]) => string) =>
    columns
      .map((column) => padded(cellOf(column), column.width, column.isNumber))
      .join('  ')
      .trimEnd()
  const lines = [line((column) => column.name), line((column) => '─'.repeat(column.width))]
  for (let row = 0; row < table.rowCount; row++) lines.push(line((column) => column.cells[row] ?? ''))
  return `${lines.join('\n')}\n`
}

/** Control characters would reach the terminal as commands. */
function shownCell(column: Column, row: number): string {
  const cell = plainCell(cellAt(column, row), column.kind)
  if (cell === null) return '–'
  if (typeof cell === 'number') return String(column.kind === 'int' ? cell : Number(cell.toPrecision(SHOWN_DIGITS)))
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  const text = cell.replace(/\p{Cc}+/gu, ' ')
  return lengthOf(text) > WIDEST_TEXT ? `${[...text].slice(0, WIDEST_TEXT - 1).join('')}…` : text
}

function padded(text: string, width: number, toTheRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return toTheRight ? space + text : text + space
}

function lengthOf(text: string): number {
  return [...text].length
}
