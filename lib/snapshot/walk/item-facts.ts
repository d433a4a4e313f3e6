import { NONE } from '../../engine/duckdb/chunks'
import type { ItemRows } from './item-rows'
import type { Vocabulary } from './vocabulary'

/** What is known of an item beside its changes. Instants in µs; rows of `observations` by their rowid, NaN for none. */
export interface ItemFacts {
  firstAt: number
  lastAt: number
  createdAt: number
  changeCount: number
  keyRow: number
  titleRow: number
  urlRow: number
  /** Two independent halves of a hash of its history. */
  digestLow: number
  digestHigh: number
}

const TWO_32 = 4_294_967_296
const LOW = 0x9e37_79b1
const HIGH = 0x85eb_ca6b

/**
 * Puts a hash of the item's rows into its facts. It depends on what was told alone: not on codes, row numbers or the machine.
 * @param profileHashes two halves per profile
 */
export function digestRows(rows: ItemRows, facts: ItemFacts, words: Vocabulary, profileHashes: readonly number[]): void {
  let low = 0x243f_6a88
  let high = 0xb7e1_5162
  for (let row = rows.first; row < rows.end; row++) {
    const at = rows.at[row] ?? 0
    const state = wordPlace(rows.state[row] ?? NONE)
    const reason = wordPlace(rows.reason[row] ?? NONE)
    const profile = 2 * (rows.profile[row] ?? 0)
    const atHigh = Math.floor(at / TWO_32)
    const flags = (row << 1) | (rows.blocked[row] ?? 0)
    low = mix(mix(mix(low, at - atHigh * TWO_32), words.hashes[state] ?? 0), profileHashes[profile] ?? 0)
    low = mix(mix(low, words.hashes[reason] ?? 0), flags)
    high = mixHigh(mixHigh(mixHigh(high, at - atHigh * TWO_32), words.hashes[state + 1] ?? 0), profileHashes[profile + 1] ?? 0)
    high = mixHigh(mixHigh(mixHigh(high, words.hashes[reason + 1] ?? 0), flags), atHigh)
  }
  facts.digestLow = low
  facts.digestHigh = high
}

/** Place of a word's hash among `Vocabulary.hashes`. */
export function wordPlace(code: number): number {
  return code === NONE ? 0 : 2 * code + 2
}

function mix(state: number, value: number): number {
  const mixed = Math.imul(state ^ value, LOW)
  return mixed ^ (mixed >>> 15)
}

export function mixHigh(state: number, value: number): number {
  const mixed = Math.imul((state ^ value) + 0x7f4a_7c15, HIGH)
  return mixed ^ (mixed >>> 13)
}
