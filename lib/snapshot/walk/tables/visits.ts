import { NONE } from '../../../engine/duckdb/chunks'
import { stagePlace } from '../reading'
import { Stay } from '../stay-seconds'
import { dimensionColumns, dimensionFiller, type Followed, type WalkedTable } from '../walked-table'

/** Every stay of an item in a stage, `[entered_at, left_at)`; the latest one may be open. */
export const visits: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    visit_ix: 'int',
    position: 'int',
    stage_id: 'word',
    kind: 'word',
    entered_at: 'instant',
    left_at: 'instant',
    enter_day: 'int',
    leave_day: 'int',
    seconds: 'long',
    waiting_seconds: 'long',
    blocked_seconds: 'long',
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, visit, position] = [
      writer.ints('item_ix'),
      writer.ints('stream_id'),
      writer.ints('visit_ix'),
      writer.ints('position'),
    ]
    const [stage, kind, enterDay, leaveDay] = [
      writer.ints('stage_id'),
      writer.ints('kind'),
      writer.ints('enter_day'),
      writer.ints('leave_day'),
    ]
    const [entered, left] = [writer.doubles('entered_at'), writer.doubles('left_at')]
    const [seconds, waiting, blocked] = [writer.doubles('seconds'), writer.doubles('waiting_seconds'), writer.doubles('blocked_seconds')]
    const fillDimensions = dimensionFiller(writer, shared)
    const stay = new Stay()
    return (followed) => {
      const { rows, trail, reading } = followed
      let number = 0
      for (let row = rows.first, next = row; row < rows.end; row = next) {
        next = endOfStay(followed, row)
        const here = trail.position[row] ?? 0
        const isOver = next < rows.end
        const place = writer.next()
        item[place] = rows.itemIx
        stream[place] = reading.streamWord
        visit[place] = ++number
        position[place] = here
        stage[place] = reading.stageWords[stagePlace(here)] ?? NONE
        kind[place] = reading.kindWords[stagePlace(here)] ?? NONE
        entered[place] = rows.at[row] ?? 0
        left[place] = isOver ? (rows.at[next] ?? 0) : Number.NaN
        enterDay[place] = rows.day[row] ?? 0
        leaveDay[place] = isOver ? (rows.day[next] ?? 0) : NONE
        stay.measure(followed, row, next)
        seconds[place] = stay.seconds
        waiting[place] = stay.waiting
        blocked[place] = stay.blocked
        fillDimensions(place, rows.profile[row] ?? 0)
      }
    }
  },
}

/** Row with which the item leaves the stage, or the end. */
function endOfStay({ rows, trail }: Followed, from: number): number {
  let row = from + 1
  while (row < rows.end && trail.position[row] === trail.position[from]) row++
  return row
}
