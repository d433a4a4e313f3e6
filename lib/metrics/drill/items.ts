import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { ident, type Sql, sql } from '../../engine/sql'
import { CANCELLED_STAGE, UNMAPPED_STAGE } from '../../model/stage'
import { Problem, showValue } from '../../problem'
import { parseDay } from '../../time/day'
import { column, defineMetric, type MetricContext } from '../define'
import { measuredFacts, unitInForce } from '../facts/finished'
import { itemOrder } from '../facts/item-order'
import { isLengthWithin, LENGTH_PARAMS } from '../facts/lengths'
import { sliceOf } from '../slice'

const STATUSES = ['open', 'in_progress', 'finished', 'removed'] as const
const MOST_ROWS = 10_000

const count = (fallback: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= most, `must not be more than ${most}`)
    .default(fallback)

type ItemParams = {
  readonly stageId?: string
  readonly onDay?: string
  readonly status?: (typeof STATUSES)[number]
  readonly search?: string
  readonly item?: string
  readonly lengthFrom?: number
  readonly lengthTo?: number
  readonly limit: number
  readonly offset: number
}

export const items = defineMetric({
  name: 'items',
  title: 'Items',
  aka: ['drill-down', 'work items'],
  unit: 'items',
  doc: 'Items as they stood at the end of a day (`onDay`, else the end of the window): where, since when, of which status. With status "finished" and no `onDay`, the items behind a throughput: those that finished inside the window as of the as-of date, as they stood on it.',
  source: 'definitions §1',
  subject: 'standing',
  subjectOf: (params) => (isThroughput(params) ? 'finished' : 'standing'),
  uses: ['rule', 'span', 'unit', 'policy'],
  params: z.object({
    onDay: z
      .string()
      .refine((text) => parseDay(text) !== undefined, 'must be a real date written YYYY-MM-DD')
      .optional()
      .describe('local day at whose end the items are looked at; default: the last of the window'),
    stageId: z.string().optional().describe('only items that stood in this stage'),
    status: z
      .enum(STATUSES)
      .optional()
      .describe('only items of this status; in_progress: open ones inside the span, which are what `wip` counts'),
    item: z.string().optional().describe('only the item with this id'),
    search: z.string().max(200).optional().describe('only items whose key or title holds this text'),
    ...LENGTH_PARAMS,
    limit: count(100, MOST_ROWS).describe('rows of a page'),
    offset: count(0, 1_000_000_000).describe('rows before the page'),
  }),
  columns: {
    stream_id: column.text('value stream'),
    item_id: column.text("the item's id in its source"),
    key: column.text('key that people use'),
    title: column.text('title'),
    url: column.text("the item's page in its tracker", { nullable: true }),
    type: column.text('flow item type', { nullable: true }),
    team: column.text('team', { nullable: true }),
    goal: column.text('goal it serves', { nullable: true }),
    priority: column.text('priority', { nullable: true }),
    stage_id: column.text('stage in which it stood; "cancelled" for removed items'),
    status: column.text('open, finished or removed'),
    blocked: column.bool('whether it was blocked'),
    created_on: column.day('local day of its creation'),
    started_on: column.day('local day on which the span began', { nullable: true }),
    finished_on: column.day('local day of its last finish', { nullable: true }),
    age_days: column.int('days in the span: to its finish, else to the day asked for; absent for removed items', {
      unit: 'days',
      nullable: true,
    }),
    total_count: column.int('items in all, this page and the others', { unit: 'items' }),
  },
  items: { list: (context) => itemsWanted(context).list, counted: { how: 'any', column: 'total_count' } },
  queries: (context) => ({ rows: itemRows(context) }),
  derive: (answers, context) => (answers.rows ? toRows(answers.rows) : []).map((row) => withStage(row, context)),
})

/** Asked for finished items but no day: the very items that `throughput` counts under the same parameters. */
function isThroughput(params: { readonly status?: string; readonly onDay?: string }): boolean {
  return params.status === 'finished' && params.onDay === undefined
}

/** The items asked for, before paging: `list` gives `item_ix`, `from` all that a row needs beside its texts, as of the end of `day`. */
function itemsWanted(context: MetricContext<ItemParams>): { list: Sql; from: Sql; day: number } {
  const { params, window } = context
  const asked = params.onDay === undefined ? undefined : parseDay(params.onDay)
  const ofThroughput = isThroughput(params)
  const day = ofThroughput ? window.asOf : Math.min(asked ?? window.to - 1, window.asOf)
  const slice = sliceOf(context, ofThroughput ? { day: sql`ended.finish_day` } : { own: 'as_of', day: sql`${day}` })
  const texts = sql`JOIN ${context.table('items')} AS items ON items.item_ix = fact.item_ix`
  const from = sql`FROM ${context.table('spells')} AS fact ${params.item === undefined && params.search === undefined ? sql`` : texts}
    LEFT JOIN ${context.table('finishes')} AS ended ON ended.item_ix = fact.item_ix AND ended.finish_day <= ${day}
      AND ended.until_day > ${day} ${slice.joins}
    WHERE fact.from_day <= ${day} AND fact.to_day > ${day} AND ${slice.condition} AND ${wanted(context)}`
  return { list: sql`SELECT fact.item_ix ${from}`, from, day }
}

