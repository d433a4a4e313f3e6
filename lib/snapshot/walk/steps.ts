import { NONE } from '../../engine/duckdb/chunks'
import type { Trail } from './follow'
import { stagePlace } from './reading'
import type { Followed } from './walked-table'

/** Whether an item moves with a row: to another stage or status, or into being. */
export function isMove({ first }: Followed['rows'], trail: Trail, row: number): boolean {
  return row === first || trail.position[row - 1] !== trail.position[row] || trail.status[row - 1] !== trail.status[row]
}

/** The last row of the day of each row: what is true at the end of that day. */
export class DayEnds {
  #item = 0
  #end = 0

  /** Rows of an item are asked for in their order. */
  of({ rows }: Followed, row: number): number {
    if (this.#item !== rows.itemIx || this.#end < row) this.#end = row
    this.#item = rows.itemIx
    while (this.#end + 1 < rows.end && rows.day[this.#end + 1] === rows.day[row]) this.#end++
    return this.#end
  }
}

/**
 * With which row each move of an item was undone: one forward by coming to the stage it had left or one before it, one backward by
 * coming to the stage it had left or beyond. From the end on, with the next row at each position, since an item may move very often.
 */
export class Undone {
  #rows = new Int32Array(0)
  #next = new Int32Array(0)

  follow({ rows, trail, reading }: Followed): void {
    if (this.#rows.length < rows.capacity) this.#rows = new Int32Array(rows.capacity)
    const stages = reading.stageWords.length - stagePlace(0)
    if (this.#next.length < stages) this.#next = new Int32Array(stages)
    this.#next.fill(NONE)
    for (let row = rows.end - 1; row >= rows.first; row--) {
      const [from, to] = [row === rows.first ? NONE : (trail.position[row - 1] ?? NONE), trail.position[row] ?? NONE]
      this.#rows[row] = from < 0 || to < 0 || from === to ? NONE : to > from ? this.#earliest(0, from + 1) : this.#earliest(from, stages)
      if (to >= 0) this.#next[to] = row
    }
  }

  /** NONE: never. */
  of(row: number): number {
    return this.#rows[row] ?? NONE
  }

  #earliest(from: number, until: number): number {
    let found = NONE
    for (let position = from; position < until; position++) {
      const row = this.#next[position] ?? NONE
      if (row !== NONE && (found === NONE || row < found)) found = row
    }
    return found
  }
}
