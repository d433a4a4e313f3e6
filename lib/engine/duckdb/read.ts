import {
  DuckDBBigIntVector,
  DuckDBBooleanVector,
  type DuckDBDataChunk,
  DuckDBDateVector,
  DuckDBDoubleVector,
  DuckDBIntegerVector,
  type DuckDBResult,
  DuckDBSmallIntVector,
  DuckDBTimestampVector,
  DuckDBTinyIntVector,
  type DuckDBVector,
} from '@duckdb/node-api'
import { type Column, type ColumnKind, type ColumnTable, emptyValues } from '../columns'

/** The typed arrays behind a vector; node-api keeps them out of its types but not out of reach. */
interface RawVector {
  readonly items: Int32Array | Float64Array | BigInt64Array | Int16Array | Int8Array
}

const MICROSECONDS_PER_MS = 1000

/** All of a result, column by column, without a row object in between. BIGINT becomes `int`; what does not fit throws. */
export async function readColumns(result: DuckDBResult): Promise<ColumnTable> {
  const chunks = await result.fetchAllChunks()
  const rowCount = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0)
  const columns = result.columnNames().map((name, index) => readColumn(name, index, chunks, rowCount))
  return { rowCount, columns }
}

function readColumn(name: string, index: number, chunks: readonly DuckDBDataChunk[], rowCount: number): Column {
  const first = chunks[0]?.getColumnVector(index)
  const kind = first ? kindOf(first, name) : 'text'
  if (kind === 'text') {
    const values: (string | null)[] = []
    for (const chunk of chunks) for (const value of chunk.getColumnValues(index)) values.push(value === null ? null : String(value))
    return { name, kind, values }
  }
  const values = emptyValues(kind, rowCount)
  const valid = new Uint8Array(rowCount).fill(1)
  let offset = 0
  let gaps = 0
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(index)
    copyValues(vector, values, offset, name)
    gaps += copyValidity(vector, valid, offset)
    offset += chunk.rowCount
  }
  return gaps ? { name, kind, values, valid } : { name, kind, values }
}

function kindOf(vector: DuckDBVector, name: string): ColumnKind {
  if (vector instanceof DuckDBDoubleVector) return 'float'
  if (vector instanceof DuckDBBooleanVector) return 'bool'
  if (vector instanceof DuckDBTimestampVector) return 'instant'
  if (vector instanceof DuckDBDateVector) return 'day'
  const integer = [DuckDBIntegerVector, DuckDBSmallIntVector, DuckDBTinyIntVector, DuckDBBigIntVector]
  if (integer.some((type) => vector instanceof type)) return 'int'
  if (vector.type.alias || vector.type.toString() === 'VARCHAR' || vector.type.toString().startsWith('ENUM')) return 'text'
  throw new TypeError(`column ${name} has the type ${vector.type}, which needs a cast in the query`)
}

function copyValues(vector: DuckDBVector, target: Int32Array | Float64Array | Uint8Array, offset: number, name: string): void {
  if (vector instanceof DuckDBBooleanVector || vector instanceof DuckDBDateVector) {
    for (let row = 0; row < vector.itemCount; row++) {
      const value = vector.getItem(row)
      target[offset + row] = value === null ? 0 : typeof value === 'boolean' ? Number(value) : value.days
    }
    return
  }
  const { items } = vector as unknown as RawVector
  if (!(items instanceof BigInt64Array)) {
    target.set(items, offset)
    return
  }
  const scale = vector instanceof DuckDBTimestampVector ? MICROSECONDS_PER_MS : 1
  for (let row = 0; row < items.length; row++) {
    const value = Number(items[row]) / scale
    target[offset + row] = value
    if (scale === 1 && target[offset + row] !== value && vector.getItem(row) !== null) {
      throw new RangeError(`column ${name} holds ${value}, which does not fit into 32 bits: cast it to DOUBLE`)
    }
  }
}

function copyValidity(vector: DuckDBVector, valid: Uint8Array, offset: number): number {
  let gaps = 0
  for (let row = 0; row < vector.itemCount; row++) {
    if (vector.getItem(row) === null) {
      valid[offset + row] = 0
      gaps++
    }
  }
  return gaps
}
