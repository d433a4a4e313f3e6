import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { CANCELLED_STAGE, UNMAPPED_STAGE } from '../../model/stage'
import { parseDay } from '../../time/day'
import { column, defineMetric, type MetricContext } from '../define'
import { AGE_PARAMS } from '../facts/aging'
import { experienceQueries, judgeOf } from '../facts/experience'
import { itemOrder } from '../facts/item-order'
import { LENGTH_PARAMS } from '../facts/lengths'
import { comeAlong, ITEM_SORTS, ITEM_STATUSES, type ItemParams, isThroughput, itemNames, standing, wantedItems } from './wanted-items'

const MOST_ROWS = 10_000

const count = (fallback: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= most, `must not be more than ${most}`)
    .default(fallback)

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
      .enum(ITEM_STATUSES)
      .optional()
      .describe('only items of this status; in_progress: open ones inside the span, which are what `wip` counts'),
    item: z.string().optional().describe('only the item with this id'),
    search: z.string().max(200).optional().describe('only items whose key or title holds this text'),
    words: z.string().max(200).optional().describe('only items whose key, title, type and team together hold each of these words'),
    blocked: z.enum(['yes', 'no']).optional().describe('only items that were blocked, or that were not'),
    ...AGE_PARAMS,
    ...LENGTH_PARAMS,
    sort: z.enum(ITEM_SORTS).default('age').describe('what pages are sorted by; the oldest come first among equal ones'),
    order: z.enum(['asc', 'desc']).default('desc').describe('smallest or largest first; what is missing comes last'),
    compared: z
      .enum(['yes', 'no'])
      .default('no')
      .describe('yes: says of items in progress at the end of the window how their age compares with what finished in it'),
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
    percentile_rank: column.float('where it is asked for: share of finished items that took as long or less', {
      unit: '%',
      nullable: true,
    }),
    miss_risk_ratio: column.float('the same: risk of missing the expectation', { nullable: true }),
    total_count: column.int('items in all, this page and the others', { unit: 'items' }),
  },
  items: {
    list: (context) => sql`SELECT item_ix FROM (${wantedItems(context)}) AS wanted`,
    counted: { how: 'any', column: 'total_count' },
  },
  queries: (context) => ({
    page: pageRows(context),
    counted: sql`SELECT CAST(count(*) AS INTEGER) AS total_count FROM (${wantedItems(context)}) AS wanted`,
    ...(isCompared(context) ? experienceQueries(context) : {}),
  }),
  derive: (answers, context) => {
    const { page, counted } = answers
    const all = counted ? Number(toRows(counted)[0]?.total_count) : 0
    const judge = isCompared(context) ? judgeOf(answers, context) : undefined
    return (page ? toRows(page) : []).map((row) => {
      const judged = judge?.(String(row.stream_id), Number(row.position), Number(row.age_days))
      const compared = { percentile_rank: judged?.rank ?? null, miss_risk_ratio: judged?.risk ?? null }
      return { ...withStage(row, context), ...compared, total_count: all }
    })
  },
})

/** Only what the metrics of aging work judge, too. */
function isCompared({ params }: MetricContext<ItemParams>): boolean {
  return params.compared === 'yes' && params.status === 'in_progress' && params.onDay === undefined
}

/** Texts, and how items stood where it does not come with them, are read for the rows of the page alone. */
function pageRows(context: MetricContext<ItemParams>): Sql {
  const { params } = context
  const order = itemOrder(context, 'wanted')
  const { joins, keys } = sortOf(context)
  const sorted = keys.map((key, index) => ({ key, name: ident(`sort_${index}`) }))
  const direction = params.order === 'asc' ? sql`ASC` : sql`DESC`
  const first = join(sorted.map(({ name }) => sql`page.${name} ${direction} NULLS LAST`))
  const oldest = params.sort === 'age' ? sql`` : sql`page.age_days DESC NULLS LAST,`
  const place = sql`${first}, ${oldest} page.stream_id, page.item_order`
  const stood = comeAlong(params) ? { rows: sql`page`, join: sql`` } : stoodOf(context, sql`page`)
  const columns = ['type', 'team', 'goal', 'priority', 'position', 'status', 'blocked'].map((name) => sql`${stood.rows}.${ident(name)}`)
  return sql`WITH keyed AS (
      SELECT wanted.*, ${order.key} AS item_order, ${join(sorted.map(({ key, name }) => sql`${key} AS ${name}`))}
      FROM (${wantedItems(context)}) AS wanted ${order.joins} ${joins}),
    page AS (SELECT * FROM keyed AS page ORDER BY ${place} LIMIT ${params.limit} OFFSET ${params.offset})
    SELECT page.stream_id, items.item_id, items.key, items.title, items.url, ${join(columns)}, items.created_day AS created_on,
      ${stood.rows}.started_day AS started_on, page.finish_day AS finished_on, page.age_days
    FROM page ${stood.join} JOIN ${context.table('items')} AS items ON items.item_ix = page.item_ix
    ORDER BY ${place}`
}

/** How items stood, joined to rows with their `item_ix`. */
function stoodOf(context: MetricContext<ItemParams>, rows: Sql): { readonly rows: Sql; readonly join: Sql } {
  return { rows: sql`stood`, join: sql`JOIN ${standing(context)} AS stood ON stood.item_ix = ${rows}.item_ix` }
}

/** What rows (alias `wanted`) are sorted by, the weightiest first. Stages stand in the order of the flow, keys with their numbers by their size. */
function sortOf(context: MetricContext<ItemParams>): { readonly joins: Sql; readonly keys: readonly Sql[] } {
  const names = itemNames(context, sql`wanted`)
  const stood = comeAlong(context.params) ? { rows: sql`wanted`, join: sql`` } : stoodOf(context, sql`wanted`)
  switch (context.params.sort) {
    case 'age':
      return { joins: sql``, keys: [sql`wanted.age_days`] }
    case 'key':
      return { joins: names, keys: [sql`length(items.key)`, sql`items.key`] }
    case 'title':
      return { joins: names, keys: [sql`lower(items.title)`] }
    case 'type':
      return { joins: stood.join, keys: [sql`CAST(${stood.rows}.type AS VARCHAR)`] }
    case 'team':
      return { joins: stood.join, keys: [sql`CAST(${stood.rows}.team AS VARCHAR)`] }
    case 'stage':
      return { joins: stood.join, keys: [sql`CASE WHEN ${stood.rows}.position < 0 THEN NULL ELSE ${stood.rows}.position END`] }
    case 'started':
      return { joins: stood.join, keys: [sql`${stood.rows}.started_day`] }
    case 'blocked':
      return { joins: stood.join, keys: [sql`${stood.rows}.blocked`] }
  }
}

function withStage(row: Row, context: MetricContext): Row {
  const stream = context.streams.find((candidate) => candidate.id === row.stream_id)
  const position = Number(row.position)
  const outside = position === -2 ? CANCELLED_STAGE : UNMAPPED_STAGE
  return { ...row, stage_id: stream?.stages[position]?.id ?? outside }
}
