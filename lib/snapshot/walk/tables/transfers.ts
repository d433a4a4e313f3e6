import { formerDimensionColumn } from '../../../model/dimension'
import { OPEN } from '../follow'
import { dimensionColumns, dimensionFiller, perSpan, startFiller, type WalkedTable } from '../walked-table'

/**
 * Ends of days at which an item has other values than at the end of the day before on which anything changed, having been open until then:
 * the values it had and has, with the start days of each span as of before.
 */
export const transfers: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    day: 'int',
    ...perSpan(['first_start_day'], 'int'),
    ...dimensionColumns(dimensions, formerDimensionColumn),
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, day] = [writer.ints('item_ix'), writer.ints('stream_id'), writer.ints('day')]
    const fillStarts = startFiller(writer, 'first')
    const fillFormer = dimensionFiller(writer, shared, { columnOf: formerDimensionColumn })
    const fillDimensions = dimensionFiller(writer, shared)
    return (followed) => {
      const { rows, trail, reading } = followed
      let before = -1
      for (let row = rows.first; row < rows.end; row++) {
        if (row + 1 < rows.end && rows.day[row + 1] === rows.day[row]) continue
        const [was, is] = [rows.profile[before] ?? 0, rows.profile[row] ?? 0]
        const last = before
        before = row
        if (last < 0 || trail.status[last] !== OPEN || shared.profiles.areAlike(was, is)) continue
        const place = writer.next()
        item[place] = rows.itemIx
        stream[place] = reading.streamWord
        day[place] = rows.day[row] ?? 0
        fillStarts(place, followed, last)
        fillFormer(place, was)
        fillDimensions(place, is)
      }
    }
  },
}
