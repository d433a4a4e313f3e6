import { type ColumnTable, cellAt } from '../columns'
import { plainCell } from './cell-text'

/** An array of objects, one a row and a line, keys = columns. */
export function encodeJson(table: ColumnTable): string {
  const keys = table.columns.map((column, index) => `${index ? ',' : '{'}${JSON.stringify(column.name)}:`)
  const lines: string[] = []
  for (let row = 0; row < table.rowCount; row++) {
    let line = ''
    table.columns.forEach((column, index) => {
      line += `${keys[index]}${JSON.stringify(plainCell(cellAt(column, row), column.kind))}`
    })
    lines.push(`${line || '{'}}`)
  }
  return lines.length ? `[\n${lines.join(',\n')}\n]\n` : '[]\n'
}
