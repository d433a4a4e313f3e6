import { NONE } from '../../engine/duckdb/chunks'
import { dimensionMapping } from '../../model/mapping'
import type { Portfolio } from '../../model/portfolio'
import type { Vocabulary } from './vocabulary'

/** Codes are told apart from "no value" by moving them up by one. */
const MOST_WORDS = 2 ** 26

/**
 * The combinations of dimension values that streams ever had, each by a number: as the source says them, and with types and goals
 * mapped. Comparing and storing one number is many times cheaper than as many texts.
 */
export class Profiles {
  readonly width: number
  /** Codes as told and as mapped, `width` of them per profile. */
  readonly told: number[] = []
  readonly mapped: number[] = []
  readonly #tree = new Map<number, number>()
  readonly #mapping: ReturnType<typeof dimensionMapping>
  #nodes = 0
  #count = 0

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
    let node = -1 - streamIx
    for (let dimension = 0; dimension < this.width; dimension++) {
      const code = codes[offset + dimension] ?? NONE
      const key = (node + 2 ** 20) * MOST_WORDS + (code === NONE ? 0 : code + 1)
      const next = this.#tree.get(key) ?? this.#grow(key, dimension, streamIx, codes, offset)
      node = next
    }
    return node
  }

  /** Whether two combinations mean the same: they may differ in what is told. */
  areAlike(one: number, other: number): boolean {
    if (one === other) return true
    for (let dimension = 0; dimension < this.width; dimension++) {
      if (this.mapped[one * this.width + dimension] !== this.mapped[other * this.width + dimension]) return false
    }
    return true
  }

  #grow(key: number, dimension: number, streamIx: number, codes: Int32Array, offset: number): number {
    const isLeaf = dimension === this.width - 1
    const number = isLeaf ? this.#count++ : this.#nodes++
    this.#tree.set(key, number)
    if (isLeaf) this.#add(streamIx, codes.subarray(offset, offset + this.width))
    return number
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
