import {
  BIGINT,
  BOOLEAN,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBStructVector,
  type DuckDBType,
  ENUM8,
  ENUM16,
  ENUM32,
  INTEGER,
  STRUCT,
  TIMESTAMP,
} from '@duckdb/node-api'
import { ident, join, type Sql, sql } from '../sql'
import { NONE, toHalves } from './chunks'

/** DuckDB's vectors hold so many rows. */
const CHUNK_ROWS = 2048
const ALL_VALID = 0xffff_ffff

/** `int` and `word` (a code of the words) take 32 bits, `long` and `instant` (µs) are doubles, `bool` is 0 or 1. */
export type WriterKind = 'int' | 'long' | 'instant' | 'bool' | 'word'
export type WriterColumns = Readonly<Record<string, WriterKind>>

const TYPES: Readonly<Record<Exclude<WriterKind, 'word'>, DuckDBType>> = { int: INTEGER, long: BIGINT, bool: BOOLEAN, instant: TIMESTAMP }

/** Texts by code, as an ENUM of the database holds them. */
export interface Words {
  /** Name of the ENUM. */
  readonly type: string
  readonly texts: readonly string[]
}

interface Target {
  readonly kind: WriterKind
  readonly own: Int32Array | Float64Array
  /** A bit per row. */
  readonly valid: BigUint64Array
  readonly validWords: Uint32Array
  /** Whether a row without a value was ever written. */
  hadGaps: boolean
}

interface WritableVector {
  items: Int32Array | Uint32Array | Uint16Array | Uint8Array | BigInt64Array
  readonly dataView?: DataView
  readonly validity: { data: BigUint64Array | null }
  flush(): void
}

/** Takes rows column by column: `next()` gives the place of a new row in every column's array. A number `NONE` or `NaN` is no value. */
export interface TableWriter {
  readonly rowCount: number
  /** Array of a column of the kind `int`, `bool` or `word`. */
  ints(name: string): Int32Array
  /** Array of a column of the kind `long` or `instant`. */
  doubles(name: string): Float64Array
  /** Place of a new row. */
  next(): number
}

/** Appends rows to a table of its own, which they reach by the thousand; `close` writes the rest. */
export class TableAppender implements TableWriter {
  readonly #targets: ReadonlyMap<string, Target>
  readonly #chunk: DuckDBDataChunk
  #filled = 0
  #written = 0

  constructor(
    private readonly appender: DuckDBAppender,
    columns: WriterColumns,
    words: Words,
  ) {
    this.#targets = new Map(Object.entries(columns).map(([name, kind]) => [name, newTarget(kind)] as const))
    const word = enumOf(words)
    const types = Object.entries(columns).map(([name, kind]): [string, DuckDBType] => [name, kind === 'word' ? word : TYPES[kind]])
    this.#chunk = DuckDBDataChunk.create([STRUCT(Object.fromEntries(types))], CHUNK_ROWS)
  }

