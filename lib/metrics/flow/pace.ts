import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { stageNamer } from '../../snapshot/positions'
import { countOf, rankOf, valueAtRank } from '../../stats/nearest-rank'
import { column, defineMetric } from '../define'
import { rowsOfStage } from '../facts/behind'
import { exitAgeCounts, lastExits } from '../facts/passages'
import { stagesInScope } from '../facts/stages'

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
    ages: exitAgeCounts(context),
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
