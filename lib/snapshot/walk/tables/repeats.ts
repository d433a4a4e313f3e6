import { NONE } from '../../../engine/duckdb/chunks'
import { stagePlace } from '../reading'
import { DayEnds, isMove } from '../steps'
import { dimensionColumns, dimensionFiller, type Followed, type WalkedTable } from '../walked-table'

/**
 * Moves of items out of a stage that they left more than once, with the days of their exit before from there, and of their move before
 * along the same edge: what is needed to count items instead of moves.
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
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, seq, day] = [writer.ints('item_ix'), writer.ints('stream_id'), writer.ints('seq'), writer.ints('day')]
    const [from, to] = [writer.ints('from_position'), writer.ints('position')]
    const [exitBefore, edgeBefore] = [writer.ints('exit_before_day'), writer.ints('edge_before_day')]
    const fillDimensions = dimensionFiller(writer, shared)
    const [ends, exits] = [new DayEnds(), new Exits()]
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
        fillDimensions(place, rows.profile[ends.of(followed, row)] ?? 0)
      }
    }
  },
}

/** How often an item leaves each stage, and when it last did. */
class Exits {
  #counts = new Int32Array(0)
  #exitDays = new Int32Array(0)
  #edgeDays = new Int32Array(0)
  #stages = 0

  /** Counts an item's exits. @returns whether any stage was left more than once */
  follow({ rows, trail, reading }: Followed): boolean {
    this.#stages = reading.stageWords.length
    if (this.#counts.length < this.#stages) this.#grow(this.#stages)
    this.#counts.fill(0)
    let isAny = false
    for (let row = rows.first + 1; row < rows.end; row++) {
      if (!isMove(rows, trail, row)) continue
      const place = stagePlace(trail.position[row - 1] ?? 0)
      const count = (this.#counts[place] ?? 0) + 1
      this.#counts[place] = count
      isAny ||= count > 1
    }
    if (isAny) for (const days of [this.#exitDays, this.#edgeDays]) days.fill(NONE)
    return isAny
  }

  isRepeated(position: number): boolean {
    return (this.#counts[stagePlace(position)] ?? 0) > 1
  }

  /** @returns day of the exit before, `NONE` for the first */
  passExit(position: number, day: number): number {
    return exchange(this.#exitDays, stagePlace(position), day)
  }

  passEdge(from: number, to: number, day: number): number {
    return exchange(this.#edgeDays, stagePlace(from) * this.#stages + stagePlace(to), day)
  }

  #grow(stages: number): void {
    this.#counts = new Int32Array(stages)
    this.#exitDays = new Int32Array(stages)
    this.#edgeDays = new Int32Array(stages * stages)
  }
}

function exchange(days: Int32Array, place: number, day: number): number {
  const before = days[place] ?? NONE
  days[place] = day
  return before
}
