import { type ColumnKind, type ColumnTable, fromRows, type Row, toRows } from '../engine/columns'
import type { Engine } from '../engine/engine'
import type { Sql } from '../engine/sql'
import { NO_VALUE } from '../model/dimension'
import { isPreset } from '../model/unit'
import { spanView } from '../model/value-stream'
import { type Manifest, SPAN_TABLES, spanTable } from '../snapshot/manifest'
import { rowCounts, type Snapshot } from '../snapshot/store'
import type { Ask, Columns, Metric, MetricContext } from './define'
import { entryOf } from './facts/entries'
import { parseParams, type RawParams, type SharedParams } from './params'
import { findMetric, subjectInForce } from './registry'
import { defaultRule } from './slice'
import type { Window } from './window'

/** An answer with everything that was in force when it was given. */
export interface Answer {
  readonly metric: Metric
  readonly table: ColumnTable
  readonly columns: Columns
  readonly params: SharedParams & Record<string, unknown>
  readonly window: Window
  readonly ignored: readonly string[]
}

export interface Question {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly metric: string
  readonly params: RawParams
  readonly signal?: AbortSignal
  /** Told of every query that was run for the answer, those of other metrics included. */
  readonly observe?: (run: QueryRun) => void
}

/** A query of a metric as it was run. */
export interface QueryRun {
  readonly metric: string
  readonly name: string
  readonly query: Sql
  readonly rowCount: number
}

/** A question that was checked: its metric, and everything that the metric may look at. */
export interface Prepared {
  readonly metric: Metric
  readonly context: MetricContext
  readonly ignored: readonly string[]
}

/** Answers one question about one snapshot. @throws Problem `unknown-metric` (404), `bad-parameter` (400), `cancelled` */
export async function runMetric(question: Question): Promise<Answer> {
  const { engine, snapshot, signal, observe } = question
  const { metric, context, ignored } = prepareMetric(question)
  await engine.attach(snapshot)
  const columns = answerColumns(metric, context)
  const ask: Ask = async (name, asked) => {
    const span = context.ownSpan !== undefined && 'span' in asked ? { span: context.ownSpan } : {}
    const other = await runMetric({ ...question, metric: name, params: { ...asked, ...span } })
    return { rows: toRows(other.table), figure: other.metric.figure }
  }
  const query = async (named: Readonly<Record<string, Sql>>) => {
    const answered = await Promise.all(
      Object.entries(named).map(async ([name, text]) => ({ name, text, table: await engine.query(text, { signal }) })),
    )
    for (const { name, text, table } of answered) observe?.({ metric: metric.name, name, query: text, rowCount: table.rowCount })
    return Object.fromEntries(answered.map(({ name, table }) => [name, table]))
  }
  const table = await answer(metric, context, columns, { ask, query })
  return { metric, table, columns, params: shownParams(context), window: context.window, ignored }
}

/** The parameters in force as an address names them. */
export function shownParams({ params, ownSpan }: MetricContext): SharedParams & Record<string, unknown> {
  return ownSpan === undefined ? params : { ...params, span: ownSpan }
}

/** Checks a question without answering it. @throws Problem `unknown-metric` (404), `bad-parameter` (400) */
export function prepareMetric(question: Question): Prepared {
  const metric = findMetric(question.metric)
  const { portfolio, dimensions } = question.snapshot.manifest
  const { params, ignored } = parseParams(metric, question.params, { portfolio, dimensions })
  return { metric, context: makeContext(question, metric, params), ignored }
}

const filesSummed = new WeakMap<Manifest, ReadonlyMap<string, number>>()

/** Rows of each table, hidden ones included. A large snapshot has a thousand files, and a question looks at a dozen tables. */
function rowsInFiles(manifest: Manifest): ReadonlyMap<string, number> {
  return entryOf(filesSummed, manifest, () => rowCounts({ ...manifest, increments: undefined }))
}

