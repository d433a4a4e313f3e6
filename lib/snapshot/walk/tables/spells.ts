import { NONE } from '../../../engine/duckdb/chunks'
import { NEVER } from '../../../time/day'
import { type SpanTrack, STATUSES } from '../follow'
import { dimensionColumns, dimensionFiller, type Followed, perSpan, startDay, startFiller, type WalkedTable } from '../walked-table'

/** What is true of an item at the end of each day, as runs of days `[from_day, to_day)` that are alike; the last ends `NEVER`. */
export const spells: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    from_day: 'int',
    to_day: 'int',
    position: 'int',
    mark: 'int',
    status: 'word',
    blocked: 'bool',
    ...perSpan(['first_start_day', 'last_start_day'], 'int'),
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, fromDay, toDay] = [
      writer.ints('item_ix'),
      writer.ints('stream_id'),
      writer.ints('from_day'),
      writer.ints('to_day'),
    ]
    const [position, mark, status, blocked] = [writer.ints('position'), writer.ints('mark'), writer.ints('status'), writer.ints('blocked')]
    const statuses = STATUSES.map((name) => shared.words.codeOf(name))
    const fillDimensions = dimensionFiller(writer, shared)
    const [fillFirst, fillLast] = [startFiller(writer, 'first'), startFiller(writer, 'last')]
    const emit = (followed: Followed, row: number, until: number) => {
      const { rows, trail, reading } = followed
      const place = writer.next()
      item[place] = rows.itemIx
      stream[place] = reading.streamWord
      fromDay[place] = rows.day[row] ?? 0
      toDay[place] = until
      position[place] = trail.position[row] ?? 0
      mark[place] = trail.mark[row] ?? 0
      status[place] = statuses[trail.status[row] ?? 0] ?? NONE
      blocked[place] = rows.blocked[row] ?? 0
      fillFirst(place, followed, row)
      fillLast(place, followed, row)
      fillDimensions(place, rows.profile[row] ?? 0)
    }
    return (followed) => {
      const { rows } = followed
      let begun = -1
      for (let row = rows.first; row < rows.end; row++) {
        if (row + 1 < rows.end && rows.day[row + 1] === rows.day[row]) continue
        if (begun >= 0 && isAlike(followed, begun, row)) continue
        if (begun >= 0) emit(followed, begun, rows.day[row] ?? NEVER)
        begun = row
      }
      if (begun >= 0) emit(followed, begun, NEVER)
    }
  },
}

function isAlike({ rows, trail }: Followed, one: number, other: number): boolean {
  if (trail.position[one] !== trail.position[other] || trail.mark[one] !== trail.mark[other]) return false
  if (trail.status[one] !== trail.status[other] || rows.blocked[one] !== rows.blocked[other]) return false
  if (rows.profile[one] !== rows.profile[other]) return false
  for (const track of trail.spans) if (!beginsAlike(track, one, other, rows.day)) return false
  return true
}

function beginsAlike({ first, last }: SpanTrack, one: number, other: number, days: Int32Array): boolean {
  return startDay(first, one, days) === startDay(first, other, days) && startDay(last, one, days) === startDay(last, other, days)
}
