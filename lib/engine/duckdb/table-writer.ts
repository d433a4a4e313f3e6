import {
  BIGINT,
  BOOLEAN,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  ENUM8,
  ENUM16,
  ENUM32,
  INTEGER,
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

/**
 * Appends rows to a table of its own, column by column: `next()` gives the place of a new row in every column's array. A number
 * `NONE` or `NaN` is no value. Rows reach the table by the thousand; `close` writes the rest.
 */
export class TableWriter {
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
    this.#chunk = DuckDBDataChunk.create(
      Object.values(columns).map((kind) => (kind === 'word' ? word : TYPES[kind])),
      CHUNK_ROWS,
    )
  }

  /** Array of a column of the kind `int`, `bool` or `word`. */
  ints(name: string): Int32Array {
    const own = this.#targets.get(name)?.own
    if (own instanceof Int32Array) return own
    throw new TypeError(`no column of 32 bits is called ${name}`)
  }

  /** Array of a column of the kind `long` or `instant`. */
  doubles(name: string): Float64Array {
    const own = this.#targets.get(name)?.own
    if (own instanceof Float64Array) return own
    throw new TypeError(`no column of 64 bits is called ${name}`)
  }

  get rowCount(): number {
    return this.#written + this.#filled
  }

  /** Place of a new row. */
  next(): number {
    if (this.#filled === CHUNK_ROWS) this.#flush()
    return this.#filled++
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
    let index = 0
    for (const target of this.#targets.values()) {
      this.#fill(target, this.#chunk.getColumnVector(index++) as unknown as WritableVector, count)
    }
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
  let isFresh = target.hadGaps
  if (isFresh) validWords.fill(ALL_VALID)
  for (let row = 0; row < count; row++) {
    const value = own[row] ?? NONE
    if (value !== NONE && !Number.isNaN(value)) continue
    if (!isFresh) validWords.fill(ALL_VALID)
    isFresh = true
    validWords[row >> 5] = (validWords[row >> 5] ?? 0) & ~(1 << (row & 31))
  }
  target.hadGaps = isFresh
  return isFresh
}

/** Creates the table and opens a writer on it. */
export async function openWriter(connection: DuckDBConnection, table: string, columns: WriterColumns, words: Words): Promise<TableWriter> {
  await connection.run(createTable(table, columns, words).texts.join(''))
  return new TableWriter(await connection.createAppender(table), columns, words)
}

function createTable(table: string, columns: WriterColumns, words: Words): Sql {
  const typed = Object.entries(columns).map(
    ([name, kind]) => sql`${ident(name)} ${ident(kind === 'word' ? words.type : TYPES[kind].toString())}`,
  )
  return sql`CREATE OR REPLACE TABLE ${ident(table)} (${join(typed)})`
}

function newTarget(kind: WriterKind): Target {
  const valid = new BigUint64Array(CHUNK_ROWS / 64)
  return { kind, own: newArray(kind), valid, validWords: new Uint32Array(valid.buffer), hadGaps: false }
}

function newArray(kind: WriterKind): Int32Array | Float64Array {
  return kind === 'long' || kind === 'instant' ? new Float64Array(CHUNK_ROWS) : new Int32Array(CHUNK_ROWS)
}

function enumOf({ texts }: Words): DuckDBType {
  return texts.length <= 255 ? ENUM8(texts) : texts.length <= 65_535 ? ENUM16(texts) : ENUM32(texts)
}
