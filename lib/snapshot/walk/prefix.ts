import type { ItemFacts } from './item-facts'
import type { RepairCounts } from './repairs'

type StateRepairs = readonly (readonly ['state_missing_unchanged' | 'first_state_missing' | 'state_repeated', number])[]

/**
 * The rows of an item that were known before, where they come first and are now what they were then: nothing that was told later decides
 * them. So the item as it was need not be put together again.
 */
export class KnownPrefix {
  /** Behind the last of them. */
  end = 1
  repairs: StateRepairs = []
  /** How many of them went back in time. */
  backwards = 0
  #isFirst = true
  #isStateKnown = false
  #createdAt = Number.NaN

  clear(): void {
    this.end = 1
    this.#isFirst = true
  }

  /** Takes a known row. @param isStateKnown whether it or one before it tells a state */
  take(place: number, isStateKnown: boolean, { createdAt }: ItemFacts): void {
    if (place !== this.end) this.#isFirst = false
    this.end = place + 1
    this.#isStateKnown = isStateKnown
    this.#createdAt = createdAt
  }

  /** Whether that is how it is, after all rows. */
  isOf({ createdAt }: ItemFacts): boolean {
    return this.end > 1 && this.#isFirst && this.#isStateKnown && Object.is(this.#createdAt, createdAt)
  }

  /** Counts the repairs of these rows. */
  countRepairs(repairs: RepairCounts, streamIx: number, itemIx: number, facts: ItemFacts): void {
    repairs.add(streamIx, 'time_backwards', this.backwards, itemIx)
    for (const [rule, count] of this.repairs) repairs.add(streamIx, rule, count, itemIx)
    countCreation(repairs, streamIx, itemIx, facts)
  }
}

export function stateRepairs(unchanged: number, firsts: number, repeated: number): StateRepairs {
  return [
    ['state_missing_unchanged', unchanged],
    ['first_state_missing', firsts],
    ['state_repeated', repeated],
  ]
}

/** Counts what was made of an item's time of creation. */
export function countCreation(repairs: RepairCounts, streamIx: number, itemIx: number, { createdAt, firstAt }: ItemFacts): void {
  if (createdAt > firstAt) repairs.add(streamIx, 'created_after_first_change', 1, itemIx)
  if (createdAt < firstAt) repairs.add(streamIx, 'first_state_inferred', 1, itemIx)
}
