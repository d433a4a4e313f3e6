import {
  DuckDBBooleanVector,
  type DuckDBDataChunk,
  type DuckDBMaterializedResult,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBVector,
} from '@duckdb/node-api'
import bindings from '@duckdb/node-bindings'
import { type Column, type ColumnKind, type ColumnTable, emptyValues, TextColumn } from '../columns'
import { Texts } from './texts'
import { copyValidity, littleEndianHalves, type RawVector } from './vectors'

const MICROSECONDS_PER_MS = 1000
const TWO_TO_32 = 2 ** 32
/** 2048 rows each: after so many the event loop gets its turn. */
const CHUNKS_AT_ONCE = 64

/** Takes the vectors of one column, in their order. */
interface ColumnReader {
  append(vector: DuckDBVector, offset: number, valid: Uint8Array | undefined): void
  finish(valid: Uint8Array | undefined): Column
}

/** All of a result, column by column, without a row object in between. BIGINT becomes `int`; what does not fit throws. */
export async function readColumns(result: DuckDBMaterializedResult): Promise<ColumnTable> {
  const { rowCount, chunkCount } = result
  const types = result.columnNames().map((_name, index) => result.columnType(index))
  const readers = result.columnNames().map((name, index) => readerOf(name, types[index] as DuckDBType, rowCount))
  const gaps: (Uint8Array | undefined)[] = readers.map(() => undefined)
  let offset = 0
  for (let at = 0; at < chunkCount; at++) {
    if (at % CHUNKS_AT_ONCE === CHUNKS_AT_ONCE - 1) await new Promise(setImmediate)
    const chunk = result.getChunk(at)
    for (const [index, reader] of readers.entries()) {
      const vector = vectorOf(chunk, index, types[index] as DuckDBType)
      gaps[index] = copyValidity(vector, gaps[index], offset, rowCount)
      reader.append(vector, offset, gaps[index])
    }
    offset += chunk.rowCount
  }
  return { rowCount, columns: readers.map((reader, index) => reader.finish(gaps[index])) }
}

/** As `getColumnVector`, which would read the values of an ENUM anew for each 2048 rows. */
function vectorOf(chunk: DuckDBDataChunk, index: number, type: DuckDBType): DuckDBVector {
  if (type.typeId !== DuckDBTypeId.ENUM) return chunk.getColumnVector(index)
  return DuckDBVector.create(bindings.data_chunk_get_vector(chunk.chunk, index), chunk.rowCount, type)
}

function readerOf(name: string, type: DuckDBType, rowCount: number): ColumnReader {
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
      return new TextReader(name, rowCount)
    case DuckDBTypeId.ENUM:
      return new EnumReader(name, rowCount)
    case DuckDBTypeId.BIGINT:
      return new BigintReader(name, rowCount)
    case DuckDBTypeId.TIMESTAMP:
      return new InstantReader(name, rowCount)
    case DuckDBTypeId.BOOLEAN:
      return new FlagReader(name, rowCount)
    case DuckDBTypeId.DOUBLE:
      return new NumberReader(name, 'float', rowCount)
    case DuckDBTypeId.DATE:
      return new NumberReader(name, 'day', rowCount)
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.TINYINT:
      return new NumberReader(name, 'int', rowCount)
    default:
      throw new TypeError(`column ${name} has the type ${type}, which needs a cast in the query`)
  }
}

class NumberReader implements ColumnReader {
  private readonly values: Int32Array | Float64Array | Uint8Array

  constructor(
    private readonly name: string,
    private readonly kind: Exclude<ColumnKind, 'text'>,
    rowCount: number,
  ) {
    this.values = emptyValues(kind, rowCount)
  }

  append(vector: DuckDBVector, offset: number): void {
    this.values.set((vector as unknown as RawVector<Int32Array>).items, offset)
  }

  finish(valid: Uint8Array | undefined): Column {
    return columnOf(this.name, this.kind, this.values, valid)
  }
}

class FlagReader implements ColumnReader {
  private readonly values: Uint8Array