/** Texts are read for the rows of the page alone. */
function itemRows(context: MetricContext<ItemParams>): Sql {
  const { params } = context
  const which = params.policy === 'last_start_last_finish' ? 'last' : 'first'
  const start = sql`fact.${ident(`${which}_start_day_${params.span}`)}`
  const { from, day } = itemsWanted(context)
  const order = itemOrder(context, 'wanted')
  return sql`WITH wanted AS (
      SELECT fact.item_ix, fact.stream_id, fact.dim_type AS type, fact.dim_team AS team, fact.dim_goal AS goal, fact.dim_priority AS priority,
        fact.position, fact.status, fact.blocked, ${start} AS started_on, ended.finish_day AS finished_on,
        CASE WHEN fact.status <> 'removed' THEN coalesce(ended.finish_day, ${day}) - ${start} + 1 END AS age_days
      ${from}),
    ordered AS (SELECT wanted.*, ${order.key} AS item_order FROM wanted ${order.joins}),
    page AS (SELECT * FROM ordered ORDER BY age_days DESC NULLS LAST, stream_id, item_order LIMIT ${params.limit} OFFSET ${params.offset})
    SELECT page.stream_id, items.item_id, items.key, items.title, items.url, page.type, page.team, page.goal, page.priority, page.position, page.status,
      page.blocked, items.created_day AS created_on, page.started_on, page.finished_on, page.age_days,
      CAST((SELECT count(*) FROM wanted) AS INTEGER) AS total_count
    FROM page JOIN ${context.table('items')} AS items ON items.item_ix = page.item_ix
    ORDER BY page.age_days DESC NULLS LAST, page.stream_id, page.item_order`
}

function wanted(context: MetricContext<ItemParams>): Sql {
  const { params, window } = context
  let all = sql`TRUE`
  if (params.status !== undefined) all = sql`${all} AND fact.status = ${params.status === 'in_progress' ? 'open' : params.status}`
  if (params.status === 'in_progress') all = sql`${all} AND fact.${ident(`first_start_day_${params.span}`)} IS NOT NULL`
  if (isThroughput(params)) {
    all = sql`${all} AND ended.finish_day >= ${window.from} AND ended.finish_day < ${window.to}`
  }
  if (params.lengthFrom !== undefined || params.lengthTo !== undefined) all = sql`${all} AND ${ofLength(context)}`
  if (params.stageId !== undefined) all = sql`${all} AND ${inStage(params.stageId, context)}`
  if (params.item !== undefined) all = sql`${all} AND items.item_id = ${params.item}`
  if (params.search !== undefined) {
    const pattern = `%${params.search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    all = sql`${all} AND (lower(items.key) LIKE ${pattern} ESCAPE '\\' OR lower(items.title) LIKE ${pattern} ESCAPE '\\')`
  }
  return all
}

/** @throws Problem when the items are not those that a window counts as finished, which alone have a length */
function ofLength(context: MetricContext<ItemParams>): Sql {
  const { params } = context
  if (!isThroughput(params)) {
    const where = params.lengthFrom === undefined ? 'lengthTo' : 'lengthFrom'
    throw new Problem('bad-parameter', "The question to items can't be answered as asked", {
      faults: [{ where, message: 'is about the items that finished in the window: ask for status "finished", without onDay' }],
    })
  }
  const inRange = isLengthWithin(sql`measured.span_value`, params, unitInForce(context))
  return sql`fact.item_ix IN (SELECT measured.item_ix FROM (${measuredFacts(context)}) AS measured WHERE ${inRange})`
}

/** @throws Problem for a stage that no stream has */
function inStage(stageId: string, context: MetricContext): Sql {
  if (stageId === UNMAPPED_STAGE) return sql`fact.position = -1`
  if (stageId === CANCELLED_STAGE) return sql`fact.status = 'removed'`
  checkStage(stageId, context)
  let any = sql`FALSE`
  for (const stream of context.streams) {
    const position = stream.stages.findIndex((stage) => stage.id === stageId)
    if (position >= 0) any = sql`${any} OR (fact.stream_id = ${stream.id} AND fact.position = ${position})`
  }
  return sql`(${any})`
}

function withStage(row: Row, context: MetricContext): Row {
  const stream = context.streams.find((candidate) => candidate.id === row.stream_id)
  const position = Number(row.position)
  const outside = position === -2 ? CANCELLED_STAGE : UNMAPPED_STAGE
  return { ...row, stage_id: stream?.stages[position]?.id ?? outside }
}

function checkStage(stageId: string, { portfolio, streams }: MetricContext): void {
  if (portfolio.streams.some((stream) => stream.stages.some((stage) => stage.id === stageId))) return
  const allowed = [...new Set([...streams.flatMap((stream) => stream.stages.map((stage) => stage.id)), UNMAPPED_STAGE, CANCELLED_STAGE])]
  throw new Problem('bad-parameter', "The question to items can't be answered as asked", {
    faults: [
      {
        where: 'stageId',
        message: `is no stage; did you mean "${closest(stageId.slice(0, 80), allowed)}"?`,
        value: showValue(stageId),
        allowed,
      },
    ],
  })
}
