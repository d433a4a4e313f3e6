import { NONE } from '../../engine/duckdb/chunks'
import { UNMAPPED_POSITION } from '../positions'
import type { Vocabulary } from './vocabulary'
import type { Followed } from './walked-table'

/** A state that no stage names. */
export interface UnmappedState {
  readonly streamIx: number
  readonly state: string
  readonly changes: number
  readonly items: number
}

/** Which states were met in which stream, and how often in no stage. */
export class StateCensus {
  readonly #met: Uint8Array[]
  readonly #unmapped = new Map<number, { changes: number; items: number; lastItem: number }>()

  constructor(
    streams: number,
    private readonly words: Vocabulary,
  ) {
    this.#met = Array.from({ length: streams }, () => new Uint8Array(words.texts.length))
  }

  add({ rows, trail }: Followed): void {
    const met = this.#met[rows.streamIx]
    for (let row = rows.first; row < rows.end; row++) {
      const code = rows.state[row] ?? NONE
      if (code === NONE) continue
      if (met) met[code] = 1
      if (trail.position[row] === UNMAPPED_POSITION) this.#count(rows.streamIx * this.words.texts.length + code, rows.itemIx)
    }
  }

  #count(key: number, itemIx: number): void {
    const known = this.#unmapped.get(key) ?? { changes: 0, items: 0, lastItem: 0 }
    this.#unmapped.set(key, known)
    known.changes++
    if (known.lastItem !== itemIx) known.items++
    known.lastItem = itemIx
  }

  /** Whether any item of the stream was ever in the state. */
  has(streamIx: number, state: string): boolean {
    return this.words.has(state) && this.#met[streamIx]?.[this.words.codeOf(state)] === 1
  }

  unmapped(): UnmappedState[] {
    const size = this.words.texts.length
    return [...this.#unmapped].map(([key, { changes, items }]) => ({
      streamIx: Math.floor(key / size),
      state: this.words.textOf(key % size) ?? '',
      changes,
      items,
    }))
  }
}
