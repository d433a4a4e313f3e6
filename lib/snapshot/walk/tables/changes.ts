import { NONE } from '../../../engine/duckdb/chunks'
import type { Followed, Shared, WalkedTable } from '../walked-table'

export const YES = 'yes'

/** The ledger of what changed on an item, field by field. */
export const changes: WalkedTable = {
  columns: () => ({
    item_ix: 'int',
    stream_id: 'word',
    changed_at: 'instant',
    day: 'int',
    seq: 'int',
    field: 'word',
    from_value: 'word',
    to_value: 'word',
  }),
  emitter: (writer, shared) => {
    const [item, stream, seq, day] = [writer.ints('item_ix'), writer.ints('stream_id'), writer.ints('seq'), writer.ints('day')]
    const [field, from, to, changedAt] = [
      writer.ints('field'),
      writer.ints('from_value'),
      writer.ints('to_value'),
      writer.doubles('changed_at'),
    ]
    const fields = fieldsOf(shared)
    return (followed) => {
      const { rows, reading } = followed
      for (let row = rows.first; row < rows.end; row++) {
        const before = row > rows.first ? row - 1 : -1
        for (const { word, valueAt } of fields) {
          const was = before < 0 ? NONE : valueAt(followed, before)
          const is = valueAt(followed, row)
          if (was === is) continue
          const place = writer.next()
          item[place] = rows.itemIx
          stream[place] = reading.streamWord
          seq[place] = row
          changedAt[place] = rows.at[row] ?? 0
          day[place] = rows.day[row] ?? 0
          field[place] = word
          from[place] = was
          to[place] = is
        }
      }
    }
  },
}

/** Names of all fields of the ledger, in its order. */
export function ledgerFields(dimensions: readonly string[]): string[] {
  return ['state', 'blocked', ...dimensions].sort()
}

interface Field {
  readonly word: number
  readonly valueAt: (followed: Followed, row: number) => number
}

function fieldsOf({ dimensions, profiles, words }: Shared): Field[] {
  const yes = words.codeOf(YES)
  return ledgerFields(dimensions).map((name) => {
    const word = words.codeOf(name)
    if (name === 'state') return { word, valueAt: ({ rows }, row) => rows.state[row] ?? NONE }
    if (name === 'blocked') return { word, valueAt: ({ rows }, row) => (rows.blocked[row] ? yes : NONE) }
    const dimension = dimensions.indexOf(name)
    return { word, valueAt: ({ rows }, row) => profiles.mapped[(rows.profile[row] ?? 0) * profiles.width + dimension] ?? NONE }
  })
}
