import { doublesOf, intsOf, newArray, type TableAppender, type TableWriter, type WriterColumns } from '../../engine/duckdb/table-writer'

/** More rows than nearly any item has in a table. */
const ROWS = 512

/** Rows that are counted and, until there are too many, kept. */
export class RowBuffer implements TableWriter {
  readonly #columns: ReadonlyMap<string, Int32Array | Float64Array>
  #kept = 0
  #gone = 0

  /** @param onFull called before rows are forgotten to make room for others */
  constructor(
    columns: WriterColumns,
    private readonly onFull: () => void = () => {},
  ) {
    this.#columns = new Map(Object.entries(columns).map(([name, kind]) => [name, newArray(kind, ROWS)]))
  }

  get rowCount(): number {
    return this.#gone + this.#kept
  }

  ints(name: string): Int32Array {
    return intsOf(this.#columns.get(name), name)
  }

  doubles(name: string): Float64Array {
    return doublesOf(this.#columns.get(name), name)
  }

  next(): number {
    if (this.#kept === ROWS) {
      this.onFull()
      this.forget()
    }
    return this.#kept++
  }

  forget(): void {
    this.#gone += this.#kept
    this.#kept = 0
  }

  /** Counts how many of the first rows are those of another buffer of the same columns. */
  comparerWith(other: RowBuffer): () => number {
    const { ints, doubles } = this.#beside(other)
    return () => {
      let alike = Math.min(this.#kept, other.#kept)
      if (!alike) return alike
      for (const { own, others } of ints) alike = sameInts(own, others, alike)
      for (const { own, others } of doubles) alike = sameDoubles(own, others, alike)
      return alike
    }
  }

  /** Copies the rows that are kept, from a place on, to a table of the same columns. */
  copierTo(writer: TableAppender): (from: number) => void {
    const { ints, doubles } = this.#beside(writer)
    return (from) => {
      for (let row = from, count = 0; row < this.#kept; row += count) {
        count = Math.min(writer.room(), this.#kept - row)
        const place = writer.take(count)
        for (let column = 0; column < ints.length; column++) {
          const { own, others } = ints[column] as (typeof ints)[number]
          copyInts(own, row, others, place, count)
        }
        for (let column = 0; column < doubles.length; column++) {
          const { own, others } = doubles[column] as (typeof doubles)[number]
          copyDoubles(own, row, others, place, count)
        }
      }
    }
  }

  /** Arrays of a kind each: what goes through both is several times slower. */
  #beside(writer: TableWriter) {
    const columns = [...this.#columns].map(([name, own]) => ({ name, own }))
    return {
      ints: columns.flatMap(({ name, own }) => (own instanceof Int32Array ? [{ own, others: writer.ints(name) }] : [])),
      doubles: columns.flatMap(({ name, own }) => (own instanceof Float64Array ? [{ own, others: writer.doubles(name) }] : [])),
    }
  }
}

function copyInts(own: Int32Array, from: number, others: Int32Array, to: number, count: number): void {
  for (let row = 0; row < count; row++) others[to + row] = own[from + row] ?? 0
}

function copyDoubles(own: Float64Array, from: number, others: Float64Array, to: number, count: number): void {
  for (let row = 0; row < count; row++) others[to + row] = own[from + row] ?? 0
}

function sameInts(own: Int32Array, others: Int32Array, most: number): number {
  let row = 0
  while (row < most && own[row] === others[row]) row++
  return row
}

/** No value is the same as no value. */
function sameDoubles(own: Float64Array, others: Float64Array, most: number): number {
  let row = 0
  while (row < most && Object.is(own[row], others[row])) row++
  return row
}
