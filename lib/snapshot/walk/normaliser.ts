import { NONE } from '../../engine/duckdb/chunks'
import type { ItemFacts } from './item-facts'
import { grown, ItemRows } from './item-rows'
import { type Observed, TELLS_KEY, TELLS_STATE, TELLS_TITLE, TELLS_URL, tellsDimension } from './observed'
import { countCreation, KnownPrefix, stateRepairs } from './prefix'
import type { Profiles } from './profiles'
import type { RepairCounts } from './repairs'
import { SourceOrder } from './source-order'

export interface NormaliserOptions {
  readonly profiles: Profiles
  readonly repairs: RepairCounts
  /** Per stream, per dimension: whether a blank means "unchanged". */
  readonly carried: readonly (readonly boolean[])[]
  /** Local day of an instant in µs, in a stream's zone. */
  dayOf(streamIx: number, at: number): number
  /** The source of what was known before: its rows may be a prefix. */
  readonly knownSourceIx?: number
  onItem(rows: ItemRows, facts: ItemFacts, prefix: KnownPrefix | undefined): void
  /** An item none of whose rows tells a state. */
  onStateless(itemIx: number): void
}

/**
 * Takes observations ordered by item, source time and source order and hands on item by item, each row a full record: states
 * filled in, blanks carried where that is meant, a row 0 where the item is known to be older than its first change.
 */
export class Normaliser {
  readonly #rows = new ItemRows()
  readonly #order = new SourceOrder()
  readonly #facts: ItemFacts = emptyFacts()
  readonly #width: number
  #codes: Int32Array
  #known = false
  readonly #prefix = new KnownPrefix()

  constructor(private readonly options: NormaliserOptions) {
    this.#width = options.profiles.width
    this.#codes = new Int32Array(this.#rows.capacity * this.#width)
  }

  add(told: Observed, row: number): void {
    const item = told.item[row] ?? 0
    if (item !== this.#rows.itemIx) {
      this.finish()
      this.#begin(item, told.stream[row] ?? 0)
    }
    this.#take(told, row)
  }

  /** Hands on the item that was read last. */
  finish(): void {
    const rows = this.#rows
    if (rows.end === 1) return
    if (this.#known) {
      this.#order.rank(rows.sourceOrder)
      this.#fillStates()
      this.#describe()
      const prefix = this.#prefix.isOf(this.#facts) ? this.#prefix : undefined
      if (prefix) prefix.backwards = this.#order.countBackwards(rows.at, prefix.end - 1)
      this.options.onItem(rows, this.#facts, prefix)
    } else this.options.onStateless(rows.itemIx)
    rows.end = 1
  }

  #begin(itemIx: number, streamIx: number): void {
    const rows = this.#rows
    rows.itemIx = itemIx
    rows.streamIx = streamIx
    rows.first = 1
    rows.end = 1
    this.#known = false
    this.#order.clear()
    this.#prefix.clear()
    Object.assign(this.#facts, emptyFacts())
  }

  #take(told: Observed, row: number): void {
    const rows = this.#rows
    rows.ensure()
    if (this.#codes.length < rows.capacity * this.#width) this.#codes = grown(this.#codes, new Int32Array(rows.capacity * this.#width))
    const place = rows.end++
    rows.at[place] = told.at[row] ?? 0
    rows.day[place] = this.options.dayOf(rows.streamIx, rows.at[place] ?? 0)
    const state = told.state[row] ?? NONE
    rows.state[place] = state
    if (state !== NONE) this.#known = true
    rows.told[place] = (told.told[row] ?? 0) | (state === NONE ? 0 : TELLS_STATE)
    const blocked = told.blocked[row] === 1
    rows.blocked[place] = blocked ? 1 : 0
    rows.reason[place] = blocked ? (told.reason[row] ?? NONE) : NONE
    this.#order.add(told.sourceIx[row] ?? 0, told.sourceRow[row] ?? 0, told.sourceStep[row] ?? 0)
    this.#takeFacts(told, row)
    if (told.sourceIx[row] === this.options.knownSourceIx) this.#prefix.take(place, this.#known, this.#facts)
    this.#takeDimensions(told, row, place)
  }

  #takeFacts(told: Observed, row: number): void {
    const facts = this.#facts
    const created = told.created[row] ?? Number.NaN
    if (!Number.isNaN(created) && !(created >= facts.createdAt)) facts.createdAt = created
    const tells = told.told[row] ?? 0
    if (!tells) return
    const source = told.row[row] ?? Number.NaN
    if (tells & TELLS_KEY) facts.keyRow = source
    if (tells & TELLS_TITLE) facts.titleRow = source
    if (tells & TELLS_URL) facts.urlRow = source
  }

