import { NONE } from '../../../engine/duckdb/chunks'
import type { TableWriter } from '../../../engine/duckdb/table-writer'
import { STATUSES, type Trail } from '../follow'
import { stagePlace } from '../reading'
import { Stay } from '../stay-seconds'
import { DayEnds, isMove, Undone } from '../steps'
import {
  dimensionColumns,
  dimensionFiller,
  type Followed,
  perSpan,
  type Shared,
  spanInts,
  startFiller,
  type WalkedTable,
} from '../walked-table'

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
    const [fillStarts, fillStarted] = [startFiller(writer, 'first'), startedFiller(writer)]
    const [fillUndone, fillStay] = [undoneFiller(writer), stayFiller(writer, shared)]
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
        fillStarts(place, followed, row)
        fillStarted(place, followed, row)
        fillUndone(place, followed, undone.of(row))
        fillStay(place, followed, before, row)
        fillDimensions(place, rows.profile[ends.of(followed, row)] ?? 0)
        before = row
      }
    }
  },
}

function startedFiller(writer: TableWriter) {
  const started = spanInts(writer, 'was_started')
  return (place: number, { rows, trail }: Followed, row: number) => {
    for (let span = 0; span < started.length; span++) {
      const column = started[span]
      if (column) column[place] = row > rows.first && (trail.spans[span]?.first[row - 1] ?? -1) >= 0 ? 1 : 0
    }
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
  const stay = new Stay()
  return (place: number, followed: Followed, from: number, to: number) => {
    const { reading, trail } = followed
    stay.measure(followed, from === NONE ? to : from, to)
    const isActive = from !== NONE && reading.kindWords[stagePlace(trail.position[from] ?? 0)] === active
    seconds[place] = stay.seconds
    waiting[place] = stay.waiting
    working[place] = isActive ? stay.seconds - stay.waiting : 0
    blocked[place] = stay.blocked
  }
}