  ints(name: string): Int32Array {
    return intsOf(this.#targets.get(name)?.own, name)
  }

  doubles(name: string): Float64Array {
    return doublesOf(this.#targets.get(name)?.own, name)
  }

  get rowCount(): number {
    return this.#written + this.#filled
  }

  next(): number {
    if (this.#filled === CHUNK_ROWS) this.#flush()
    return this.#filled++
  }

  /** Makes room for rows that stand together. @returns for how many, at least one */
  room(): number {
    if (this.#filled === CHUNK_ROWS) this.#flush()
    return CHUNK_ROWS - this.#filled
  }

  /** Place of the first of some new rows for which there is room. */
  take(count: number): number {
    this.#filled += count
    return this.#filled - count
  }

  close(): void {
    if (this.#filled) this.#flush()
    this.appender.flushSync()
    this.appender.closeSync()
  }

  #flush(): void {
    const count = this.#filled
    // The chunk's vectors are made anew whenever its length is set, which costs more than filling them.
    if (count < CHUNK_ROWS) this.#chunk.rowCount = count
    const row = this.#chunk.getColumnVector(0) as DuckDBStructVector
    let index = 0
    for (const target of this.#targets.values()) this.#fill(target, row.entryVectorAt(index++) as unknown as WritableVector, count)
    this.appender.appendDataChunk(this.#chunk)
    this.#written += count
    this.#filled = 0
  }

  #fill(target: Target, vector: WritableVector, count: number): void {
    const { kind, own } = target
    if (own instanceof Float64Array) toHalves(own, new Int32Array(vector.items.buffer, vector.items.byteOffset, count * 2), count)
    else if (kind === 'bool' && vector.dataView) {
      new Uint8Array(vector.dataView.buffer, vector.dataView.byteOffset, count).set(own.subarray(0, count))
    } else (vector.items as Int32Array).set(own.subarray(0, count))
    if (markGaps(target, count)) vector.validity.data = target.valid.subarray(0, Math.ceil(count / 64))
    vector.flush()
  }
}

/** Marks which rows have a value. @returns whether all of the vector's marks must be written: they stay as they were otherwise */
function markGaps(target: Target, count: number): boolean {
  const { own, validWords } = target
  const first = own instanceof Int32Array ? own.subarray(0, count).indexOf(NONE) : nextNaN(own, 0, count)
  const isFresh = target.hadGaps || first >= 0
  target.hadGaps = isFresh
  if (!isFresh) return false
  validWords.fill(ALL_VALID)
  if (first < 0) return true
  if (own instanceof Int32Array) markNone(own, validWords, first, count)
  else for (let row = first; row >= 0; row = nextNaN(own, row + 1, count)) markGap(validWords, row)
  return true
}

function markNone(own: Int32Array, validWords: Uint32Array, first: number, count: number): void {
  for (let row = first; row < count; row++) if (own[row] === NONE) markGap(validWords, row)
}

/** -1: there is none. */
function nextNaN(own: Float64Array, from: number, count: number): number {
  for (let row = from; row < count; row++) if (Number.isNaN(own[row])) return row
  return -1
}

function markGap(validWords: Uint32Array, row: number): void {
  validWords[row >> 5] = (validWords[row >> 5] ?? 0) & ~(1 << (row & 31))
}

/**
 * Creates the table and opens a writer on it. Its rows are kept as one value each, with a view that takes them apart: the database counts
 * the different values of every column that stands by itself, which takes longer than all the rest of appending.
 */
export async function openWriter(
  connection: DuckDBConnection,
  table: string,
  columns: WriterColumns,
  words: Words,
): Promise<TableAppender> {
  const typed = Object.entries(columns).map(
    ([name, kind]) => sql`${ident(name)} ${ident(kind === 'word' ? words.type : TYPES[kind].toString())}`,
  )
  const rows = rowsOf(table)
  await connection.run(sql`CREATE OR REPLACE TABLE ${ident(rows)} (row_value STRUCT(${join(typed)}))`.texts.join(''))
  await connection.run(sql`CREATE OR REPLACE VIEW ${ident(table)} AS SELECT row_value.* FROM ${ident(rows)}`.texts.join(''))
  return new TableAppender(await connection.createAppender(rows), columns, words)
}

/** Statements that drop a table which a writer was opened on. */
export function dropWritten(table: string): Sql[] {
  return [sql`DROP VIEW ${ident(table)}`, sql`DROP TABLE ${ident(rowsOf(table))}`]
}

function rowsOf(table: string): string {
  return `rows_of_${table}`
}

function newTarget(kind: WriterKind): Target {
  const valid = new BigUint64Array(CHUNK_ROWS / 64)
  return { kind, own: newArray(kind, CHUNK_ROWS), valid, validWords: new Uint32Array(valid.buffer), hadGaps: false }
}

/** Room for values of a column. */
export function newArray(kind: WriterKind, length: number): Int32Array | Float64Array {
  return kind === 'long' || kind === 'instant' ? new Float64Array(length) : new Int32Array(length)
}

export function intsOf(own: Int32Array | Float64Array | undefined, name: string): Int32Array {
  if (own instanceof Int32Array) return own
  throw new TypeError(`no column of 32 bits is called ${name}`)
}

export function doublesOf(own: Int32Array | Float64Array | undefined, name: string): Float64Array {
  if (own instanceof Float64Array) return own
  throw new TypeError(`no column of 64 bits is called ${name}`)
}

function enumOf({ texts }: Words): DuckDBType {
  return texts.length <= 255 ? ENUM8(texts) : texts.length <= 65_535 ? ENUM16(texts) : ENUM32(texts)
}
