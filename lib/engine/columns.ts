/** `int` and `day` (days since 1970-01-01) are 32 bit; `instant` is milliseconds since 1970-01-01 UTC. */
export type ColumnKind = 'int' | 'float' | 'text' | 'bool' | 'day' | 'instant'

/** A column of one kind: numbers and days in typed arrays, booleans as 0 and 1. */
export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  /** Of a text that came as a dictionary made when first read: whoever can should read the dictionary. */
  readonly values: Int32Array | Float64Array | Uint8Array | readonly (string | null)[]
  /** 1 where there is a value; absent: everywhere. */
  readonly valid?: Uint8Array
  /** Only of texts, and not of all: the same values without one string a row. */
  readonly dictionary?: Dictionary
}

/** Texts by number: some may be unused, or stand twice. Where `valid` is 0 the number means nothing. */
export interface Dictionary {
  readonly texts: readonly string[]
  readonly indices: Int32Array
  /** The texts stand in the order in which they first occur, each once and all of them used, and gaps are 0: nothing is to be renumbered. */
  readonly isCanonical?: boolean
}

/** An answer, column by column. */
export interface ColumnTable {
  readonly rowCount: number
  readonly columns: readonly Column[]
}

export type Cell = string | number | boolean | null
export type Row = Record<string, Cell>

/** One cell: days and instants stay numbers. */
export function cellAt(column: Column, row: number): Cell {
  if (column.valid?.[row] === 0) return null
  const { dictionary } = column
  if (dictionary) return dictionary.texts[dictionary.indices[row] ?? -1] ?? null
  const value = column.values[row] ?? null
  return column.kind === 'bool' && value !== null ? value === 1 : value
}

/** The numbers of a column. @throws TypeError when there is no such column */
export function numbersOf({ columns }: ColumnTable, name: string): Int32Array | Float64Array {
  const values = columns.find((column) => column.name === name)?.values
  if (values instanceof Int32Array || values instanceof Float64Array) return values
  throw new TypeError(`there are no numbers in a column ${name}`)
}

/** Texts by number, each once; some may be unused. */
interface Numbered {
  readonly texts: readonly (string | null)[]
  readonly codes: Int32Array
}

const numberedBefore = new WeakMap<Column, Numbered>()

/** Texts of a column as numbers, worked out once for each column. A dictionary may name a text twice, and then its numbers are no keys. */
export function codesOf({ columns, rowCount }: ColumnTable, name: string): Numbered {
  const column = columns.find((one) => one.name === name)
  if (!column) return { texts: [], codes: new Int32Array(rowCount) }
  const known = numberedBefore.get(column) ?? numberedTexts(column, rowCount)
  numberedBefore.set(column, known)
  return known
}

function numberedTexts(column: Column, rowCount: number): Numbered {
  const { dictionary, valid } = column
  const numbers = new Map<string | null, number>()
  const numberOf = (text: string | null) => {
    const number = numbers.get(text) ?? numbers.size
    if (number === numbers.size) numbers.set(text, number)
    return number
  }
  const known = dictionary && Int32Array.from(dictionary.texts, numberOf)
  if (dictionary && known && !valid && known.every((number, index) => number === index))
    return { texts: dictionary.texts, codes: dictionary.indices }
  const none = numberOf(null)
  const codes = new Int32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    if (valid?.[row] === 0) codes[row] = none
    else codes[row] = known ? (known[dictionary?.indices[row] ?? -1] ?? none) : numberOf(cellAt(column, row) as string | null)
  }
  return { texts: [...numbers.keys()], codes }
}

/** A text column by its dictionary; a string for each row is made only when somebody asks for `values`. */
export class TextColumn implements Column {
  readonly kind = 'text'
  #values: readonly (string | null)[] | undefined

  constructor(
    readonly name: string,
    readonly dictionary: Dictionary,
    readonly valid?: Uint8Array,
  ) {}

  get values(): readonly (string | null)[] {
    const { texts, indices } = this.dictionary
    this.#values ??= Array.from(indices, (index, row) => (this.valid?.[row] === 0 ? null : (texts[index] ?? null)))
    return this.#values
  }
}

/** Row objects; days and instants stay numbers. For small answers and for statistics. */
export function toRows(table: ColumnTable): Row[] {
  return Array.from({ length: table.rowCount }, (_, row) => {
    const object: Row = {}
    for (const column of table.columns) object[column.name] = cellAt(column, row)
    return object
  })
}

/** Columns from row objects; a missing key is null. */
export function fromRows(rows: readonly Row[], kinds: ReadonlyMap<string, ColumnKind>): ColumnTable {
  const columns = [...kinds].map(([name, kind]) => columnOf(name, kind, (row) => rows[row]?.[name] ?? null, rows.length))
  return { rowCount: rows.length, columns }
}

function columnOf(name: string, kind: ColumnKind, cell: (row: number) => Cell, length: number): Column {
  if (kind === 'text') {
    const values = Array.from({ length }, (_, row) => {
      const value = cell(row)
      return value === null ? null : String(value)
    })
    return { name, kind, values }
  }
  const values = emptyValues(kind, length)
  const valid = new Uint8Array(length).fill(1)
  let gaps = 0
  for (let row = 0; row < length; row++) {
    const value = cell(row)
    if (value === null) {
      valid[row] = 0
      gaps++
    } else values[row] = Number(value)
  }
  return gaps ? { name, kind, values, valid } : { name, kind, values }
}

/** A zeroed array of the kind's width. */
export function emptyValues(kind: Exclude<ColumnKind, 'text'>, length: number): Int32Array | Float64Array | Uint8Array {
  if (kind === 'int' || kind === 'day') return new Int32Array(length)
  return kind === 'bool' ? new Uint8Array(length) : new Float64Array(length)
}
