import type { TableAppender, WriterColumns } from '../../engine/duckdb/table-writer'
import { RowBuffer } from './row-buffer'

const nowhere = () => {}

/**
 * The rows of a table that went and that came when an item was told more of. Mostly this adds to its end, so that the rows before are
 * what they were: those count as neither. Of an item with very many rows all may go and come.
 */
export class Difference {
  readonly was: RowBuffer
  readonly is: RowBuffer
  readonly #alike: () => number
  #isWhole = true
  #copyGone: (from: number) => void = nowhere
  #copyCome: (from: number) => void = nowhere
  #copyAll: (from: number) => void = nowhere

  constructor(columns: WriterColumns) {
    this.was = new RowBuffer(columns, () => this.#overflow(this.#copyGone))
    this.is = new RowBuffer(columns, () => {
      this.#overflow(this.#copyCome)
      this.#copyAll(0)
    })
    this.#alike = this.was.comparerWith(this.is)
  }

  /** @param all takes every row of the item as it is */
  writeTo(gone: TableAppender, come: TableAppender, all: TableAppender): void {
    this.#copyGone = this.was.copierTo(gone)
    this.#copyCome = this.is.copierTo(come)
    this.#copyAll = this.is.copierTo(all)
  }

  /** After the item. */
  settle(): void {
    const from = this.#isWhole ? this.#alike() : 0
    this.#copyGone(from)
    this.#copyCome(from)
    this.#copyAll(0)
    this.was.forget()
    this.is.forget()
    this.#isWhole = true
  }

  #overflow(copy: (from: number) => void): void {
    this.#isWhole = false
    copy(0)
  }
}
