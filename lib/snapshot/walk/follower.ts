import type { Portfolio } from '../../model/portfolio'
import type { Trail } from './follow'
import { digestRows, type ItemFacts, mixHigh, wordPlace } from './item-facts'
import type { ItemRows } from './item-rows'
import { Normaliser } from './normaliser'
import type { Observed } from './observed'
import type { KnownPrefix } from './prefix'
import type { StreamReading } from './reading'
import { RepairCounts } from './repairs'
import { type MetState, StateCensus } from './state-census'
import type { Emit, Followed, Shared, WalkedTable } from './walked-table'
import type { ZoneClock } from './zone-clock'

/** One way to look at the workflows: what is timed begins and ends in its own places. */
export interface Look {
  readonly readings: readonly (StreamReading | undefined)[]
  readonly trail: Trail
  readonly tables: ReadonlyMap<string, WalkedTable>
  /** Name of the table of items. */
  readonly items: string
}

export interface FollowerOptions {
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  /** (stream, dimension) pairs in which a blank means "unchanged". */
  readonly carried: readonly { readonly streamId: string; readonly dimension: string }[]
  readonly clocks: readonly (ZoneClock | undefined)[]
  readonly shared: Shared
  readonly looks: readonly Look[]
}

/** Of items whose rows of before are the first of those of now. */
interface PrefixTaker {
  /** The source of what was known before. */
  readonly sourceIx: number
  /** Called in each look, before it goes on with all rows. */
  take(look: number, followed: Followed, prefix: KnownPrefix): void
}

/** Follows items one by one, and has their rows written in each look. */
export class Follower {
  readonly repairs = new RepairCounts()
  readonly stateless: number[] = []
  /** By look. */
  emitters: readonly (readonly Emit[])[] = []
  changes = 0
  #firstDay = Number.POSITIVE_INFINITY
  #lastDay = Number.NEGATIVE_INFINITY
  readonly #normaliser: Normaliser
  readonly #census: StateCensus
  readonly #profileHashes: number[] = []

  constructor(
    private readonly options: FollowerOptions,
    private readonly taker?: PrefixTaker,
  ) {
    const { portfolio, dimensions, carried, clocks, shared } = options
    this.#census = new StateCensus(portfolio.streams.length, shared.words)
    this.#normaliser = new Normaliser({
      profiles: shared.profiles,
      repairs: this.repairs,
      carried: portfolio.streams.map(({ id }) =>
        dimensions.map((dimension) => carried.some((pair) => pair.streamId === id && pair.dimension === dimension)),
      ),
      dayOf: (streamIx, at) => clocks[streamIx]?.dayOf(at) ?? 0,
      knownSourceIx: taker?.sourceIx,
      onItem: (rows, facts, prefix) => this.#follow(rows, facts, prefix),
      onStateless: (itemIx) => this.stateless.push(itemIx),
    })
  }

  add(told: Observed, row: number): void {
    this.#normaliser.add(told, row)
  }

  /** Hands on the item that was added last. */
  finish(): void {
    this.#normaliser.finish()
  }

  get firstDay(): number {
    return Number.isFinite(this.#firstDay) ? this.#firstDay : 0
  }

  get lastDay(): number {
    return Number.isFinite(this.#lastDay) ? this.#lastDay : 0
  }

  get states(): MetState[] {
    return this.#census.list()
  }

  /** Takes the item as it was in a look, out of what it is. */
  takePrefix(look: number, { rows, facts, trail, reading }: Followed, prefix: KnownPrefix): void {
    const [end, last] = [rows.end, prefix.end - 1]
    const step = trail.stepSeconds[last] ?? 0
    rows.end = prefix.end
    trail.stepSeconds[last] = 0
    const was = { ...facts, lastAt: rows.at[last] ?? 0, changeCount: last }
    if (look === 0) {
      this.#hashProfiles()
      digestRows(rows, was, this.options.shared.words, this.#profileHashes)
      prefix.countRepairs(this.repairs, rows.streamIx, rows.itemIx, facts)
      this.changes += last
    }
    this.#emit(look, { rows, facts: was, trail, reading })
    rows.end = end
    trail.stepSeconds[last] = step
  }

  #emit(look: number, followed: Followed): void {
    if (look === 0) this.#census.add(followed)
    for (const emit of this.emitters[look] ?? []) emit(followed)
  }

  #follow(rows: ItemRows, facts: ItemFacts, prefix: KnownPrefix | undefined): void {
    this.#hashProfiles()
    digestRows(rows, facts, this.options.shared.words, this.#profileHashes)
    this.options.looks.forEach(({ readings, trail }, index) => {
      const reading = readings[rows.streamIx]
      if (!reading) return
      trail.follow(rows, reading)
      const followed = { rows, facts, trail, reading }
      if (prefix) this.taker?.take(index, followed, prefix)
      this.#emit(index, followed)
    })
    this.#firstDay = Math.min(this.#firstDay, rows.day[rows.first] ?? this.#firstDay)
    this.#lastDay = Math.max(this.#lastDay, rows.day[rows.end - 1] ?? this.#lastDay)
    this.changes += facts.changeCount
  }

  #hashProfiles(): void {
    const { profiles, words } = this.options.shared
    const known = this.#profileHashes.length / 2
    for (let profile = known; profile < profiles.told.length / profiles.width; profile++) {
      let [low, high] = [1, 2]
      for (let dimension = 0; dimension < profiles.width; dimension++) {
        const place = wordPlace(profiles.told[profile * profiles.width + dimension] ?? 0)
        low = mixHigh(low, words.hashes[place] ?? 0)
        high = mixHigh(high ^ dimension, words.hashes[place + 1] ?? 0)
      }
      this.#profileHashes.push(low, high)
    }
  }
}
