import { SPANS } from '../../../model/unit'
import { NEVER } from '../../../time/day'
import { FINISHED, secondsBetween, type Trail } from '../follow'
import type { ItemRows } from '../item-rows'
import { dimensionColumns, dimensionFiller, perSpan, type WalkedTable } from '../walked-table'

const WHICH = ['first', 'last'] as const
const SORTS = ['seconds', 'active', 'waiting', 'blocked'] as const

/**
 * Every time an item became finished, with its spans as of then. On a day d the item is finished by the one row with
 * `finish_day <= d < until_day`, which is `NEVER` while it lasts.
 */
export const finishes: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    finished_at: 'instant',
    finish_day: 'int',
    until_day: 'int',
    ...perSpan(['first_start_day', 'last_start_day'], 'int'),
    ...perSpan(['first_elapsed', 'last_elapsed'], 'long'),
    ...perSpan(SORTS.map(columnOf), 'long'),
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream] = [writer.ints('item_ix'), writer.ints('stream_id')]
    const [finishedAt, finishDay, untilDay] = [writer.doubles('finished_at'), writer.ints('finish_day'), writer.ints('until_day')]
    const starts = SPANS.map((span) =>
      WHICH.map((which) => ({ which, day: writer.ints(`${which}_start_day_${span}`), length: writer.doubles(`${which}_elapsed_${span}`) })),
    )
    const sums = SPANS.map((span) => SORTS.map((sort) => ({ sort, column: writer.doubles(`${columnOf(sort)}_${span}`) })))
    const fillDimensions = dimensionFiller(writer, shared)
    return ({ rows, trail, reading }) => {
      for (let row = rows.first; row < rows.end; row++) {
        if (!isFinish(rows, trail, row)) continue
        const place = writer.next()
        const at = rows.at[row] ?? 0
        item[place] = rows.itemIx
        stream[place] = reading.streamWord
        finishedAt[place] = at
        finishDay[place] = rows.day[row] ?? 0
        untilDay[place] = reopenedOn(rows, trail, row)
        fillDimensions(place, rows.profile[endOfInstant(rows, row)] ?? 0)
        trail.spans.forEach((track, span) => {
          for (const { which, day, length } of starts[span] ?? []) {
            const start = track[which][row] ?? 0
            day[place] = rows.day[start] ?? 0
            length[place] = secondsBetween(rows.at[start] ?? 0, at)
          }
          for (const { sort, column } of sums[span] ?? []) column[place] = track[sort][row] ?? 0
        })
      }
    }
  },
}

function columnOf(sort: (typeof SORTS)[number]): string {
  return sort === 'seconds' ? 'seconds' : `${sort}_seconds`
}

/** Day on which an item that finished with a row was finished no longer; `NEVER` while it lasts. */
export function reopenedOn(rows: ItemRows, trail: Trail, from: number): number {
  for (let row = from + 1; row < rows.end; row++) if (trail.status[row] !== FINISHED) return rows.day[row] ?? NEVER
  return NEVER
}

/** The last row of the same instant, whose values count. */
export function endOfInstant(rows: ItemRows, row: number): number {
  let last = row
  while (last + 1 < rows.end && rows.at[last + 1] === rows.at[row]) last++
  return last
}

/** Whether the item becomes finished with the row. */
export function isFinish(rows: ItemRows, trail: Trail, row: number): boolean {
  return trail.status[row] === FINISHED && (row === rows.first || trail.status[row - 1] !== FINISHED)
}
