import { type Sql, sql } from '../../engine/sql'
import { STAGES } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'
import { coveringCube } from './cubes'

const SECONDS_PER_DAY = 86_400

/**
 * Moves of items in scope to an earlier stage inside the window, one row each: `item_ix, stream_id, seq, changed_at, day, from_position,
 * position, back_at`, the last absent while the item was not back by the as-of day.
 */
export function movesBack(context: MetricContext): Sql {
  const { from, to, asOf } = context.window
  const slice = sliceOf(context, { own: 'as_of', day: sql`fact.day` })
  return sql`SELECT fact.item_ix, fact.stream_id, fact.seq, fact.changed_at, fact.day, fact.from_position, fact.position,
      CASE WHEN fact.undone_day <= ${asOf} THEN fact.undone_at END AS back_at
    FROM ${context.table('moves')} AS fact ${slice.joins}
    WHERE fact.day >= ${from} AND fact.day < ${to} AND fact.position >= 0 AND fact.position < fact.from_position AND ${slice.condition}`
}

/**
 * The same added up per stream and pair of positions, where a cube covers the scope: `stream_id, from_position, position, move_count,
 * lost_seconds` of those that are back, `open_count` of the others and `open_since`, the sum of the seconds since 1970 at which they moved.
 */
export function movesBackCounts(context: MetricContext): Sql | undefined {
  const { from, to, asOf } = context.window
  const cube = coveringCube(context, STAGES)
  if (!cube) return undefined
  const isBack = sql`fact.undone_day <= ${asOf}`
  const backed = (value: Sql) => sql`CAST(sum(CASE WHEN ${isBack} THEN ${value} ELSE 0 END) AS DOUBLE)`
  const open = (value: Sql) => sql`CAST(sum(CASE WHEN ${isBack} THEN 0 ELSE ${value} END) AS DOUBLE)`
  const movedAt = sql`${cube.measure('back_seconds')} + ${cube.measure('moves')} * CAST(fact.day AS BIGINT) * ${SECONDS_PER_DAY}`
  return sql`SELECT fact.stream_id, fact.from_position, fact.position, CAST(sum(${cube.measure('moves')}) AS DOUBLE) AS move_count,
      ${backed(cube.measure('lost_seconds'))} AS lost_seconds, ${open(cube.measure('moves'))} AS open_count, ${open(movedAt)} AS open_since
    FROM ${cube.table} AS fact
    WHERE fact.day >= ${from} AND fact.day < ${to} AND fact.position >= 0 AND fact.position < fact.from_position AND ${cube.condition}
    GROUP BY fact.stream_id, fact.from_position, fact.position HAVING sum(${cube.measure('moves')}) <> 0
    ORDER BY fact.stream_id, fact.from_position, fact.position`
}
