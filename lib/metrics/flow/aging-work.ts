import { z } from 'zod'
import { type Column, type ColumnTable, cellAt, type Row, TextColumn, toRows } from '../../engine/columns'
import { ident, type Sql, sql } from '../../engine/sql'
import { UNMAPPED_STAGE } from '../../model/stage'
import type { Histogram } from '../../stats/nearest-rank'
import { conditionalRisk, shareAbove } from '../../stats/survival-share'
import { column, defineMetric, type MetricContext } from '../define'
import { lengthCounts } from '../facts/finished'
import { sliceOf } from '../slice'

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
    lengths: sql`SELECT stream_id, span_value AS span_days, CAST(sum(item_count) AS INTEGER) AS item_count FROM (${lengthCounts(peersOf(context))}) AS finished
      GROUP BY stream_id, span_value ORDER BY stream_id, span_value`,
  }),
  items: { list: (context) => sql`SELECT item_ix FROM (${openItems(context)}) AS open_items`, counted: { how: 'rows' } },
  derive: ({ open, lengths }, context) => {
    if (!open) return []
    const judge = judgeOf(histograms(lengths ? toRows(lengths) : []), context)
    return judged(open, judge)
  },
})

/** Experience is how many days finished items of the same stream and slice took (definitions §4); being finished, they count at their finish. */
function peersOf(context: MetricContext): MetricContext {
  const { rule } = context.params
  return { ...context, params: { ...context.params, rule: rule === 'as_of' ? 'at_finish' : rule, unit: 'days', group: undefined } }
}

function openItems(context: MetricContext): Sql {
  const { params, window } = context
  const lastDay = window.to - 1
  const which = params.policy === 'last_start_last_finish' ? 'last' : 'first'
  const start = sql`fact.${ident(`${which}_start_day_${params.span}`)}`
  const slice = sliceOf(context, { own: 'as_of', day: sql`${lastDay}` })
  return sql`SELECT fact.item_ix, fact.stream_id, items.item_id, items.key, items.title, fact.dim_type AS type, fact.dim_team AS team, fact.position,
      ${start} AS started_on, ${lastDay} - ${start} + 1 AS age_days, fact.blocked
    FROM ${context.table('spells')} AS fact
    JOIN ${context.table('items')} AS items ON items.item_ix = fact.item_ix ${slice.joins}
    WHERE fact.status = 'open' AND fact.${ident(`first_start_day_${params.span}`)} IS NOT NULL
      AND fact.from_day <= ${lastDay} AND fact.to_day > ${lastDay} AND ${slice.condition}
    ORDER BY age_days DESC, fact.stream_id, items.item_id`
}

function histograms(rows: readonly Row[]): Map<string, [number, number][]> {
  const byStream = new Map<string, [number, number][]>()
  for (const row of rows) {
    const stream = String(row.stream_id)
    const histogram = byStream.get(stream) ?? []
    byStream.set(stream, histogram)
    histogram.push([Number(row.span_days), Number(row.item_count)])
  }
  return byStream
}

/** What can be said of an item by its stream, position and age. */
interface Judgement {
  readonly stageId: string
  readonly rank: number | undefined
  readonly risk: number | undefined
}

type Judge = (streamId: string, position: number, age: number) => Judgement

/** Items are many, and those of one stream, stage and age fare alike. */
function judgeOf(experience: ReadonlyMap<string, Histogram>, { streams }: MetricContext): Judge {
  const known = new Map<string, Judgement>()
  const judgeNew = (streamId: string, position: number, age: number): Judgement => {
    const stream = streams.find((candidate) => candidate.id === streamId)
    const histogram = experience.get(streamId) ?? []
    const longer = shareAbove(histogram, age)
    return {
      stageId: stream?.stages[position]?.id ?? UNMAPPED_STAGE,
      rank: longer === undefined ? undefined : 100 * (1 - longer),
      risk: stream?.sle ? conditionalRisk(histogram, age, stream.sle.days) : undefined,
    }
  }
  return (streamId, position, age) => {
    const key = `${position} ${age} ${streamId}`
    const found = known.get(key) ?? judgeNew(streamId, position, age)
    known.set(key, found)
    return found
  }
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