  #takeDimensions(told: Observed, row: number, place: number): void {
    const carried = this.options.carried[this.#rows.streamIx]
    const own = place * this.#width
    for (let dimension = 0; dimension < this.#width; dimension++) {
      let code = told.dimensions[dimension]?.[row] ?? NONE
      if (code !== NONE) this.#rows.told[place] = (this.#rows.told[place] ?? 0) | tellsDimension(dimension)
      if (code === NONE && carried?.[dimension] && place > 1) code = this.#codes[own - this.#width + dimension] ?? NONE
      this.#codes[own + dimension] = code
    }
    this.#rows.profile[place] = this.#isAsBefore(own, place)
      ? (this.#rows.profile[place - 1] ?? 0)
      : this.options.profiles.numberOf(this.#rows.streamIx, this.#codes, own)
  }

  #isAsBefore(own: number, place: number): boolean {
    if (place === 1) return false
    for (let at = own; at < own + this.#width; at++) if (this.#codes[at] !== this.#codes[at - this.#width]) return false
    return true
  }

  #fillStates(): void {
    const { state, itemIx, streamIx, end } = this.#rows
    let [unchanged, firsts, repeated] = [0, 0, 0]
    let known = NONE
    let told = NONE
    for (let row = 1; row < end; row++) {
      const here = state[row] ?? NONE
      if (here !== NONE && here === told) repeated++
      told = here
      if (here !== NONE) known = here
      else if (known === NONE) firsts++
      else {
        unchanged++
        state[row] = known
      }
      if (row === this.#prefix.end - 1) this.#prefix.repairs = stateRepairs(unchanged, firsts, repeated)
    }
    if (firsts) state.fill(state[firsts + 1] ?? NONE, 1, firsts + 1)
    this.options.repairs.add(streamIx, 'time_backwards', this.#order.countBackwards(this.#rows.at), itemIx)
    for (const [rule, count] of stateRepairs(unchanged, firsts, repeated)) this.options.repairs.add(streamIx, rule, count, itemIx)
  }

  #describe(): void {
    const rows = this.#rows
    const facts = this.#facts
    facts.firstAt = rows.at[1] ?? 0
    facts.lastAt = rows.at[rows.end - 1] ?? 0
    facts.changeCount = rows.end - 1
    countCreation(this.options.repairs, rows.streamIx, rows.itemIx, facts)
    if (!(facts.createdAt < facts.firstAt)) return
    rows.first = 0
    rows.at[0] = facts.createdAt
    rows.day[0] = this.options.dayOf(rows.streamIx, facts.createdAt)
    rows.state[0] = NONE
    rows.blocked[0] = 0
    rows.reason[0] = NONE
    rows.profile[0] = rows.profile[1] ?? 0
    rows.told[0] = 0
    rows.sourceOrder[0] = 0
  }
}

function emptyFacts(): ItemFacts {
  const none = Number.NaN
  return { firstAt: 0, lastAt: 0, createdAt: none, changeCount: 0, keyRow: none, titleRow: none, urlRow: none, digestLow: 0, digestHigh: 0 }
}
