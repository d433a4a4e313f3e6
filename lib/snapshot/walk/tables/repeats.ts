import { NONE } from '../../../engine/duckdb/chunks'
import type { Profiles } from '../profiles'
import { stagePlace } from '../reading'
import { DayEnds, isMove } from '../steps'
import { dimensionColumns, dimensionFiller, type Followed, type WalkedTable } from '../walked-table'

/**
 * Moves of items out of a stage that they left more than once, with the days of their exit before from there, and of their move before
 * along the same edge: what is needed to count items instead of moves. They are `steady` where the item had the same values at the end of
 * each of these days, so that all of them are in a slice or none.
 */
export const repeats: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    seq: 'int',
    day: 'int',
    from_position: 'int',
    position: 'int',
    exit_before_day: 'int',
    edge_before_day: 'int',
    steady: 'bool',
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, seq, day] = [writer.ints('item_ix'), writer.ints('stream_id'), writer.ints('seq'), writer.ints('day')]
    const [from, to] = [writer.ints('from_position'), writer.ints('position')]
    const [exitBefore, edgeBefore, steady] = [writer.ints('exit_before_day'), writer.ints('edge_before_day'), writer.ints('steady')]
    const fillDimensions = dimensionFiller(writer, shared)
    const exits = new Exits(shared.profiles)
    return (followed) => {
      if (!exits.follow(followed)) return
      const { rows, trail, reading } = followed
      for (let row = rows.first + 1; row < rows.end; row++) {
        const [here, there] = [trail.position[row - 1] ?? 0, trail.position[row] ?? 0]
        if (!isMove(rows, trail, row) || !exits.isRepeated(here)) continue
        const place = writer.next()
        const own = rows.day[row] ?? 0
        item[place] = rows.itemIx
        stream[place] = reading.streamWord
        seq[place] = row
        day[place] = own
        from[place] = here
        to[place] = there
        exitBefore[place] = exits.passExit(here, own)
        edgeBefore[place] = exits.passEdge(here, there, own)
        steady[place] = exits.isSteady(here) ? 1 : 0
        fillDimensions(place, exits.profileAt(row))
      }
    }
  },
}

/** How often an item leaves each stage, with which values, and when it last did. */
class Exits {
  readonly #ends = new DayEnds()
  #counts = new Int32Array(0)
  /** Profile of the first exit; `NONE` once another differs. */
  #profiles = new Int32Array(0)
  #exitDays = new Int32Array(0)
  #edgeDays = new Int32Array(0)
  /** Profile at the end of the day of each row with which a stage was left. */
  #ofRow = new Int32Array(0)
  #stages = 0

  constructor(private readonly known: Profiles) {}

  /** Counts an item's exits. @returns whether any stage was left more than once */
  follow(followed: Followed): boolean {
    const { rows, trail, reading } = followed
    this.#stages = reading.stageWords.length
    if (this.#counts.length < this.#stages) this.#grow(this.#stages)
    if (this.#ofRow.length < rows.capacity) this.#ofRow = new Int32Array(rows.capacity)
    this.#counts.fill(0)
    let isAny = false
    for (let row = rows.first + 1; row < rows.end; row++) {
      if (!isMove(rows, trail, row)) continue
      const place = stagePlace(trail.position[row - 1] ?? 0)
      const profile = rows.profile[this.#ends.of(followed, row)] ?? 0
      this.#ofRow[row] = profile
      this.#count(place, profile)
      isAny ||= (this.#counts[place] ?? 0) > 1
    }
    if (isAny) for (const days of [this.#exitDays, this.#edgeDays]) days.fill(NONE)
    return isAny
  }

  isRepeated(position: number): boolean {
    return (this.#counts[stagePlace(position)] ?? 0) > 1
  }

  isSteady(position: number): boolean {
    return this.#profiles[stagePlace(position)] !== NONE
  }

  profileAt(row: number): number {
    return this.#ofRow[row] ?? 0
  }

  /** @returns day of the exit before, `NONE` for the first */
  passExit(position: number, day: number): number {
    return exchange(this.#exitDays, stagePlace(position), day)
  }

  passEdge(from: number, to: number, day: number): number {
    return exchange(this.#edgeDays, stagePlace(from) * this.#stages + stagePlace(to), day)
  }

  #count(place: number, profile: number): void {
    const count = (this.#counts[place] ?? 0) + 1
    const first = count === 1 ? profile : (this.#profiles[place] ?? NONE)
    this.#counts[place] = count
    this.#profiles[place] = first !== NONE && this.known.areAlike(first, profile) ? first : NONE
  }

  #grow(stages: number): void {
    this.#counts = new Int32Array(stages)
    this.#profiles = new Int32Array(stages)
    this.#exitDays = new Int32Array(stages)
    this.#edgeDays = new Int32Array(stages * stages)
  }
}

function exchange(days: Int32Array, place: number, day: number): number {
  const before = days[place] ?? NONE
  days[place] = day
  return before
}
