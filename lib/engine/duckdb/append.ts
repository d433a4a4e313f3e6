import {
  BOOLEAN,
  DATE,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBVector,
  INTEGER,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api'
import type { Column, ColumnKind, ColumnTable } from '../columns'
import { ident, join, quotedName, type Sql, sql } from '../sql'

/** DuckDB's vectors hold so many rows. */
const CHUNK_ROWS = 2048
const MICROSECONDS_PER_MS = 1000n

const TYPES: Readonly<Record<ColumnKind, DuckDBType>> = {
  int: INTEGER,
  float: DOUBLE,
  text: VARCHAR,
  bool: BOOLEAN,
  day: DATE,
  instant: TIMESTAMP,
}

/** `name TYPE, …` for a table that takes such columns. */
export function columnTypes(columns: readonly Pick<Column, 'name' | 'kind'>[]): Sql {
  return join(columns.map(({ name, kind }) => sql`${quotedName(name)} ${ident(TYPES[kind].toString())}`))
}

/** Appends rows chunk by chunk; the table has the columns of `columnTypes`, in their order. */
export async function appendColumns(connection: DuckDBConnection, table: string, rows: ColumnTable): Promise<void> {
  const appender = await connection.createAppender(table)
  try {
    for (let from = 0; from < rows.rowCount; from += CHUNK_ROWS) {
      const length = Math.min(CHUNK_ROWS, rows.rowCount - from)
      const chunk = DuckDBDataChunk.create(
        rows.columns.map((column) => TYPES[column.kind]),
        length,
      )
      rows.columns.forEach((column, index) => {
        fillVector(chunk.getColumnVector(index), column, from, length)
      })
      appender.appendDataChunk(chunk)
    }
    appender.flushSync()
  } finally {
    appender.closeSync()
  }
}

interface NumberVector {
  readonly items: Int32Array | Float64Array
}
interface InstantVector {
  readonly items: BigInt64Array
}
interface SettableVector {
  setItem(row: number, value: string | boolean | null): void
}

function fillVector(vector: DuckDBVector, column: Column, from: number, length: number): void {
  const { kind, values } = column
  if (kind === 'int' || kind === 'float' || kind === 'day') {
    const { items } = vector as unknown as NumberVector
    for (let row = 0; row < length; row++) items[row] = Number(values[from + row])
  } else if (kind === 'instant') {
    const { items } = vector as unknown as InstantVector
    for (let row = 0; row < length; row++) items[row] = BigInt(Math.round(Number(values[from + row]))) * MICROSECONDS_PER_MS
  } else {
    const target = vector as unknown as SettableVector
    for (let row = 0; row < length; row++) {
      const value = values[from + row] ?? null
      target.setItem(row, typeof value === 'number' ? value === 1 : value)
    }
  }
  if (column.valid) markGaps(vector, column.valid, from, length)
  vector.flush()
}

function markGaps(vector: DuckDBVector, valid: Uint8Array, from: number, length: number): void {
  const target = vector as unknown as SettableVector
  for (let row = 0; row < length; row++) if (valid[from + row] === 0) target.setItem(row, null)
}
