import { NONE } from '../../../engine/duckdb/chunks'
import { STATUSES, type Trail } from '../follow'
import { dimensionColumns, dimensionFiller, perSpan, spanInts, type WalkedTable } from '../walked-table'
import { startDay } from './spells'

/**
 * Every change of stage or status: from where to where, on which day, under which team; with the start days of each span as of
 * then, which are absent while an item has not begun it.
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
    ...perSpan(['first_start_day'], 'int'),
    ...perSpan(['was_started'], 'bool'),
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, seq, day] = [writer.ints('item_ix'), writer.ints('stream_id'), writer.ints('seq'), writer.ints('day')]
    const [from, to] = [writer.ints('from_position'), writer.ints('position')]
    const [fromStatus, toStatus] = [writer.ints('from_status'), writer.ints('status')]
    const changedAt = writer.doubles('changed_at')
    const [starts, started] = [spanInts(writer, 'first_start_day'), spanInts(writer, 'was_started')]
    const statuses = STATUSES.map((name) => shared.words.codeOf(name))
    const statusAt = (trail: Trail, row: number) => statuses[trail.status[row] ?? 0] ?? NONE
    const fillDimensions = dimensionFiller(writer, shared)
    return ({ rows, trail, reading }) => {
      for (let row = rows.first; row < rows.end; row++) {
        const isFirst = row === rows.first
        if (!isFirst && staysPut(trail, row)) continue
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
        trail.spans.forEach((track, span) => {
          const [start, was] = [starts[span], started[span]]
          if (start) start[place] = startDay(track, 'first', row, rows.day)
          if (was) was[place] = !isFirst && (track.first[row - 1] ?? -1) >= 0 ? 1 : 0
        })
        fillDimensions(place, rows.profile[row] ?? 0)
      }
    }
  },
}

function staysPut(trail: Trail, row: number): boolean {
  return trail.position[row - 1] === trail.position[row] && trail.status[row - 1] === trail.status[row]
}
