import {
  DuckDBBooleanVector,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBTimestampVector,
  type DuckDBVector,
} from '@duckdb/node-api'
import type { Sql } from '../sql'
import { renderNamed } from './dialect'
import { littleEndianHalves, type RawVector } from './vectors'

/** Stands for "no value" in whole numbers and codes of a chunk. */
export const NONE = -2_147_483_648
const TWO_32 = 4_294_967_296

/** Some thousand rows of a result, column by column. */
export interface Chunk {
  readonly rowCount: number
  /** Whole numbers, booleans (0, 1) and codes of an ENUM as 32 bits, absent ones `NONE`; BIGINT and instants (µs) as doubles, absent ones NaN. */
  readonly columns: readonly (Int32Array | Float64Array)[]
}

type Items = Int32Array | Int16Array | Int8Array | Uint32Array | Uint16Array | Uint8Array | BigInt64Array

/**
 * A result as it comes, chunk by chunk; the engine goes on computing in the meantime. Nothing else may run on the connection
 * until the end. A chunk's arrays are its own.
 */
export async function* streamChunks(connection: DuckDBConnection, query: Sql): AsyncGenerator<Chunk> {
  const { text, params } = renderNamed(query)
  const result = await connection.stream(text, params)
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) yield readChunk(chunk)
}

function readChunk(chunk: DuckDBDataChunk): Chunk {
  const columns = Array.from({ length: chunk.columnCount }, (_, index) => readVector(chunk.getColumnVector(index), chunk.rowCount))
  return { rowCount: chunk.rowCount, columns }
}

function readVector(vector: DuckDBVector, rowCount: number): Int32Array | Float64Array {
  const { items, dataView, validity } = vector as unknown as RawVector<Items> & { readonly dataView?: DataView }
  const valid = validity.data && new Uint32Array(validity.data.buffer, validity.data.byteOffset, Math.ceil(rowCount / 32))
  if (vector instanceof DuckDBTimestampVector || items instanceof BigInt64Array) return wideNumbers(littleEndianHalves(vector), valid)
  const flags =
    vector instanceof DuckDBBooleanVector && dataView ? new Uint8Array(dataView.buffer, dataView.byteOffset, rowCount) : undefined
  const values = Int32Array.from(flags ?? (items as Int32Array))
  if (valid) for (let row = 0; row < rowCount; row++) if (isGap(valid, row)) values[row] = NONE
  return values
}

function wideNumbers(halves: Int32Array, valid: Uint32Array | null): Float64Array {
  const values = new Float64Array(halves.length / 2)
  for (let row = 0; row < values.length; row++) {
    values[row] = valid && isGap(valid, row) ? Number.NaN : (halves[2 * row + 1] ?? 0) * TWO_32 + ((halves[2 * row] ?? 0) >>> 0)
  }
  return values
}

function isGap(valid: Uint32Array, row: number): boolean {
  return (((valid[row >> 5] ?? 0) >>> (row & 31)) & 1) === 0
}

/** Writes doubles that hold whole numbers into 64 bits. */
export function toHalves(values: Float64Array, halves: Int32Array, count: number): void {
  for (let row = 0; row < count; row++) {
    const value = values[row] ?? 0
    const high = Math.floor(value / TWO_32)
    halves[2 * row] = value - high * TWO_32
    halves[2 * row + 1] = high
  }
}
