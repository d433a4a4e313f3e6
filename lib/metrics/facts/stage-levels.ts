import { type ColumnTable, codesOf, numbersOf } from '../../engine/columns'
import { kept, type Sql, sql } from '../../engine/sql'
import { STAGE_LEVELS } from '../../snapshot/cubes/stage-levels'
import type { MetricContext } from '../define'
import { isOfStreams } from '../slice'
import { fitsIntoMemory, ofStreams, rowsByStream } from './kept-rows'
import type { Stage } from './stages'
import type { GroupLevels } from './standing-levels'

/** Of each line, in their order. */
const COUNTS = ['reached_count', 'behind_count', 'removed_count']
/** Stream, day, stage and three counts. */
const BYTES_PER_ROW = 24
/** What the rows of all streams together say of the stream. */
const ALL = ''

/**
 * The lines of a cumulative flow as they were kept: `stream_id, day, stage_id, reached_count, behind_count, removed_count` at the end of each
 * day, stream by stream, NULL being all of them; to stay in memory, or of the window and the streams in scope where they are too many.
 * Undefined where the scope is more than streams, or none were kept.
 */
export function keptLevels(context: MetricContext): Sql | undefined {
  const { params, window, rowCount, wholeTable } = context
  const rows = rowCount(STAGE_LEVELS)
  if (params.group !== undefined || params.dimensions.size || rows === undefined) return undefined
  const asked = (scope: Sql) =>
    sql`SELECT fact.stream_id, fact.day, fact.stage_id, fact.reached_count, fact.behind_count, fact.removed_count FROM ${wholeTable(STAGE_LEVELS)} AS fact
      WHERE ${scope} ORDER BY fact.stream_id`
  if (fitsIntoMemory(rows, BYTES_PER_ROW))
    return kept(asked(sql`TRUE`), sql`${ofStreams(context, sql`stream_id IS NULL`)} AND day >= ${window.from} AND day < ${window.to}`)
  const streams = params.stream.length ? isOfStreams(context) : sql`fact.stream_id IS NULL`
  return asked(sql`${streams} AND fact.day >= ${window.from} AND fact.day < ${window.to}`)
}

/** Levels out of the answer to `keptLevels`. */
export function levelsKept(table: ColumnTable, { window, params }: MetricContext, stages: readonly Stage[]): GroupLevels {
  const { from, to } = window
  const series = stages.length * COUNTS.length
  const levels = new Int32Array(Math.max(0, to - from) * series)
  const { texts, codes } = codesOf(table, 'stage_id')
  const lines = texts.map((text) => stages.findIndex(({ id }) => id === text))
  const days = numbersOf(table, 'day')
  const counts = COUNTS.map((name) => numbersOf(table, name))
  const wanted = params.stream.length ? params.stream : [ALL]
  for (const { streamId, start, end } of rowsByStream(table)) {
    if (!wanted.includes(streamId)) continue
    for (let row = start; row < end; row++) {
      const line = lines[codes[row] ?? 0] ?? -1
      const day = days[row] ?? 0
      if (line < 0 || day < from || day >= to) continue
      const place = (day - from) * series + line * COUNTS.length
      for (let count = 0; count < counts.length; count++) levels[place + count] = (levels[place + count] ?? 0) + (counts[count]?.[row] ?? 0)
    }
  }
  return { group: null, levels }
}
