import { NONE } from '../../engine/duckdb/chunks'
import { UNMAPPED_POSITION } from '../positions'
import type { Vocabulary } from './vocabulary'
import type { Followed } from './walked-table'

/** A state that items were in, and how many of its changes and items stand in no stage. */
export interface MetState {
  readonly streamIx: number
  readonly state: string
  readonly unmappedChanges: number
  readonly unmappedItems: number
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

  /** Every state that was met, with its changes and items that stand in no stage. */
  list(): MetState[] {
    const size = this.words.texts.length
    return this.#met.flatMap((met, streamIx) =>
      this.words.texts.flatMap((state, code) => {
        if (!met[code]) return []
        const { changes = 0, items = 0 } = this.#unmapped.get(streamIx * size + code) ?? {}
        return [{ streamIx, state, unmappedChanges: changes, unmappedItems: items }]
      }),
    )
  }
}
