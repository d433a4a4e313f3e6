import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { join, type Sql, sql } from '../../engine/sql'
import { stagePosition } from '../../model/value-stream'
import { countOf, rankOf, valueAtRank } from '../../stats/nearest-rank'
import { column, defineMetric, type MetricContext } from '../define'
import { rowsOfStage } from '../facts/behind'
import { finishedFacts } from '../facts/finished'
import { stageNamer, stagesInScope } from '../facts/stages'
import { oncePerStage } from '../facts/went-back'

export const pace = defineMetric({
  name: 'pace',
  title: 'Pace per stage',
  aka: ['pace percentiles', 'age at exit'],
  unit: 'days',
  doc: 'How old the items that finished in the window were when they left each stage for the last time (day of leaving − start + 1), as percentiles: the bands behind the aging chart.',
  source: 'Vacanti 2015, ch. 8; jirametrics (age at exit)',
  subject: 'finished',
  uses: ['rule', 'span', 'policy', 'percentiles'],
  params: z.object({}),
  columns: {
    stage_id: column.text('stage, in the order of the flow'),
    percentile: column.float('percentile, 0 to 100', { unit: '%' }),
    age_days: column.int('age within which so many had left the stage', { unit: 'days' }),
    n: column.int('finished items that were in the stage', { unit: 'items' }),
  },
  queries: (context) => ({
    ages: agesAtExit(context),
  }),
  items: {
    list: (context, { stageId }) =>
      sql`SELECT item_ix FROM (${lastExits(context)}) AS exits WHERE ${stageId === undefined ? sql`TRUE` : sql`stage_id = ${stageId}`}`,
    counted: { how: 'any', column: 'n' },
    rowsOf: rowsOfStage,
  },
  derive: (answers, context) => {
    const nameOf = stageNamer(context.streams)
    const rows = (answers.ages ? toRows(answers.ages) : []).map((row) => ({ ...row, stage_id: nameOf(row.stream_id, row.position) }))
    return stagesInScope(context.streams).flatMap((stage) => percentilesOf(stage.id, rows, context.params.percentiles))
  },
})

/**
 * Finished items by the age at which they left each stage for the last time: `stream_id, position, age_days, item_count`, ages ascending. All
 * exits, less each that another exit from there came after.
 */
function agesAtExit(context: MetricContext): Sql {
  return sql`WITH finished AS (${finishedFacts(context)})
    SELECT stream_id, position, age_days, CAST(sum(item_count) AS INTEGER) AS item_count FROM (
      SELECT visits.stream_id, visits.position, visits.leave_day - finished.start_day + 1 AS age_days, count(*) AS item_count
      FROM finished JOIN ${context.table('visits')} AS visits ON visits.item_ix = finished.item_ix AND visits.leave_day IS NOT NULL
        AND visits.leave_day <= finished.finish_day AND visits.leave_day >= finished.start_day
      WHERE ${beforeFinished(sql`visits.position`, context)} GROUP BY visits.stream_id, visits.position, age_days
      UNION ALL
      SELECT visits.stream_id, visits.from_position, visits.exit_before_day - finished.start_day + 1 AS age_days, -count(*)
      FROM finished JOIN ${context.wholeTable('repeats')} AS visits ON visits.item_ix = finished.item_ix
        AND visits.day <= finished.finish_day AND visits.exit_before_day >= finished.start_day
      WHERE ${beforeFinished(sql`visits.from_position`, context)} GROUP BY visits.stream_id, visits.from_position, age_days) AS exits
    GROUP BY stream_id, position, age_days HAVING sum(item_count) <> 0 ORDER BY age_days, stream_id, position`
}

/** When each finished item left each stage for the last time: `item_ix, stage_id, age_days`. */
function lastExits(context: MetricContext): Sql {
  return oncePerStage(context, (isWanted) => {
    const exits = sql`FROM (${finishedFacts(context)}) AS finished
      JOIN ${context.table('visits')} AS visits ON visits.item_ix = finished.item_ix AND visits.leave_day IS NOT NULL
        AND visits.leave_day <= finished.finish_day AND visits.leave_day >= finished.start_day
      WHERE ${isWanted(sql`finished.item_ix`)} AND ${beforeFinished(sql`visits.position`, context)}`
    return {
      single: sql`SELECT finished.item_ix, visits.stage_id, visits.leave_day - finished.start_day + 1 AS age_days ${exits}`,
      several: sql`SELECT finished.item_ix, visits.stage_id, max(visits.leave_day) - min(finished.start_day) + 1 AS age_days ${exits}
        GROUP BY finished.item_ix, visits.stage_id`,
    }
  })
}

/** Stays before the stage that finishes an item; a stage of the kind done may stand before it. */
function beforeFinished(position: Sql, { streams }: MetricContext): Sql {
  const cases = streams.map((stream) => sql`WHEN ${stream.id} THEN ${stagePosition(stream, stream.finished)}`)
  return cases.length ? sql`${position} < CASE visits.stream_id ${join(cases, ' ')} END` : sql`FALSE`
}

function percentilesOf(stageId: string, rows: readonly Row[], percentiles: readonly number[]): Row[] {
  const histogram = rows
    .filter((row) => row.stage_id === stageId)
    .map((row): [number, number] => [Number(row.age_days), Number(row.item_count)])
  const n = countOf(histogram)
  if (n === 0) return []
  return percentiles.map((percentile) => ({
    stage_id: stageId,
    percentile,
    age_days: valueAtRank(histogram, rankOf(percentile, n)) ?? null,
    n,
  }))
}
