import { NONE } from '../../../engine/duckdb/chunks'
import type { TableWriter } from '../../../engine/duckdb/table-writer'
import { NEVER } from '../../../time/day'
import { secondsBetween } from '../follow'
import { DayEnds, isMove } from '../steps'
import { dimensionColumns, dimensionFiller, type Followed, type Shared, type WalkedTable } from '../walked-table'

/**
 * Every change of an item from one team to another, with the values at the end of that day; the day of the item's next move to another
 * stage or status, `NEVER` while there is none, and the whole seconds until then, which are then absent. None where teams are no dimension.
 */
export const handoffs: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    seq: 'int',
    day: 'int',
    from_value: 'word',
    to_value: 'word',
    move_day: 'int',
    wait_seconds: 'long',
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const teamAt = teamReader(shared)
    if (!teamAt) return () => undefined
    const [item, stream, seq, day] = [writer.ints('item_ix'), writer.ints('stream_id'), writer.ints('seq'), writer.ints('day')]
    const [from, to] = [writer.ints('from_value'), writer.ints('to_value')]
    const [fillMove, fillDimensions] = [moveFiller(writer), dimensionFiller(writer, shared)]
    const ends = new DayEnds()
    return (followed) => {
      const { rows, reading } = followed
      let move = rows.first
      for (let row = rows.first + 1; row < rows.end; row++) {
        if (rows.profile[row - 1] === rows.profile[row]) continue
        const [was, is] = [teamAt(followed, row - 1), teamAt(followed, row)]
        if (was === is || was === NONE || is === NONE) continue
        if (move <= row) move = moveAfter(followed, row)
        const place = writer.next()
        item[place] = rows.itemIx
        stream[place] = reading.streamWord
        seq[place] = row
        day[place] = rows.day[row] ?? 0
        from[place] = was
        to[place] = is
        fillMove(place, followed, row, move)
        fillDimensions(place, rows.profile[ends.of(followed, row)] ?? 0)
      }
    }
  },
}

/** Reads an item's team as of one of its rows; undefined where teams are no dimension. */
function teamReader({ dimensions, profiles: { mapped, width } }: Shared): ((followed: Followed, row: number) => number) | undefined {
  const team = dimensions.indexOf('team')
  if (team < 0) return undefined
  return ({ rows }, row) => mapped[(rows.profile[row] ?? 0) * width + team] ?? NONE
}

/** Fills in when an item moved on after one of its rows. @param move row of its move; the end: it did not */
function moveFiller(writer: TableWriter) {
  const [day, wait] = [writer.ints('move_day'), writer.doubles('wait_seconds')]
  return (place: number, { rows }: Followed, row: number, move: number) => {
    const isMoved = move < rows.end
    day[place] = isMoved ? (rows.day[move] ?? 0) : NEVER
    wait[place] = isMoved ? secondsBetween(rows.at[row] ?? 0, rows.at[move] ?? 0) : Number.NaN
  }
}

/** The first move with a later row, or the end. */
function moveAfter({ rows, trail }: Followed, from: number): number {
  let row = from + 1
  while (row < rows.end && !isMove(rows, trail, row)) row++
  return row
}
