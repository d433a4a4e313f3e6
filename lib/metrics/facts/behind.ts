import type { Row } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { UNMAPPED_STAGE } from '../../model/stage'
import type { ItemsBehind, MetricContext, Place } from '../define'
import { finishedFacts } from './finished'
import { standingFacts } from './levels'

/** The finished items of the window, which every figure about finished items counts. */
export const finishedBehind = (context: MetricContext): Sql => sql`SELECT item_ix FROM (${finishedFacts(context)}) AS behind`

/** For a metric whose rows add up to its finished items in a column. */
export function finishedCount(column: string): ItemsBehind {
  return { list: finishedBehind, counted: { how: 'sum', column } }
}

/** Out of runs of days `from_day, to_day` those that hold a day; none for a window without any. */
export function onDay(runs: Sql, context: MetricContext, day: number): Sql {
  const { from, to } = context.window
  const inWindow = from <= day && day < to
  return sql`SELECT item_ix FROM (${runs}) AS runs WHERE ${inWindow} AND from_day <= ${day} AND to_day > ${day}`
}

/** Items that stand somewhere at the end of a day and meet a condition on `stream_id, position, mark, status`. */
export function standingBehind(context: MetricContext, place: Place, condition: Sql): Sql {
  return onDay(sql`SELECT * FROM (${standingFacts(context)}) AS standing WHERE ${condition}`, context, place.day)
}

/** `stream_id` and `position` of a stage in each stream that has it, as a condition on columns of these names; `unmapped` has none. */
export function atStage(context: MetricContext, stageId: string, compare: (position: number) => Sql): Sql {
  let any = stageId === UNMAPPED_STAGE ? sql`position = -1` : sql`FALSE`
  for (const stream of context.streams) {
    const position = stream.stages.findIndex((stage) => stage.id === stageId)
    if (position >= 0) any = sql`${any} OR (stream_id = ${stream.id} AND ${compare(position)})`
  }
  return sql`(${any})`
}

/** Rows of a day, and of a stage where one is meant. */
export function rowsAt(place: Place): (row: Row) => boolean {
  return (row) => row.day_on === place.day && (place.stageId === undefined || row.stage_id === place.stageId)
}

/** Rows of a stage; without one no single number is meant. */
export function rowsOfStage(_context: unknown, place: Place): ((row: Row) => boolean) | undefined {
  return place.stageId === undefined ? undefined : (row) => row.stage_id === place.stageId
}
