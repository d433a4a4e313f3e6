import type { DuckDBVector } from '@duckdb/node-api'

/** DuckDB keeps a text in 16 bytes: its length, then the text itself where it is this short, else where it lies. */
const WORDS = 4
const BYTES = Int32Array.BYTES_PER_ELEMENT
const LONGEST_INSIDE = 12
const FIRST_SIZE = 64
const MULTIPLIERS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const

/**
 * The different texts of a column. Short ones are told apart by the 16 bytes that DuckDB keeps them in, so that a text which
 * occurs a million times is decoded once.
 */
export class Texts {
  readonly all: string[] = []
  readonly #numbers = new Map<string, number>()
  #words = new Int32Array(FIRST_SIZE * WORDS)
  /** Number of the text plus one at the slot of its words; 0: free. */
  #slots = new Int32Array(FIRST_SIZE)
  #used = 0

  /**
   * Writes the numbers of a vector's texts, in the order in which texts first occur.
   * @param valid 0 in the rows of all, from `offset` on, that are gaps; their numbers stay as they are
   */
  read(vector: DuckDBVector, { target, offset, valid }: { target: Int32Array; offset: number; valid: Uint8Array | undefined }): void {
    const { dataView } = vector as unknown as { readonly dataView: DataView }
    const words = new Int32Array(dataView.buffer, dataView.byteOffset, vector.itemCount * WORDS)
    const bytes = Buffer.from(dataView.buffer, dataView.byteOffset, vector.itemCount * WORDS * BYTES)
    for (let row = 0; row < vector.itemCount; row++) {
      if (valid !== undefined && valid[offset + row] === 0) continue
      const at = row * WORDS
      const length = words[at] ?? 0
      if (length > LONGEST_INSIDE || length < 0) {
        target[offset + row] = this.#numberOf(vector.getItem(row))
        continue
      }
      const slot = this.#slotOf(words, at)
      const known = this.#slots[slot] ?? 0
      if (known > 0) target[offset + row] = known - 1
      else {
        const start = (at + 1) * BYTES
        target[offset + row] = this.#add(slot, words.subarray(at, at + WORDS), bytes.toString('utf8', start, start + length))
      }
    }
  }

  #add(slot: number, words: Int32Array, text: string): number {
    // A text is as long as it is: none that is short stands among the others.
    const number = this.all.push(text) - 1
    this.#slots[slot] = number + 1
    this.#words.set(words, slot * WORDS)
    if (++this.#used * 2 > this.#slots.length) this.#grow()
    return number
  }

  #numberOf(value: unknown): number {
    const text = String(value)
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.all.length)
    return this.all.push(text) - 1
  }

  /** Slot at which these words stand, or would. */
  #slotOf(words: Int32Array, at: number): number {
    const own = this.#words
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hash(words, at) & mask
    while (slots[slot] !== 0) {
      const from = slot * WORDS
      if (
        own[from] === words[at] &&
        own[from + 1] === words[at + 1] &&
        own[from + 2] === words[at + 2] &&
        own[from + 3] === words[at + 3]
      ) {
        return slot
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  #grow(): void {
    const [words, slots] = [this.#words, this.#slots]
    this.#words = new Int32Array(words.length * 4)
    this.#slots = new Int32Array(slots.length * 4)
    for (let old = 0; old < slots.length; old++) {
      const number = slots[old] ?? 0
      if (number === 0) continue
      const slot = this.#slotOf(words, old * WORDS)
      this.#slots[slot] = number
      this.#words.set(words.subarray(old * WORDS, (old + 1) * WORDS), slot * WORDS)
    }
  }
}

function hash(words: Int32Array, at: number): number {
  const mixed =
    Math.imul(words[at] ?? 0, MULTIPLIERS[0]) ^
    Math.imul(words[at + 1] ?? 0, MULTIPLIERS[1]) ^
    Math.imul(words[at + 2] ?? 0, MULTIPLIERS[2]) ^
    Math.imul(words[at + 3] ?? 0, MULTIPLIERS[3])
  return mixed ^ (mixed >>> 15) ^ (mixed >>> 23)
}
