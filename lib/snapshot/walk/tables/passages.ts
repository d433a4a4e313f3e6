import { NONE } from '../../../engine/duckdb/chunks'
import { stagePlace } from '../reading'
import { dimensionColumns, dimensionFiller, type Followed, perSpan, startFiller, type WalkedTable } from '../walked-table'
import { endOfInstant, isFinish, reopenedOn } from './finishes'

/**
 * What an item that finished had passed on its way: a row per finish and stage before the one that finishes, with all its stays there added
 * up and the day on which it left for the last time. Rows are valid as their finish is; a finish that was undone on its own day has none.
 * A stage of the kind done that finishes nothing takes no time.
 */
export const passages: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    finish_day: 'int',
    until_day: 'int',
    ...perSpan(['first_start_day', 'last_start_day'], 'int'),
    position: 'int',
    stage_id: 'word',
    seconds: 'long',
    leave_day: 'int',
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, position, stage] = [
      writer.ints('item_ix'),
      writer.ints('stream_id'),
      writer.ints('position'),
      writer.ints('stage_id'),
    ]
    const [finishDay, untilDay, leaveDay] = [writer.ints('finish_day'), writer.ints('until_day'), writer.ints('leave_day')]
    const seconds = writer.doubles('seconds')
    const [fillFirst, fillLast] = [startFiller(writer, 'first'), startFiller(writer, 'last')]
    const fillDimensions = dimensionFiller(writer, shared)
    const done = shared.words.has('done') ? shared.words.codeOf('done') : NONE
    const passed = new Passed()
    return (followed) => {
      const { rows, trail, reading } = followed
      passed.begin(reading.finished)
      for (let row = rows.first; row < rows.end; row++) {
        passed.step(followed, row)
        if (!isFinish(rows, trail, row)) continue
        const until = reopenedOn(rows, trail, row)
        if (until === rows.day[row]) continue
        const profile = rows.profile[endOfInstant(rows, row)] ?? 0
        for (let here = passed.next(-1); here >= 0; here = passed.next(here)) {
          const place = writer.next()
          item[place] = rows.itemIx
          stream[place] = reading.streamWord
          finishDay[place] = rows.day[row] ?? 0
          untilDay[place] = until
          position[place] = here - stagePlace(0)
          stage[place] = reading.stageWords[here] ?? NONE
          seconds[place] = reading.kindWords[here] === done ? 0 : (passed.seconds[here] ?? 0)
          leaveDay[place] = passed.leaveDays[here] ?? NONE
          fillFirst(place, followed, row)
          fillLast(place, followed, row)
          fillDimensions(place, profile)
        }
      }
    }
  },
}

/** What an item has left behind so far in each stage before the finished one, by the places of stages. */
class Passed {
  seconds = new Float64Array(0)
  /** `NONE`: not left yet. */
  leaveDays = new Int32Array(0)
  #end = 0

  begin(finished: number): void {
    this.#end = stagePlace(finished)
    if (this.seconds.length < this.#end) {
      this.seconds = new Float64Array(this.#end)
      this.leaveDays = new Int32Array(this.#end)
    }
    this.seconds.fill(0)
    this.leaveDays.fill(NONE)
  }

  /** Goes on to a row from the one before it. */
  step({ rows, trail }: Followed, row: number): void {
    const from = stagePlace(trail.position[row - 1] ?? 0)
    if (row === rows.first || from >= this.#end) return
    this.seconds[from] = (this.seconds[from] ?? 0) + (trail.stepSeconds[row - 1] ?? 0)
    if (trail.position[row] !== trail.position[row - 1]) this.leaveDays[from] = rows.day[row] ?? NONE
  }

  /** The next place after one that was left; -1: there is none. */
  next(place: number): number {
    for (let next = place + 1; next < this.#end; next++) if (this.leaveDays[next] !== NONE) return next
    return -1
  }
}
