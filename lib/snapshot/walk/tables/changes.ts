import { NONE } from '../../../engine/duckdb/chunks'
import type { ItemRows } from '../item-rows'
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
    const others = fields.filter(({ isOfProfile }) => !isOfProfile)
    return (followed) => {
      const { rows, reading } = followed
      for (let row = rows.first; row < rows.end; row++) {
        for (const { word, valueAt } of isAsBefore(rows, row) ? others : fields) {
          const was = valueBefore(followed, row, valueAt)
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

/** NONE before an item's first row. */
function valueBefore(followed: Followed, row: number, valueAt: Field['valueAt']): number {
  return row > followed.rows.first ? valueAt(followed, row - 1) : NONE
}

/** Whether the values of all dimensions are those of the row before. */
function isAsBefore({ first, profile }: ItemRows, row: number): boolean {
  return row > first && profile[row] === profile[row - 1]
}

/** Names of all fields of the ledger, in its order. */
export function ledgerFields(dimensions: readonly string[]): string[] {
  return ['state', 'blocked', ...dimensions].sort()
}

interface Field {
  readonly word: number
  /** Whether it can't change while the item has the same profile. */
  readonly isOfProfile: boolean
  readonly valueAt: (followed: Followed, row: number) => number
}

function fieldsOf({ dimensions, profiles, words }: Shared): Field[] {
  const yes = words.codeOf(YES)
  return ledgerFields(dimensions).map((name) => {
    const word = words.codeOf(name)
    if (name === 'state') return { word, isOfProfile: false, valueAt: ({ rows }, row) => rows.state[row] ?? NONE }
    if (name === 'blocked') return { word, isOfProfile: false, valueAt: ({ rows }, row) => (rows.blocked[row] ? yes : NONE) }
    const dimension = dimensions.indexOf(name)
    return {
      word,
      isOfProfile: true,
      valueAt: ({ rows }, row) => profiles.mapped[(rows.profile[row] ?? 0) * profiles.width + dimension] ?? NONE,
    }
  })
}
