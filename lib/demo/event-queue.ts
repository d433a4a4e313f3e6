/** Events in the order of their times; equal times in the order in which they were added (binary heap). */
export class EventQueue<T> {
  #times: number[] = []
  #orders: number[] = []
  #payloads: T[] = []
  #added = 0

  get size(): number {
    return this.#times.length
  }

  /** Time of the earliest event; Infinity when there is none. */
  get nextTime(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY
  }

  push(time: number, payload: T): void {
    const order = this.#added++
    let at = this.#times.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#isBefore(time, order, parent)) break
      this.#copy(parent, at)
      at = parent
    }
    this.#put(at, time, order, payload)
  }

  /** Removes and returns the earliest event; undefined when there is none. */
  pop(): T | undefined {
    const first = this.#payloads[0]
    const time = this.#times.pop()
    const order = this.#orders.pop()
    const payload = this.#payloads.pop()
    if (time === undefined || order === undefined || this.#times.length === 0) return first
    const size = this.#times.length
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && this.#isBefore(this.#times[child + 1] ?? 0, this.#orders[child + 1] ?? 0, child)) child++
      if (this.#isBefore(time, order, child)) break
      this.#copy(child, at)
      at = child
    }
    this.#put(at, time, order, payload as T)
    return first
  }

  #isBefore(time: number, order: number, other: number): boolean {
    const otherTime = this.#times[other] ?? 0
    return time < otherTime || (time === otherTime && order < (this.#orders[other] ?? 0))
  }

  #copy(from: number, to: number): void {
    this.#put(to, this.#times[from] ?? 0, this.#orders[from] ?? 0, this.#payloads[from] as T)
  }

  #put(at: number, time: number, order: number, payload: T): void {
    this.#times[at] = time
    this.#orders[at] = order
    this.#payloads[at] = payload
  }
}
