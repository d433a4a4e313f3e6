import { ident, join, type Sql, sql } from '../../engine/sql'
import type { ValueStream } from '../../model/value-stream'

/**
 * How many items have reached a stage or a later one by the end of each day, and how many of them stand before it or are removed: the lines
 * of a cumulative flow, of each stream, and without a stream those of all together. Levels, where other cubes have changes.
 */
export const STAGE_LEVELS = 'cube_stage_levels'

/** Of more stages over a longer history the lines come from the cube of levels each time. */
const MOST_ROWS = 4_000_000
const COUNTS = ['reached', 'behind', 'removed']

export interface StageLevelsOf {
  readonly streams: readonly ValueStream[]
  readonly firstDay: number
  readonly lastDay: number
  /** Rows of the cube of levels. */
  readonly levels: Sql
}

/** The rows of the table in their order; undefined: there are too many. */
export function stageLevels({ streams, firstDay, lastDay, levels }: StageLevelsOf): Sql | undefined {
  const lines = streams.flatMap(({ id, stages }) => stages.map((stage, line) => sql`(${id}, ${stage.id}, ${line})`))
  const stages = new Set(streams.flatMap((stream) => stream.stages.map(({ id }) => id)))
  if (!lines.length || (lines.length + stages.size) * (lastDay - firstDay + 1) > MOST_ROWS) return undefined
  const totals = COUNTS.map((count) => sql`sum(${ident(count)}) AS ${ident(count)}`)
  const running = COUNTS.map(
    (count) => sql`CAST(sum(coalesce(booked.${ident(count)}, 0)) OVER so_far AS INTEGER) AS ${ident(`${count}_count`)}`,
  )
  return sql`WITH lines(stream_id, stage_id, line) AS (VALUES ${join(lines)}),
    changes AS (SELECT lines.stream_id, lines.stage_id, greatest(fact.day, ${firstDay}) AS day, sum(fact.item_delta) AS reached,
        sum(CASE WHEN fact.status <> 'removed' AND fact.position >= 0 AND fact.position < lines.line THEN fact.item_delta ELSE 0 END) AS behind,
        sum(CASE WHEN fact.status = 'removed' THEN fact.item_delta ELSE 0 END) AS removed
      FROM ${levels} AS fact JOIN lines ON CAST(fact.stream_id AS VARCHAR) = lines.stream_id AND (lines.line = 0 OR fact.mark >= lines.line)
      GROUP BY lines.stream_id, lines.stage_id, greatest(fact.day, ${firstDay})),
    booked AS (SELECT * FROM changes UNION ALL SELECT NULL, stage_id, day, ${join(totals)} FROM changes GROUP BY stage_id, day),
    places AS (SELECT stream_id, stage_id FROM lines UNION SELECT NULL, stage_id FROM lines),
    ends AS (SELECT places.*, CAST(days.range AS INTEGER) AS day FROM places CROSS JOIN range(${firstDay}, ${lastDay + 1}) AS days)
    SELECT ends.stream_id, ends.day, ends.stage_id, ${join(running)}
    FROM ends LEFT JOIN booked ON booked.stream_id IS NOT DISTINCT FROM ends.stream_id AND booked.stage_id = ends.stage_id AND booked.day = ends.day
    WINDOW so_far AS (PARTITION BY ends.stream_id, ends.stage_id ORDER BY ends.day)
    ORDER BY ends.stream_id NULLS LAST, ends.day, ends.stage_id`
}
