import { doublesOf, intsOf, newArray, type TableWriter, type WriterColumns } from '../../engine/duckdb/table-writer'

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

  /** How many of the first rows are those of another buffer of the same columns. */
  alikeUpTo(other: RowBuffer): number {
    let alike = Math.min(this.#kept, other.#kept)
    for (const [name, own] of this.#columns) {
      const others = other.#columns.get(name)
      let row = 0
      while (row < alike && Object.is(own[row], others?.[row])) row++
      alike = row
    }
    return alike
  }

  /** Copies the rows that are kept, from a place on, to a table of the same columns. */
  copierTo(writer: TableWriter): (from: number) => void {
    const pairs = [...this.#columns].map(([name, own]) => ({
      own,
      into: own instanceof Int32Array ? writer.ints(name) : writer.doubles(name),
    }))
    return (from) => {
      for (let row = from; row < this.#kept; row++) {
        const place = writer.next()
        for (const { own, into } of pairs) into[place] = own[row] ?? 0
      }
    }
  }
}
