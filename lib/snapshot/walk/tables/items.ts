import { NONE } from '../../../engine/duckdb/chunks'
import { STATUSES } from '../follow'
import { stagePlace } from '../reading'
import { dimensionColumns, dimensionFiller, perSpan, startFiller, type WalkedTable } from '../walked-table'

/** What the walk knows of an item; its texts are joined to it by the rows of `observations` that tell them. */
export const walkedItems: WalkedTable = {
  columns: (dimensions) => ({
    item_ix: 'int',
    stream_ix: 'int',
    stream_id: 'word',
    created_at: 'instant',
    created_day: 'int',
    told_created_at: 'instant',
    last_at: 'instant',
    change_count: 'int',
    position: 'int',
    stage_id: 'word',
    status: 'word',
    blocked: 'bool',
    mark: 'int',
    ...perSpan(['first_start_day'], 'int'),
    ...dimensionColumns(dimensions),
    key_row: 'long',
    title_row: 'long',
    url_row: 'long',
    digest_low: 'int',
    digest_high: 'int',
  }),
  emitter: (writer, shared) => {
    const [item, streamIx, stream] = [writer.ints('item_ix'), writer.ints('stream_ix'), writer.ints('stream_id')]
    const [createdAt, toldCreatedAt, createdDay, lastAt, changeCount] = [
      writer.doubles('created_at'),
      writer.doubles('told_created_at'),
      writer.ints('created_day'),
      writer.doubles('last_at'),
      writer.ints('change_count'),
    ]
    const [position, stage, status, blocked, mark] = [
      writer.ints('position'),
      writer.ints('stage_id'),
      writer.ints('status'),
      writer.ints('blocked'),
      writer.ints('mark'),
    ]
    const told = [writer.doubles('key_row'), writer.doubles('title_row'), writer.doubles('url_row')] as const
    const [low, high] = [writer.ints('digest_low'), writer.ints('digest_high')]
    const fillStarts = startFiller(writer, 'first')
    const statuses = STATUSES.map((name) => shared.words.codeOf(name))
    const fillDimensions = dimensionFiller(writer, shared)
    return (followed) => {
      const { rows, facts, trail, reading } = followed
      const place = writer.next()
      const last = rows.end - 1
      const here = trail.position[last] ?? 0
      item[place] = rows.itemIx
      streamIx[place] = rows.streamIx
      stream[place] = reading.streamWord
      createdAt[place] = rows.at[rows.first] ?? 0
      createdDay[place] = rows.day[rows.first] ?? 0
      toldCreatedAt[place] = facts.createdAt
      lastAt[place] = facts.lastAt
      changeCount[place] = facts.changeCount
      position[place] = here
      stage[place] = reading.stageWords[stagePlace(here)] ?? NONE
      status[place] = statuses[trail.status[last] ?? 0] ?? NONE
      blocked[place] = rows.blocked[last] ?? 0
      mark[place] = trail.mark[last] ?? 0
      fillStarts(place, followed, last)
      fillDimensions(place, rows.profile[last] ?? 0)
      told[0][place] = facts.keyRow
      told[1][place] = facts.titleRow
      told[2][place] = facts.urlRow
      low[place] = facts.digestLow
      high[place] = facts.digestHigh
    }
  },
}
