import { type Column, type ColumnTable, cellAt, emptyValues, TextColumn } from '../../engine/columns'

/** Some rows of a table, in the order in which they are given. */
export function rowsAt({ columns }: ColumnTable, rows: readonly number[]): ColumnTable {
  return { rowCount: rows.length, columns: columns.map((column) => columnAt(column, rows)) }
}

function columnAt(column: Column, rows: readonly number[]): Column {
  const { name, kind, dictionary } = column
  const valid = column.valid && numbersAt(column.valid, rows, new Uint8Array(rows.length))
  if (dictionary) {
    return new TextColumn(
      name,
      { texts: dictionary.texts, indices: numbersAt(dictionary.indices, rows, new Int32Array(rows.length)) },
      valid,
    )
  }
  const { values } = column
  if (kind === 'text') return { name, kind, values: rows.map((row) => (values[row] as string | null) ?? null), valid }
  return { name, kind, values: numbersAt(values as ArrayLike<number>, rows, emptyValues(kind, rows.length)), valid }
}

function numbersAt<T extends Int32Array | Float64Array | Uint8Array>(values: ArrayLike<number>, rows: readonly number[], target: T): T {
  for (let at = 0; at < rows.length; at++) target[at] = values[rows[at] ?? 0] ?? 0
  return target
}

/** The texts of a column by row. @throws TypeError when there is no such column */
export function textsAt({ columns }: ColumnTable, name: string): (row: number) => string {
  const column = columns.find((one) => one.name === name)
  if (!column) throw new TypeError(`there is no column ${name}`)
  return (row) => String(cellAt(column, row))
}
