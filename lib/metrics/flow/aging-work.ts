import { z } from 'zod'
import { type Column, type ColumnTable, cellAt, TextColumn } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { column, defineMetric, type MetricContext } from '../define'
import { agingFacts, openNames } from '../facts/aging'
import { experienceQueries, type Judge, judgeOf } from '../facts/experience'

export const agingWork = defineMetric({
  name: 'aging-work',
  title: 'Aging work in progress',
  aka: ['WIP age', 'aging WIP chart'],
  unit: 'days',
  doc: 'Unfinished, started items at the end of the window, with their age (day − start + 1), how it compares with the items of their stream and slice that finished in the window, and the risk of missing the service level expectation: the share that outlasted it among those that got as old.',
  source: 'Vacanti 2015, ch. 3; definitions §3–4',
  subject: 'standing',
  uses: ['rule', 'span', 'policy'],
  params: z.object({}),
  columns: {
    stream_id: column.text('value stream'),
    item_id: column.text("the item's id in its source"),
    key: column.text('key that people use'),
    title: column.text('title'),
    type: column.text('flow item type', { nullable: true }),
    team: column.text('team', { nullable: true }),
    stage_id: column.text('stage in which it stands'),
    started_on: column.day('local day on which the span began'),
    age_days: column.int('age at the end of the last day of the window', { unit: 'days' }),
    percentile_rank: column.float('share of finished items that took as long or less', { unit: '%', nullable: true }),
    miss_risk_ratio: column.float('risk of missing the expectation', { nullable: true }),
    blocked: column.bool('whether it is blocked'),
  },
  queries: (context) => ({
    open: openItems(context),
    ...experienceQueries(context),
  }),
  items: { list: (context) => sql`SELECT item_ix FROM (${agingFacts(context)}) AS open_items`, counted: { how: 'rows' } },
  derive: (answers, context) => (answers.open ? judged(answers.open, judgeOf(answers, context)) : []),
})

function openItems(context: MetricContext): Sql {
  return sql`SELECT fact.*, items.item_id, items.key, items.title
    FROM (${agingFacts(context)}) AS fact ${openNames(context, sql`fact`, context.window.to - 1)}
    ORDER BY fact.age_days DESC, fact.stream_id, items.item_id`
}

/** The rows with what is said of each, column by column: there may be a hundred thousand. */
function judged(open: ColumnTable, judge: Judge): ColumnTable {
  const { rowCount } = open
  const [stream, position, age] = ['stream_id', 'position', 'age_days'].map((name) => open.columns.find((found) => found.name === name))
  const stages = new Map<string, number>()
  const stageOf = new Int32Array(rowCount)
  const [ranks, risks] = [new Float64Array(rowCount), new Float64Array(rowCount)]
  const [hasRank, hasRisk] = [new Uint8Array(rowCount), new Uint8Array(rowCount)]
  for (let row = 0; stream && position && age && row < rowCount; row++) {
    const { stageId, rank, risk } = judge(String(cellAt(stream, row)), Number(position.values[row]), Number(age.values[row]))
    const stage = stages.get(stageId) ?? stages.size
    stages.set(stageId, stage)
    stageOf[row] = stage
    ranks[row] = rank ?? 0
    hasRank[row] = rank === undefined ? 0 : 1
    risks[row] = risk ?? 0
    hasRisk[row] = risk === undefined ? 0 : 1
  }
  const found: Column[] = [
    new TextColumn('stage_id', { texts: [...stages.keys()], indices: stageOf }),
    { name: 'percentile_rank', kind: 'float', values: ranks, valid: hasRank },
    { name: 'miss_risk_ratio', kind: 'float', values: risks, valid: hasRisk },
  ]
  return { rowCount, columns: [...open.columns, ...found] }
}
