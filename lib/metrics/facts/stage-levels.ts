import { type ColumnTable, numbersOf } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { STAGE_LEVELS } from '../../snapshot/cubes/stage-levels'
import type { MetricContext } from '../define'
import { isOfStreams } from '../slice'
import type { Stage } from './stages'
import { codesOf, type GroupLevels } from './standing-levels'

/** Of each line, in their order. */
const COUNTS = ['reached_count', 'behind_count', 'removed_count']

/**
 * The lines of a cumulative flow as they were kept: `day, stage_id, reached_count, behind_count, removed_count` at the end of each day of
 * the window, in no order. Undefined where the scope is more than streams, or none were kept.
 */
export function keptLevels(context: MetricContext): Sql | undefined {
  const { params, window, rowCount, wholeTable } = context
  if (params.group !== undefined || params.dimensions.size || rowCount(STAGE_LEVELS) === undefined) return undefined
  const table = sql`${wholeTable(STAGE_LEVELS)} AS fact WHERE fact.day >= ${window.from} AND fact.day < ${window.to}`
  if (params.stream.length < 2) {
    const scope = params.stream.length ? isOfStreams(context) : sql`fact.stream_id IS NULL`
    return sql`SELECT fact.day, fact.stage_id, fact.reached_count, fact.behind_count, fact.removed_count FROM ${table} AND ${scope}`
  }
  return sql`SELECT fact.day, fact.stage_id, CAST(sum(fact.reached_count) AS INTEGER) AS reached_count,
      CAST(sum(fact.behind_count) AS INTEGER) AS behind_count, CAST(sum(fact.removed_count) AS INTEGER) AS removed_count
    FROM ${table} AND ${isOfStreams(context)} GROUP BY fact.day, fact.stage_id`
}

/** Levels out of the answer to `keptLevels`. */
export function levelsKept(kept: ColumnTable, { window }: MetricContext, stages: readonly Stage[]): GroupLevels {
  const { from, to } = window
  const series = stages.length * COUNTS.length
  const levels = new Int32Array(Math.max(0, to - from) * series)
  const { texts, codes } = codesOf(kept, 'stage_id')
  const lines = texts.map((text) => stages.findIndex(({ id }) => id === text))
  const days = numbersOf(kept, 'day')
  COUNTS.forEach((name, count) => {
    const values = numbersOf(kept, name)
    for (let row = 0; row < kept.rowCount; row++) {
      const line = lines[codes[row] ?? 0] ?? -1
      if (line >= 0) levels[((days[row] ?? 0) - from) * series + line * COUNTS.length + count] = values[row] ?? 0
    }
  })
  return {
    group: null,
    forEachDay: (emit) => {
      for (let day = from; day < to; day++) emit(day, levels.subarray((day - from) * series, (day - from + 1) * series))
    },
  }
}
