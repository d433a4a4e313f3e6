import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
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
  derive: (answers, context) => {
    const experience = histograms(answers.lengths ? toRows(answers.lengths) : [])
    return (answers.open ? toRows(answers.open) : []).map((row) => judge(row, experience, context))
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

function judge(row: Row, experience: ReadonlyMap<string, Histogram>, context: MetricContext): Row {
  const stream = context.streams.find((candidate) => candidate.id === row.stream_id)
  const histogram = experience.get(String(row.stream_id)) ?? []
  const age = Number(row.age_days)
  const longer = shareAbove(histogram, age)
  const risk = stream?.sle ? conditionalRisk(histogram, age, stream.sle.days) : undefined
  return {
    ...row,
    stage_id: stream?.stages[Number(row.position)]?.id ?? UNMAPPED_STAGE,
    percentile_rank: longer === undefined ? null : 100 * (1 - longer),
    miss_risk_ratio: risk ?? null,
  }
}
