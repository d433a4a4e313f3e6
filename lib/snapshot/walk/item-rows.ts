const FIRST_CAPACITY = 64

/** Arrays that one item after the other is put into; they grow with the longest one. */
export class ItemRows {
  /** Number of the item. */
  itemIx = 0
  /** Its stream's place in the portfolio. */
  streamIx = 0
  /** Rows stand in `[first, end)`; a row's place is its `seq`. Row 0 stands for what lies before the first change, where an item is known to be older. */
  first = 1
  end = 1
  /** Source time, µs. */
  at = new Float64Array(FIRST_CAPACITY)
  /** Local day. */
  day = new Int32Array(FIRST_CAPACITY)
  /** Code of the state; NONE where it is not known. */
  state = new Int32Array(FIRST_CAPACITY)
  blocked = new Int32Array(FIRST_CAPACITY)
  reason = new Int32Array(FIRST_CAPACITY)
  profile = new Int32Array(FIRST_CAPACITY)
  /** What the row itself tells, as bits. */
  told = new Int32Array(FIRST_CAPACITY)
  /** Place among the item's rows in the order of its source, from 1 on. */
  sourceOrder = new Int32Array(FIRST_CAPACITY)
  #capacity = FIRST_CAPACITY

  get capacity(): number {
    return this.#capacity
  }

  /** Makes room for a row at `end`. */
  ensure(): void {
    if (this.end < this.#capacity) return
    this.#capacity *= 2
    this.at = grown(this.at, new Float64Array(this.#capacity))
    this.day = grown(this.day, new Int32Array(this.#capacity))
    this.state = grown(this.state, new Int32Array(this.#capacity))
    this.blocked = grown(this.blocked, new Int32Array(this.#capacity))
    this.reason = grown(this.reason, new Int32Array(this.#capacity))
    this.profile = grown(this.profile, new Int32Array(this.#capacity))
    this.told = grown(this.told, new Int32Array(this.#capacity))
    this.sourceOrder = grown(this.sourceOrder, new Int32Array(this.#capacity))
  }
}

/** The same numbers in a longer array. */
export function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