  constructor(
    private readonly name: string,
    rowCount: number,
  ) {
    this.values = new Uint8Array(rowCount)
  }

  append(vector: DuckDBVector, offset: number): void {
    const { dataView } = vector as unknown as { readonly dataView: DataView }
    if (!(vector instanceof DuckDBBooleanVector)) throw new TypeError(`column ${this.name} is no BOOLEAN`)
    this.values.set(new Uint8Array(dataView.buffer, dataView.byteOffset, vector.itemCount), offset)
  }

  finish(valid: Uint8Array | undefined): Column {
    return columnOf(this.name, 'bool', this.values, valid)
  }
}

/** 64 bits are read as halves: a BigInt for each row would cost more than all the rest. */
class BigintReader implements ColumnReader {
  private readonly values: Int32Array

  constructor(
    private readonly name: string,
    rowCount: number,
  ) {
    this.values = new Int32Array(rowCount)
  }

  append(vector: DuckDBVector, offset: number): void {
    const halves = littleEndianHalves(vector)
    const { values } = this
    for (let row = 0; row < vector.itemCount; row++) {
      const low = halves[2 * row] ?? 0
      values[offset + row] = low
      if (halves[2 * row + 1] !== low >> 31 && vector.getItem(row) !== null) {
        throw new RangeError(`column ${this.name} holds ${vector.getItem(row)}, which does not fit into 32 bits: cast it to DOUBLE`)
      }
    }
  }

  finish(valid: Uint8Array | undefined): Column {
    return columnOf(this.name, 'int', this.values, valid)
  }
}

class InstantReader implements ColumnReader {
  private readonly values: Float64Array

  constructor(
    private readonly name: string,
    rowCount: number,
  ) {
    this.values = new Float64Array(rowCount)
  }

  append(vector: DuckDBVector, offset: number): void {
    const halves = littleEndianHalves(vector)
    const { values } = this
    for (let row = 0; row < vector.itemCount; row++) {
      const microseconds = (halves[2 * row + 1] ?? 0) * TWO_TO_32 + ((halves[2 * row] ?? 0) >>> 0)
      values[offset + row] = microseconds / MICROSECONDS_PER_MS
    }
  }

  finish(valid: Uint8Array | undefined): Column {
    return columnOf(this.name, 'instant', this.values, valid)
  }
}

class EnumReader implements ColumnReader {
  private readonly indices: Int32Array
  #texts: readonly string[] = []

  constructor(
    private readonly name: string,
    rowCount: number,
  ) {
    this.indices = new Int32Array(rowCount)
  }

  append(vector: DuckDBVector, offset: number): void {
    const { items, enumType } = vector as unknown as RawVector<Uint8Array> & { readonly enumType: { readonly values: readonly string[] } }
    this.indices.set(items, offset)
    if (offset === 0) this.#texts = enumType.values
  }

  finish(valid: Uint8Array | undefined): Column {
    return new TextColumn(this.name, { texts: this.#texts, indices: this.indices }, valid)
  }
}

class TextReader implements ColumnReader {
  private readonly indices: Int32Array
  private readonly texts = new Texts()

  constructor(
    private readonly name: string,
    rowCount: number,
  ) {
    this.indices = new Int32Array(rowCount)
  }

  append(vector: DuckDBVector, offset: number, valid: Uint8Array | undefined): void {
    this.texts.read(vector, { target: this.indices, offset, valid })
  }

  finish(valid: Uint8Array | undefined): Column {
    return new TextColumn(this.name, { texts: this.texts.all, indices: this.indices, isCanonical: true }, valid)
  }
}

function columnOf(name: string, kind: ColumnKind, values: Int32Array | Float64Array | Uint8Array, valid: Uint8Array | undefined): Column {
  if (!valid) return { name, kind, values }
  // What lies in a gap is chance, and would make equal answers differ.
  for (let row = 0; row < valid.length; row++) if (valid[row] === 0) values[row] = 0
  return { name, kind, values, valid }
}
