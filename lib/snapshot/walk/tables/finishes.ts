import type { TableWriter } from '../../../engine/duckdb/table-writer'
import { SPANS, type SpanName } from '../../../model/unit'
import { NEVER } from '../../../time/day'
import { FINISHED, type SpanTrack, secondsBetween, type Trail } from '../follow'
import type { ItemRows } from '../item-rows'
import { dimensionColumns, dimensionFiller, perSpan, type WalkedTable } from '../walked-table'

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
    ...perSpan(['seconds', 'active_seconds', 'waiting_seconds', 'blocked_seconds'], 'long'),
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream] = [writer.ints('item_ix'), writer.ints('stream_id')]
    const [finishedAt, finishDay, untilDay] = [writer.doubles('finished_at'), writer.ints('finish_day'), writer.ints('until_day')]
    const fillDimensions = dimensionFiller(writer, shared)
    const fillSpans = SPANS.map((span) => spanFiller(writer, span))
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
        for (let span = 0; span < fillSpans.length; span++) fillSpans[span]?.(place, trail.spans[span], rows, row)
      }
    }
  },
}

function spanFiller(writer: TableWriter, span: SpanName) {
  const [firstDay, lastDay] = [writer.ints(`first_start_day_${span}`), writer.ints(`last_start_day_${span}`)]
  const [firstElapsed, lastElapsed] = [writer.doubles(`first_elapsed_${span}`), writer.doubles(`last_elapsed_${span}`)]
  const [seconds, active] = [writer.doubles(`seconds_${span}`), writer.doubles(`active_seconds_${span}`)]
  const [waiting, blocked] = [writer.doubles(`waiting_seconds_${span}`), writer.doubles(`blocked_seconds_${span}`)]
  return (place: number, track: SpanTrack | undefined, rows: ItemRows, row: number) => {
    if (!track) return
    const [at, first, last] = [rows.at[row] ?? 0, track.first[row] ?? 0, track.last[row] ?? 0]
    firstDay[place] = rows.day[first] ?? 0
    lastDay[place] = rows.day[last] ?? 0
    firstElapsed[place] = secondsBetween(rows.at[first] ?? 0, at)
    lastElapsed[place] = secondsBetween(rows.at[last] ?? 0, at)
    seconds[place] = track.seconds[row] ?? 0
    active[place] = track.active[row] ?? 0
    waiting[place] = track.waiting[row] ?? 0
    blocked[place] = track.blocked[row] ?? 0
  }
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
