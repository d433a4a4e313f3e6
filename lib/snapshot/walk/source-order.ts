const WIDTH = 3

/** The place of each row of one item in its source, in the order of time. */
export class SourceOrder {
  /** Source, row, step of each row, one after the other. */
  readonly #flat: number[] = []
  #isSorted = true

  clear(): void {
    this.#flat.length = 0
    this.#isSorted = true
  }

  add(source: number, row: number, step: number): void {
    this.#flat.push(source, row, step)
    const own = this.#flat.length - WIDTH
    if (own > 0 && this.#compare(own - WIDTH, own) > 0) this.#isSorted = false
  }

  /** Writes each row's place in the source, from 1 on. @param into by row, the first at 1 */
  rank(into: Int32Array): void {
    const count = this.#flat.length / WIDTH
    if (this.#isSorted) for (let row = 1; row <= count; row++) into[row] = row
    else for (const [place, row] of this.#inSource().entries()) into[row + 1] = place + 1
  }

  /**
   * How many rows tell an earlier time than a row that stands before them in the source.
   * @param at time by row, the first at 1
   * @param count of the rows that come first in the source
   */
  countBackwards(at: Float64Array, count = this.#flat.length / WIDTH): number {
    if (this.#isSorted) return 0
    let latest = Number.NEGATIVE_INFINITY
    let backwards = 0
    for (const row of this.#inSource().slice(0, count)) {
      const time = at[row + 1] ?? 0
      if (time < latest) backwards++
      else latest = time
    }
    return backwards
  }

  /** Rows, the first is 0, in the order of the source. */
  #inSource(): number[] {
    return Array.from({ length: this.#flat.length / WIDTH }, (_, row) => row).sort((a, b) => this.#compare(a * WIDTH, b * WIDTH))
  }

  #compare(a: number, b: number): number {
    for (let part = 0; part < WIDTH; part++) {
      const difference = (this.#flat[a + part] ?? 0) - (this.#flat[b + part] ?? 0)
      if (difference) return difference
    }
    return 0
  }
}
