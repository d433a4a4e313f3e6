import { dimensionColumns, dimensionFiller, type WalkedTable } from '../walked-table'

/** Every change of every item as it was read, a full record. */
export const history: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_id: 'word',
    seq: 'int',
    changed_at: 'instant',
    state: 'word',
    blocked: 'bool',
    blocked_reason: 'word',
    told: 'int',
    source_order: 'int',
    ...dimensionColumns(dimensions),
  }),
  emitter: (writer, shared) => {
    const [item, stream, seq] = [writer.ints('item_ix'), writer.ints('stream_id'), writer.ints('seq')]
    const [state, blocked, reason, changedAt] = [
      writer.ints('state'),
      writer.ints('blocked'),
      writer.ints('blocked_reason'),
      writer.doubles('changed_at'),
    ]
    const [told, order] = [writer.ints('told'), writer.ints('source_order')]
    const fillDimensions = dimensionFiller(writer, shared, { codes: shared.profiles.told })
    return ({ rows, reading }) => {
      for (let row = rows.first; row < rows.end; row++) {
        const place = writer.next()
        item[place] = rows.itemIx
        stream[place] = reading.streamWord
        seq[place] = row
        changedAt[place] = rows.at[row] ?? 0
        state[place] = rows.state[row] ?? 0
        blocked[place] = rows.blocked[row] ?? 0
        reason[place] = rows.reason[row] ?? 0
        told[place] = rows.told[row] ?? 0
        order[place] = rows.sourceOrder[row] ?? 0
        fillDimensions(place, rows.profile[row] ?? 0)
      }
    }
  },
}