function makeContext(question: Question, metric: Metric, params: SharedParams & Record<string, unknown>): MetricContext {
  const { manifest, id } = question.snapshot
  const { dialect } = question.engine
  const asOf = Math.min(params.asOf ?? manifest.lastDay, manifest.lastDay)
  const window = { from: params.from ?? manifest.firstDay, to: Math.min(params.to ?? asOf + 1, asOf + 1), asOf }
  const inScope = manifest.portfolio.streams.filter((stream) => !params.stream.length || params.stream.includes(stream.id))
  const ownSpan = metric.uses.includes('span') && !isPreset(params.span) ? params.span : undefined
  const streams = ownSpan === undefined ? inScope : inScope.flatMap((stream) => spanView(stream, ownSpan) ?? [])
  const rule = params.rule ?? defaultRule(subjectInForce(metric, params))
  const timed = ownSpan === undefined ? {} : { span: 'cycle', stream: streams.map(({ id: streamId }) => streamId) }
  return {
    params: { ...params, rule, ...timed },
    window,
    isWhole: window.from <= manifest.firstDay && window.to > manifest.lastDay,
    snapshotId: id,
    firstDay: manifest.firstDay,
    lastDay: manifest.lastDay,
    portfolio: manifest.portfolio,
    dimensions: manifest.dimensions,
    ownSpan,
    streams,
    dialect,
    repairs: manifest.repairs,
    wholeTable: (name) => dialect.table(id, name),
    rowCount: (name) => rowsInFiles(manifest).get(name),
    table: (name) =>
      dialect.table(id, ownSpan !== undefined && SPAN_TABLES.some((table) => table === name) ? spanTable(name, ownSpan) : name),
  }
}

/** The metric's columns as this question shapes them: with `group` and `period_on` only where they are asked for. */
function answerColumns(metric: Metric, context: MetricContext): Columns {
  const { group, grain } = context.params
  return Object.fromEntries(
    Object.entries(metric.columns).filter(([name]) => {
      if (name === 'group') return group !== undefined
      return !(name === 'period_on' && metric.optionalPeriod) || grain !== undefined
    }),
  )
}

interface Tools {
  readonly ask: Ask
  /** All at once, each under its name. */
  query(named: Readonly<Record<string, Sql>>): Promise<Record<string, ColumnTable>>
}

async function answer(metric: Metric, context: MetricContext, columns: Columns, tools: Tools): Promise<ColumnTable> {
  const kinds = new Map<string, ColumnKind>(Object.entries(columns).map(([name, spec]) => [name, spec.kind]))
  const first = await tools.query(metric.queries(context))
  const answers = await followed(metric, context, first, tools)
  if (metric.compose) return fromRows(await metric.compose(tools.ask, context, answers), kinds)
  const derived = metric.derive?.(answers, context)
  if (derived && !('columns' in derived)) return fromRows(namedGroups(derived, columns), kinds)
  const rows = derived ?? answers.rows
  if (!rows) throw new TypeError(`metric ${metric.name} has neither a query "rows" nor derive`)
  return shapeColumns(rows, kinds, metric)
}

/** With the answers to everything that is asked on top of the first questions. */
async function followed(
  metric: Metric,
  context: MetricContext,
  first: Readonly<Record<string, ColumnTable>>,
  { query }: Tools,
): Promise<Readonly<Record<string, ColumnTable>>> {
  let answers = first
  for (;;) {
    const known = answers
    const further = Object.entries(metric.follow?.(known, context) ?? {}).filter(([name]) => !(name in known))
    if (!further.length) return answers
    answers = { ...known, ...(await query(Object.fromEntries(further))) }
  }
}

function namedGroups(rows: readonly Row[], columns: Columns): readonly Row[] {
  if (!('group' in columns)) return rows
  return rows.map((row) => ({ ...row, group: row.group ?? NO_VALUE }))
}

/** Puts a query's columns into the declared order and kinds. */
function shapeColumns(table: ColumnTable, kinds: ReadonlyMap<string, ColumnKind>, metric: Metric): ColumnTable {
  const columns = [...kinds].map(([name, kind]) => {
    const found = table.columns.find((candidate) => candidate.name === name)
    if (!found) throw new TypeError(`metric ${metric.name} declares the column ${name}, which its query does not give`)
    if (found.kind === kind || table.rowCount === 0) return table.rowCount === 0 ? { name, kind, values: [] } : found
    if (kind === 'day' && found.kind === 'int') return { ...found, kind }
    return fromRows(toRows({ rowCount: table.rowCount, columns: [found] }), new Map([[name, kind]])).columns[0] ?? found
  })
  return { rowCount: table.rowCount, columns }
}
