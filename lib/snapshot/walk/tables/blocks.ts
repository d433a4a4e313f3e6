import { NONE } from '../../../engine/duckdb/chunks'
import type { ItemRows } from '../item-rows'
import { DayEnds } from '../steps'
import { dimensionColumns, dimensionFiller, type WalkedTable } from '../walked-table'

/** Blocked spells, `[blocked_at, unblocked_at)`, with the values at the end of the day on which they began; one that lasts has no end. */
export const blocks: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    block_ix: 'int',
    blocked_at: 'instant',
    block_day: 'int',
    unblocked_at: 'instant',
    unblock_day: 'int',
    reason: 'word',
    reason_day: 'int',
    position: 'int',
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, block] = [writer.ints('item_ix'), writer.ints('stream_id'), writer.ints('block_ix')]
    const [from, fromDay, to, toDay] = [
      writer.doubles('blocked_at'),
      writer.ints('block_day'),
      writer.doubles('unblocked_at'),
      writer.ints('unblock_day'),
    ]
    const [reason, reasonDay, position] = [writer.ints('reason'), writer.ints('reason_day'), writer.ints('position')]
    const fillDimensions = dimensionFiller(writer, shared)
    const ends = new DayEnds()
    return (followed) => {
      const { rows, trail, reading } = followed
      let number = 0
      for (let row = blockedFrom(rows, rows.first), next = row; row < rows.end; row = blockedFrom(rows, next)) {
        next = blockedUntil(rows, row)
        const place = writer.next()
        item[place] = rows.itemIx
        stream[place] = reading.streamWord
        block[place] = ++number
        from[place] = rows.at[row] ?? 0
        fromDay[place] = rows.day[row] ?? 0
        position[place] = trail.position[row] ?? 0
        fillDimensions(place, rows.profile[ends.of(followed, row)] ?? 0)
        const told = reasonRow(rows, row)
        reason[place] = intAt(rows.reason, told)
        reasonDay[place] = intAt(rows.day, told)
        to[place] = next < rows.end ? (rows.at[next] ?? 0) : Number.NaN
        toDay[place] = intAt(rows.day, next < rows.end ? next : -1)
      }
    }
  },
}

/** The first row of a spell that tells a reason; -1: none does. */
function reasonRow(rows: ItemRows, from: number): number {
  for (let row = from; row < rows.end && rows.blocked[row]; row++) if (rows.reason[row] !== NONE) return row
  return -1
}

/** The first blocked row from a row on, or the end. */
function blockedFrom(rows: ItemRows, from: number): number {
  let row = from
  while (row < rows.end && !rows.blocked[row]) row++
  return row
}

/** The first row from a blocked one on that is not blocked, or the end. */
function blockedUntil(rows: ItemRows, from: number): number {
  let row = from
  while (row < rows.end && rows.blocked[row]) row++
  return row
}

/** NONE for row -1. */
function intAt(column: Int32Array, row: number): number {
  return row < 0 ? NONE : (column[row] ?? NONE)
}
