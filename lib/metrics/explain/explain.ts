import { type Row, toRows } from '../../engine/columns'
import { formatDay } from '../../time/day'
import { answerMeta } from '../answer-meta'
import type { Metric, MetricContext, Place } from '../define'
import { findMetric } from '../registry'
import { type Answer, type Prepared, prepareMetric, type QueryRun, type Question, runMetric } from '../run'
import { type BehindItem, behindItems, type LeftOut, leftOut } from './items'
import { type Parameter, parametersInForce } from './parameters'
import { type Asked, placeOf, takeAsked } from './place'
import { type ExplainedQuery, explainQuery } from './queries'

/** How a number came about, from the very object that computed it. */
export interface Explanation extends Pick<Metric, 'title' | 'aka' | 'unit' | 'doc' | 'source'> {
  readonly snapshot: string
  readonly metric: string
  /** Local days, YYYY-MM-DD; the window is `[from, to)`. */
  readonly from: string
  readonly to: string
  readonly as_of: string
  readonly parameters: readonly Parameter[]
  readonly ignored: readonly string[]
  readonly notes: readonly string[]
  readonly columns: readonly { readonly name: string; readonly kind: string; readonly meaning: string; readonly unit?: string }[]
  readonly row_count: number
  readonly queries: readonly ExplainedQuery[]
  /** Rows of the tables that the queries go through, each table once a query. */
  readonly rows_read: number
  /** The number that the items below count up to; absent when no single number is meant. */
  readonly number: {
    readonly column: string | null
    readonly value: number
    readonly on: string | null
    readonly stage_id: string | null
  } | null
  /** Absent for a metric that counts no items. */
  readonly items: ItemsPage | null
  readonly left_out: readonly LeftOut[]
}

export interface ItemsPage {
  /** The metric whose items they are: another one where the metric is made of it. */
  readonly of_metric: string
  readonly total: number
  readonly limit: number
  readonly offset: number
  readonly rows: readonly BehindItem[]
}

/** Explains the answer to a question. Beside the metric's parameters: `limit`, `offset`, `onDay`, `stageId`. @throws Problem as `runMetric` */
export async function explainMetric(question: Question): Promise<Explanation> {
  const taken = takeAsked(findMetric(question.metric), question.params)
  const plain = { ...question, params: taken.params }
  const prepared = prepareMetric(plain)
  const place = placeOf(prepared.metric, prepared.context, taken.asked)
  const runs: QueryRun[] = []
  const answer = await runMetric({ ...plain, observe: (run) => runs.push(run) })
  const queries = runs.map((run) => explainQuery(run, question))
  const behind = await explainItems(plain, { prepared, place, asked: taken.asked, answer })
  const { metric } = prepared
  const { from, to, as_of, ignored, notes } = answerMeta(answer, question.snapshot.id)
  return {
    snapshot: question.snapshot.id,
    metric: metric.name,
    title: metric.title,
    aka: metric.aka,
    unit: metric.unit,
    doc: metric.doc,
    source: metric.source,
    ...{ from, to, as_of },
    parameters: parametersInForce(prepared, question),
    ...{ ignored, notes },
    columns: Object.entries(answer.columns).map(([name, { kind, meaning, unit }]) => ({ name, kind, meaning, unit })),
    row_count: answer.table.rowCount,
    queries,
    rows_read: queries.reduce((sum, query) => sum + query.rows_read, 0),
    ...behind,
  }
}

interface Explaining {
  readonly prepared: Prepared
  readonly place: Place
  readonly asked: Asked
  readonly answer: Answer
}

async function explainItems(question: Question, explaining: Explaining): Promise<Pick<Explanation, 'number' | 'items' | 'left_out'>> {
  const { prepared, asked, answer } = explaining
  const { metric, context } = prepared
  const behind = metric.itemsOf?.(context)
  if (behind) {
    const other = { ...question, metric: behind.metric, params: behind.params }
    const through = prepareMetric(other)
    return explainItems(other, {
      asked,
      prepared: through,
      place: placeOf(through.metric, through.context, asked),
      answer: await runMetric(other),
    })
  }
  if (!metric.items) return { number: null, items: null, left_out: [] }
  const { total, rows } = await behindItems(question, explaining)
  return {
    number: numberMeant(metric, context, explaining.place, toRows(answer.table)),
    items: { of_metric: metric.name, total, limit: asked.limit, offset: asked.offset, rows },
    left_out: await leftOut(question, explaining),
  }
}

/** The number of an answer that the items behind it count up to; null when there is no single one. */
function numberMeant(metric: Metric, context: MetricContext, place: Place, rows: readonly Row[]): Explanation['number'] {
  const { counted, rowsOf } = metric.items ?? {}
  const isMeant = rowsOf ? rowsOf(context, place) : () => true
  // Under `ever` the same item stands in several groups.
  const overlaps = context.params.rule === 'ever' && context.params.group !== undefined
  if (!counted || !isMeant || overlaps) return null
  const meant = rows.filter(isMeant)
  const isLevel = meant.some((row) => 'day_on' in row)
  const at = { on: isLevel ? formatDay(place.day) : null, stage_id: place.stageId ?? null }
  if (counted.how === 'rows') return { column: null, value: meant.length, ...at }
  const { column, how } = counted
  if (how === 'any' && place.stageId !== undefined && !meant.length) return null
  const values = (how === 'any' ? meant.slice(0, 1) : meant).map((row) => Number(row[column]))
  return { column, value: values.reduce((sum, value) => sum + value, 0), ...at }
}
