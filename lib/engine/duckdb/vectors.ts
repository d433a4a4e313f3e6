import type { DuckDBVector } from '@duckdb/node-api'

/** What lies behind a vector; node-api keeps it out of its types but not out of reach. */
export interface RawVector<Items> {
  readonly items: Items
  /** One bit a row, 1 where there is a value; null: everywhere. */
  readonly validity: { readonly data: BigUint64Array | null }
}

/** Notes which rows of a vector are gaps, in an array of all rows that is made with the first gap. */
export function copyValidity(
  vector: DuckDBVector,
  valid: Uint8Array | undefined,
  offset: number,
  rowCount: number,
): Uint8Array | undefined {
  const { data } = (vector as unknown as RawVector<unknown>).validity
  if (!data) return valid
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const rows = vector.itemCount
  if (!hasGap(bytes, rows)) return valid
  const target = valid ?? new Uint8Array(rowCount).fill(1)
  for (let row = 0; row < rows; row++) target[offset + row] = ((bytes[row >> 3] ?? 0) >> (row & 7)) & 1
  return target
}

function hasGap(bytes: Uint8Array, rows: number): boolean {
  const whole = rows >> 3
  for (let at = 0; at < whole; at++) if (bytes[at] !== 0xff) return true
  const rest = (1 << (rows & 7)) - 1
  return ((bytes[whole] ?? 0) & rest) !== rest
}

/** Numbers of 64 bits as pairs of 32: the low half first. */
export function littleEndianHalves(vector: DuckDBVector): Int32Array {
  const { items } = vector as unknown as RawVector<BigInt64Array>
  return new Int32Array(items.buffer, items.byteOffset, items.length * 2)
}
