import { type Sql, sql } from '../../engine/sql'
import { EXIT_AGES, STAGE_TIME_BANDS, STAGE_TIMES } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'
import { coveringCube } from './cubes'
import { type DurationCubes, isWanted, type Wanted } from './duration-ladder'
import { isCubed, lastsInWindow, startDayOf } from './finished'
import { eachFinished, finishedDays } from './kept-rows'

/**
 * How long the finished items in scope were in each stage on their way, rows `stream_id, cell, stretch, seconds`, all their stays there added up; none
 * where that is no time. @param wanted those of some cells or stretches alone
 */
export function passageLengths(context: MetricContext, wanted?: Wanted): Sql {
  const slice = sliceOf(context, { own: 'at_finish', day: sql`fact.finish_day` })
  return sql`SELECT fact.stream_id, fact.cell, fact.stretch, fact.seconds FROM ${context.table('passages')} AS fact ${slice.joins}
    WHERE ${lastsInWindow(context)} AND ${slice.condition} AND fact.seconds > 0 AND ${isWanted(context, wanted)}`
}

/** Cubes of the same lengths, of the streams' own workflows alone. */
export function passageCubes(context: MetricContext): DurationCubes | undefined {
  return context.ownSpan === undefined
    ? {
        stretches: STAGE_TIMES,
        bands: STAGE_TIME_BANDS,
        ofDays: finishedDays(context),
        eachRow: (bands, visit) => eachFinished(bands, context, visit),
      }
    : undefined
}

/**
 * What the finished items in scope had passed on their way, a row for each and stage before the one that finishes it: `item_ix, stream_id,
 * position, stage_id, seconds, leave_day, start_day`; `seconds` of all stays there, 0 where that is no time on the way, and `leave_day` of
 * the last of them. The items are those of `finishedFacts`.
 */
export function passageFacts(context: MetricContext): Sql {
  const slice = sliceOf(context, { own: 'at_finish', day: sql`fact.finish_day` })
  return sql`SELECT fact.item_ix, fact.stream_id, fact.position, fact.stage_id, fact.seconds, fact.leave_day, ${startDayOf(context)} AS start_day
    FROM ${context.table('passages')} AS fact ${slice.joins} WHERE ${lastsInWindow(context)} AND ${slice.condition}`
}

/**
 * When each finished item in scope left each stage for the last time, where that was inside the span: `item_ix, stream_id, position,
 * stage_id, age_days`, the age in inclusive days since the span began.
 */
export function lastExits(context: MetricContext): Sql {
  return sql`SELECT item_ix, stream_id, position, stage_id, leave_day - start_day + 1 AS age_days
    FROM (${passageFacts(context)}) AS passed WHERE leave_day >= start_day`
}

/** The same counted: `stream_id, position, age_days, item_count`, ages ascending. */
export function exitAgeCounts(context: MetricContext): Sql {
  const cube = isCubed(context) ? coveringCube(context, EXIT_AGES) : undefined
  const exits = cube
    ? sql`SELECT fact.stream_id, fact.position, fact.age_days, fact.item_count FROM ${cube.table} AS fact
        WHERE ${lastsInWindow(context)} AND ${cube.condition}`
    : sql`SELECT stream_id, position, age_days, 1 AS item_count FROM (${lastExits(context)}) AS exits`
  return sql`SELECT stream_id, position, age_days, CAST(sum(item_count) AS INTEGER) AS item_count FROM (${exits}) AS counted
    GROUP BY stream_id, position, age_days HAVING sum(item_count) <> 0 ORDER BY age_days, stream_id, position`
}
