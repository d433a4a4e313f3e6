import { NONE } from '../../engine/duckdb/chunks'
import { dimensionMapping } from '../../model/mapping'
import type { Portfolio } from '../../model/portfolio'
import type { Vocabulary } from './vocabulary'

const FIRST_SLOTS = 1024
const MULTIPLIER = 0x9e37_79b1

/**
 * The combinations of dimension values that streams ever had, each by a number: as the source says them, and with types and goals
 * mapped. Comparing and storing one number is many times cheaper than as many texts.
 */
export class Profiles {
  readonly width: number
  /** Codes as told and as mapped, `width` of them per profile. */
  readonly told: number[] = []
  readonly mapped: number[] = []
  /** Per profile. */
  readonly #streams: number[] = []
  readonly #hashes: number[] = []
  /** Number of the profile plus one at the slot of its hash, or behind; 0: free. */
  #slots = new Int32Array(FIRST_SLOTS)
  readonly #mapping: ReturnType<typeof dimensionMapping>

  constructor(
    private readonly portfolio: Portfolio,
    private readonly dimensions: readonly string[],
    private readonly words: Vocabulary,
  ) {
    this.width = dimensions.length
    this.#mapping = dimensionMapping(portfolio)
  }

  /** Number of the combination that stands in `codes` from `offset` on. */
  numberOf(streamIx: number, codes: Int32Array, offset: number): number {
    let hash = streamIx
    for (let at = offset; at < offset + this.width; at++) hash = Math.imul((hash ^ (codes[at] ?? NONE)) + 1, MULTIPLIER) ^ (hash >>> 15)
    hash ^= hash >>> 16
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hash & mask
    for (let found = slots[slot] ?? 0; found > 0; found = slots[slot] ?? 0) {
      if (this.#isOf(found - 1, streamIx, codes, offset)) return found - 1
      slot = (slot + 1) & mask
    }
    const number = this.#streams.push(streamIx) - 1
    this.#hashes.push(hash)
    slots[slot] = number + 1
    if (this.#streams.length * 2 > slots.length) this.#grow()
    this.#add(streamIx, codes.subarray(offset, offset + this.width))
    return number
  }

  /** Whether two combinations mean the same: they may differ in what is told. */
  areAlike(one: number, other: number): boolean {
    if (one === other) return true
    for (let dimension = 0; dimension < this.width; dimension++) {
      if (this.mapped[one * this.width + dimension] !== this.mapped[other * this.width + dimension]) return false
    }
    return true
  }

  #isOf(profile: number, streamIx: number, codes: Int32Array, offset: number): boolean {
    if (this.#streams[profile] !== streamIx) return false
    const own = profile * this.width
    for (let dimension = 0; dimension < this.width; dimension++) {
      if (this.told[own + dimension] !== codes[offset + dimension]) return false
    }
    return true
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 4)
    const mask = this.#slots.length - 1
    for (const [profile, hash] of this.#hashes.entries()) {
      let slot = hash & mask
      while (this.#slots[slot]) slot = (slot + 1) & mask
      this.#slots[slot] = profile + 1
    }
  }

  #add(streamIx: number, codes: Int32Array): void {
    const stream = this.portfolio.streams[streamIx]
    const told = new Map(this.dimensions.map((name, index) => [name, this.words.textOf(codes[index] ?? NONE)]))
    const mapped = stream ? this.#mapping(stream, told) : told
    for (const [index, name] of this.dimensions.entries()) {
      this.told.push(codes[index] ?? NONE)
      this.mapped.push(this.words.codeOf(mapped.get(name) ?? null))
    }
  }
}
