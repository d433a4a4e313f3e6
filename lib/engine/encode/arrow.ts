import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int8,
  Int16,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
} from 'apache-arrow'
import type { Column, ColumnTable } from '../columns'
import { joined, PieceWriter } from './arrow-pieces'
import { canonical, type Numbered, utf8Data } from './arrow-text'

/** Key of the schema's metadata under which an answer speaks of itself. */
const ARROW_METADATA_KEY = 'streamgauge'
/** Rows of a batch: a multiple of eight, so that no byte of flags is shared by two. */
export const BATCH_ROWS = 65_536

/** Arrow IPC stream, straight from the typed arrays; texts are dictionaries. Equal tables give equal bytes. */
export function encodeArrow(table: ColumnTable, metadata?: unknown): Uint8Array<ArrayBuffer> {
  return joined([...arrowPieces(table, metadata)])
}

/** The same bytes piece by piece, each made when it is asked for; long tables come as several batches. */
export function* arrowPieces(table: ColumnTable, metadata?: unknown): Generator<Uint8Array<ArrayBuffer>> {
  const makers = table.columns.map(batchMaker)
  const fields = table.columns.map((column, index) => new Field(column.name, makers[index]?.type ?? new Utf8(), true))
  const described = new Map(metadata === undefined ? [] : [[ARROW_METADATA_KEY, JSON.stringify(metadata)]])
  const schema = new Schema(fields, described)
  const writer = new PieceWriter()
  let from = 0
  do {
    const length = Math.min(BATCH_ROWS, table.rowCount - from)
    const children = makers.map((maker) => maker.data(from, length))
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children })))
    yield* writer.taken()
    from += length
  } while (from < table.rowCount)
  writer.finish()
  yield* writer.taken()
}

/** Makes the parts of one column. */
interface BatchMaker {
  readonly type: DataType
  data(from: number, length: number): Data<DataType>
}

function batchMaker(column: Column, index: number): BatchMaker {
  const { kind, valid } = column
  if (kind === 'text') return textMaker(canonical(column), index)
  const values = column.values as Int32Array | Float64Array | Uint8Array
  if (kind === 'bool') {
    const type = new Bool()
    return {
      type,
      data: (from, length) => makeData({ type, length, data: packBits(values, from, length), ...validityOf(valid, from, length) }),
    }
  }
  if (kind === 'instant') {
    const type = new TimestampMillisecond('UTC')
    return {
      type,
      data: (from, length) => makeData({ type, length, data: toInt64(values, from, length), ...validityOf(valid, from, length) }),
    }
  }
  if (kind === 'float') return plainMaker(new Float64(), values instanceof Float64Array ? values : new Float64Array(values), valid)
  const numbers = values instanceof Int32Array ? values : new Int32Array(values)
  return plainMaker(kind === 'day' ? new DateDay() : new Int32(), numbers, valid)
}

/** Parts are views of the column's own array. */
function plainMaker(type: Float64 | DateDay | Int32, numbers: Float64Array | Int32Array, valid: Uint8Array | undefined): BatchMaker {
  return {
    type,
    data: (from, length) =>
      makeData({
        type: type as Int32,
        length,
        data: numbers.subarray(from, from + length) as Int32Array,
        ...validityOf(valid, from, length),
      }),
  }
}

const MOST_OF_8_BITS = 2 ** 7
const MOST_OF_16_BITS = 2 ** 15

/** All parts share one dictionary, which is written with the first; its numbers are as narrow as they can be. */
function textMaker({ texts, indices, valid }: Numbered, index: number): BatchMaker {
  const dictionary = makeVector(utf8Data(texts))
  const [width, numbers] = narrowed(indices, texts.length)
  const type = new Dictionary(new Utf8(), width, index)
  return {
    type,
    data: (from, length) =>
      makeData({ type, length, data: numbers.subarray(from, from + length), dictionary, ...validityOf(valid, from, length) }),
  }
}

function narrowed(indices: Int32Array, count: number): [Int8 | Int16 | Int32, Int8Array | Int16Array | Int32Array] {
  if (count <= MOST_OF_8_BITS) return [new Int8(), new Int8Array(indices)]
  return count <= MOST_OF_16_BITS ? [new Int16(), new Int16Array(indices)] : [new Int32(), indices]
}

function validityOf(valid: Uint8Array | undefined, from: number, length: number): { nullCount: number; nullBitmap?: Uint8Array } {
  if (!valid) return { nullCount: 0 }
  let nullCount = 0
  for (let row = from; row < from + length; row++) if (valid[row] === 0) nullCount++
  return nullCount ? { nullCount, nullBitmap: packBits(valid, from, length) } : { nullCount }
}

function packBits(flags: ArrayLike<number>, from: number, length: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(length / 8))
  for (let row = 0; row < length; row++) if (flags[from + row]) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7))
  return bits
}

const TWO_TO_32 = 2 ** 32

/** In halves of 32 bits, the low one first: a BigInt for each row would cost more than all the rest. */
function toInt64(numbers: ArrayLike<number>, from: number, length: number): BigInt64Array {
  const halves = new Int32Array(length * 2)
  for (let row = 0; row < length; row++) {
    const value = Math.round(numbers[from + row] ?? 0)
    halves[2 * row] = value
    halves[2 * row + 1] = Math.floor(value / TWO_TO_32)
  }
  return new BigInt64Array(halves.buffer)
}
