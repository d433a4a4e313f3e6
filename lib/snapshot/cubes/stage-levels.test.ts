import { expect, it } from 'vitest'
import { openBuilder } from '@/lib/engine/duckdb/builder'
import { sql } from '@/lib/engine/sql'
import { smallStream } from '@/lib/testing/small'
import { stageLevels } from './stage-levels'

const [FIRST, LAST] = [100, 102]
const STREAMS = [smallStream('left', []), smallStream('right', [])].map(({ stream }) => stream)

/** One item of the left stream moves on and back; of the right one, one is there from before and is removed later. */
const LEVELS = sql`(SELECT * FROM (VALUES ('left', 100, 0, 0, 'open', 1), ('left', 101, 0, 0, 'open', -1), ('left', 101, 1, 1, 'open', 1),
  ('left', 102, 1, 1, 'open', -1), ('left', 102, 0, 1, 'open', 1), ('right', 90, 0, 0, 'open', 1), ('right', 102, 0, 0, 'open', -1), ('right', 102, 0, 0, 'removed', 1))
  AS told(stream_id, day, position, mark, status, item_delta))`

it('tells the levels of each day, of each stream and of all', async () => {
  const rows = stageLevels({ streams: STREAMS, firstDay: FIRST, lastDay: LAST, levels: LEVELS })
  const builder = await openBuilder({ threads: 1 })
  try {
    const found =
      await builder.rows(sql`SELECT stage_id, coalesce(stream_id, 'all') AS stream, list([reached_count, behind_count, removed_count] ORDER BY day)::VARCHAR AS levels
      FROM (${rows ?? sql``}) AS kept GROUP BY stage_id, stream_id ORDER BY stage_id DESC, stream`)
    const of = (stage: string, stream: string) => found.find((row) => row.stage_id === stage && row.stream === stream)?.levels
    expect(of('todo', 'left')).toBe('[[1, 0, 0], [1, 0, 0], [1, 0, 0]]')
    expect(of('doing', 'left')).toBe('[[0, 0, 0], [1, 0, 0], [1, 1, 0]]')
    expect(of('todo', 'right')).toBe('[[1, 0, 0], [1, 0, 0], [1, 0, 1]]')
    expect(of('todo', 'all')).toBe('[[2, 0, 0], [2, 0, 0], [2, 0, 1]]')
    expect(of('doing', 'all')).toBe('[[0, 0, 0], [1, 0, 0], [1, 1, 0]]')
  } finally {
    builder.close()
  }
})

it('is not kept of more stages and days than are worth it, nor without a stream', () => {
  expect(stageLevels({ streams: STREAMS, firstDay: 0, lastDay: 1_000_000, levels: LEVELS })).toBeUndefined()
  expect(stageLevels({ streams: [], firstDay: FIRST, lastDay: LAST, levels: LEVELS })).toBeUndefined()
})
