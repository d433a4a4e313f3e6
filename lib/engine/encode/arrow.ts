import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
} from 'apache-arrow'
import type { Column, ColumnTable } from '../columns'

/** Key of the schema's metadata under which an answer speaks of itself. */
const ARROW_METADATA_KEY = 'streamgauge'

/** Arrow IPC stream of one batch, straight from the typed arrays; texts are dictionaries. Equal tables give equal bytes. */
export function encodeArrow(table: ColumnTable, metadata?: unknown): Uint8Array<ArrayBuffer> {
  const children = table.columns.map((column, index) => toData(column, table.rowCount, index))
  const fields = table.columns.map((column, index) => new Field(column.name, children[index]?.type ?? new Utf8(), true))
  const described = new Map(metadata === undefined ? [] : [[ARROW_METADATA_KEY, JSON.stringify(metadata)]])
  const schema = new Schema(fields, described)
  const data = makeData({ type: new Struct(fields), length: table.rowCount, nullCount: 0, children })
  return tableToIPC(new Table(schema, new RecordBatch(schema, data)), 'stream') as Uint8Array<ArrayBuffer>
}

function toData(column: Column, length: number, index: number): Data<DataType> {
  if (column.kind === 'text') return textData(column.values as readonly (string | null)[], index)
  const gaps = column.valid ? validityOf(column.valid) : { nullCount: 0 }
  const numbers = column.values as Int32Array | Float64Array | Uint8Array
  if (column.kind === 'bool') return makeData({ type: new Bool(), length, data: packBits(numbers), ...gaps })
  if (column.kind === 'float') return makeData({ type: new Float64(), length, data: Float64Array.from(numbers), ...gaps })
  if (column.kind === 'instant') return makeData({ type: instantType, length, data: toBigInts(numbers), ...gaps })
  const data = Int32Array.from(numbers)
  return column.kind === 'day'
    ? makeData({ type: new DateDay(), length, data, ...gaps })
    : makeData({ type: new Int32(), length, data, ...gaps })
}

const instantType = new TimestampMillisecond('UTC')

function textData(values: readonly (string | null)[], index: number): Data<DataType> {
  const positions = new Map<string, number>()
  const indices = new Int32Array(values.length)
  const valid = new Uint8Array(values.length)
  values.forEach((value, row) => {
    if (value === null) return
    const position = positions.get(value) ?? positions.size
    positions.set(value, position)
    indices[row] = position
    valid[row] = 1
  })
  return makeData({
    type: new Dictionary(new Utf8(), new Int32(), index),
    length: values.length,
    data: indices,
    dictionary: makeVector(utf8Data([...positions.keys()])),
    ...validityOf(valid),
  })
}

function utf8Data(texts: readonly string[]): Data<Utf8> {
  const encoded = texts.map((text) => Buffer.from(text, 'utf8'))
  const valueOffsets = new Int32Array(texts.length + 1)
  encoded.forEach((bytes, index) => {
    valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + bytes.length
  })
  return makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data: Buffer.concat(encoded) })
}

function validityOf(valid: Uint8Array): { nullCount: number; nullBitmap?: Uint8Array } {
  const nullCount = valid.reduce((gaps, isValid) => gaps + (isValid ? 0 : 1), 0)
  return nullCount ? { nullCount, nullBitmap: packBits(valid) } : { nullCount }
}

function packBits(flags: ArrayLike<number>): Uint8Array {
  const bits = new Uint8Array(Math.ceil(flags.length / 8))
  for (let row = 0; row < flags.length; row++) if (flags[row]) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7))
  return bits
}

function toBigInts(numbers: ArrayLike<number>): BigInt64Array {
  return BigInt64Array.from({ length: numbers.length }, (_, row) => BigInt(Math.round(numbers[row] ?? 0)))
}
