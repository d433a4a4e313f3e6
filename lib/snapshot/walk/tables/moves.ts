import { NONE } from '../../../engine/duckdb/chunks'
import type { TableWriter } from '../../../engine/duckdb/table-writer'
import { STATUSES, type Trail } from '../follow'
import { stagePlace } from '../reading'
import { everyRow, isBlocked, isWaiting, secondsOf } from '../stay-seconds'
import { DayEnds, isMove, Undone } from '../steps'
import { dimensionColumns, dimensionFiller, type Followed, perSpan, type Shared, spanInts, type WalkedTable } from '../walked-table'
import { startDay } from './spells'

/**
 * Every change of stage or status: from where to where, on which day, with the values at the end of that day; how long the stay lasted that
 * ended with it; when it was undone (one forward by coming to the stage it had left or one before it, one backward by coming to the
 * stage it had left or beyond); and the start days of each span as of then, which are absent while an item has not begun it.
 */
export const moves: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    seq: 'int',
    changed_at: 'instant',
    day: 'int',
    from_position: 'int',
    position: 'int',
    from_status: 'word',
    status: 'word',
    seconds: 'long',
    working_seconds: 'long',
    waiting_seconds: 'long',
    blocked_seconds: 'long',
    undone_at: 'instant',
    undone_day: 'int',
    ...perSpan(['first_start_day'], 'int'),
    ...perSpan(['was_started'], 'bool'),
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, seq, day] = [writer.ints('item_ix'), writer.ints('stream_id'), writer.ints('seq'), writer.ints('day')]
    const [from, to] = [writer.ints('from_position'), writer.ints('position')]
    const [fromStatus, toStatus] = [writer.ints('from_status'), writer.ints('status')]
    const changedAt = writer.doubles('changed_at')
    const statuses = STATUSES.map((name) => shared.words.codeOf(name))
    const statusAt = (trail: Trail, row: number) => statuses[trail.status[row] ?? 0] ?? NONE
    const fillDimensions = dimensionFiller(writer, shared)
    const [fillSpans, fillUndone, fillStay] = [spanFiller(writer), undoneFiller(writer), stayFiller(writer, shared)]
    const [ends, undone] = [new DayEnds(), new Undone()]
    return (followed) => {
      const { rows, trail, reading } = followed
      undone.follow(followed)
      let before = NONE
      for (let row = rows.first; row < rows.end; row++) {
        if (!isMove(rows, trail, row)) continue
        const isFirst = row === rows.first
        const place = writer.next()
        item[place] = rows.itemIx
        stream[place] = reading.streamWord
        seq[place] = row
        changedAt[place] = rows.at[row] ?? 0
        day[place] = rows.day[row] ?? 0
        from[place] = isFirst ? NONE : (trail.position[row - 1] ?? 0)
        to[place] = trail.position[row] ?? 0
        fromStatus[place] = isFirst ? NONE : statusAt(trail, row - 1)
        toStatus[place] = statusAt(trail, row)
        fillSpans(place, followed, row)
        fillUndone(place, followed, undone.of(row))
        fillStay(place, followed, before, row)
        fillDimensions(place, rows.profile[ends.of(followed, row)] ?? 0)
        before = row
      }
    }
  },
}

function spanFiller(writer: TableWriter) {
  const [starts, started] = [spanInts(writer, 'first_start_day'), spanInts(writer, 'was_started')]
  return (place: number, { rows, trail }: Followed, row: number) => {
    trail.spans.forEach((track, span) => {
      const [start, was] = [starts[span], started[span]]
      if (start) start[place] = startDay(track, 'first', row, rows.day)
      if (was) was[place] = row > rows.first && (track.first[row - 1] ?? -1) >= 0 ? 1 : 0
    })
  }
}

function undoneFiller(writer: TableWriter) {
  const [at, day] = [writer.doubles('undone_at'), writer.ints('undone_day')]
  return (place: number, { rows }: Followed, row: number) => {
    at[place] = row === NONE ? Number.NaN : (rows.at[row] ?? 0)
    day[place] = row === NONE ? NONE : (rows.day[row] ?? 0)
  }
}

/** Fills in how long the stay between two moves lasted; nothing came before the first. */
function stayFiller(writer: TableWriter, { words }: Shared) {
  const [seconds, working] = [writer.doubles('seconds'), writer.doubles('working_seconds')]
  const [waiting, blocked] = [writer.doubles('waiting_seconds'), writer.doubles('blocked_seconds')]
  const active = words.has('active') ? words.codeOf('active') : NONE
  return (place: number, followed: Followed, from: number, to: number) => {
    const { reading, trail } = followed
    const [all, rested] = from === NONE ? [0, 0] : [secondsOf(followed, from, to, everyRow), secondsOf(followed, from, to, isWaiting)]
    const isActive = from !== NONE && reading.kindWords[stagePlace(trail.position[from] ?? 0)] === active
    seconds[place] = all
    waiting[place] = rested
    working[place] = isActive ? all - rested : 0
    blocked[place] = from === NONE ? 0 : secondsOf(followed, from, to, isBlocked)
  }
}
