import { z } from 'zod'
import { type ColumnTable, type Row, toRows } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { inTextOrder } from '../../engine/text-order'
import { column, defineMetric, type MetricContext } from '../define'
import { AGE_PARAMS, type AgeRange, agingFacts, isAgeWithin, openNames } from '../facts/aging'
import { oncePerAnswer } from '../facts/entries'
import { experienceQueries, type Judge, type Judgement, judgeOf } from '../facts/experience'
import { itemsNamed } from '../facts/items-named'
import { countText } from '../own-params'
import { cellOf, lengthEdges } from './density-cells'

const OLD_FROM = 95
/** From this risk on an item is likelier than not to miss the expectation. */
const LIKELY_ABOVE = 0.5

type AgingDensityParams = AgeRange & {
  readonly rows: number
  readonly pointsBelow: number
  readonly oldest: number
  readonly selected?: string
}

type AgingDensityContext = MetricContext<AgingDensityParams>

export const agingDensity = defineMetric({
  name: 'aging-density',
  title: 'Density of aging work',
  aka: ['binned aging WIP chart'],
  unit: 'items',
  doc: 'How many unfinished, started items there are in each cell of stage and age at the end of the window. Up to `pointsBelow` items come as points instead, one each. With cells come as points, too: the `oldest` items, and those of `selected`. item_count and the counts beside it add up to all unfinished items: they are 0 for a point that a cell counts.',
  source: 'Vacanti 2015, ch. 3; Carr et al. 1987 (binning)',
  subject: 'standing',
  uses: ['rule', 'span', 'policy'],
  params: z.object({
    rows: countText(50, 400, 1).describe('cells over ages, about; the finest are a day'),
    pointsBelow: countText(2000, 50_000).describe('up to so many items each is a point'),
    oldest: countText(100, 10_000).describe('so many items come as points beside the cells, the oldest first'),
    selected: z.string().max(10_000).optional().describe('ids of items that come as points whatever their age, separated by commas'),
    ...AGE_PARAMS,
  }),
  columns: {
    kind: column.text('cell: items counted together; point: one item'),
    stream_id: column.text('value stream'),
    stage_id: column.text('stage in which they stand; "unmapped" for states that no stage names'),
    age_from: column.int('least age at the end of the last day of the window', { unit: 'days' }),
    age_to: column.int('age that is just too high', { unit: 'days' }),
    item_count: column.int('unfinished items that this row adds: 0 for a point that a cell counts', { unit: 'items' }),
    point_count: column.int('those of them that come as points, too', { unit: 'items' }),
    blocked_count: column.int('blocked ones among item_count', { unit: 'items' }),
    old_count: column.int('those that are older than 95 % of the items of their stream that finished in the window took', {
      unit: 'items',
    }),
    late_count: column.int('those that are past the expectation; absent without one', { unit: 'items', nullable: true }),
    likely_count: column.int('those that are past it or likelier than not to miss it; absent without one', {
      unit: 'items',
      nullable: true,
    }),
    reason: column.text('why it is a point: each, oldest or selected', { nullable: true }),
    item_id: column.text("the item's id in its source", { nullable: true }),
    key: column.text('key that people use', { nullable: true }),
    title: column.text('title', { nullable: true }),
    type: column.text('flow item type', { nullable: true }),
    team: column.text('team', { nullable: true }),
    started_on: column.day('local day on which the span began', { nullable: true }),
    age_days: column.int('age at the end of the last day of the window', { unit: 'days', nullable: true }),
    percentile_rank: column.float('share of finished items that took as long or less', { unit: '%', nullable: true }),
    miss_risk_ratio: column.float('risk of missing the expectation', { nullable: true }),
    blocked: column.bool('whether it is blocked', { nullable: true }),
  },
  queries: (context) => ({
    ages: sql`SELECT stream_id, position, age_days, CAST(count(*) AS INTEGER) AS item_count,
        CAST(sum(CASE WHEN blocked THEN 1 ELSE 0 END) AS INTEGER) AS blocked_count
      FROM (${itemsAged(context)}) AS open_items GROUP BY stream_id, position, age_days`,
    ...experienceQueries(context),
  }),
  follow: ({ ages, points }, context): Readonly<Record<string, Sql>> => {
    if (!ages || points) return {}
    return { points: pointRows(context, leastAge(countedIn(ages), context.params)) }
  },
  items: {
    list: (context) => sql`SELECT item_ix FROM (${itemsAged(context)}) AS open_items`,
    counted: { how: 'sum', column: 'item_count' },
  },
  derive: (answers, context) => {
    const { ages, points } = answers
    if (!ages || !points) return []
    const judge = judgeOf(answers, context)
    const counted = countedIn(ages)
    const isEach = countAll(counted) <= context.params.pointsBelow
    const found = shownPoints(points, isEach, context.params.oldest)
    const cells = isEach ? [] : cellRows(counted, found, context, judge)
    return [...cells, ...found.map((row) => pointRow(row, isEach, judge))]
  },
})

function itemsAged(context: AgingDensityContext, atLeast?: number): Sql {
  const { ageFrom, ageTo } = context.params
  if (ageFrom === undefined && ageTo === undefined) return agingFacts(context, atLeast)
  return sql`SELECT * FROM (${agingFacts(context, atLeast)}) AS aging WHERE ${isAgeWithin(sql`age_days`, context.params)}`
}

/** Items of one age in a stage. */
interface Counted {
  readonly streamId: string
  readonly position: number
  readonly age: number
  readonly items: number
  readonly blocked: number
}

/** By stream, stage and age. */
const countedIn = oncePerAnswer((ages): Counted[] =>
  toRows(ages)
    .map((row) => ({
      streamId: String(row.stream_id),
      position: Number(row.position),
      age: Number(row.age_days),
      items: Number(row.item_count),
      blocked: Number(row.blocked_count),
    }))
    .sort((a, b) => inTextOrder(a.streamId, b.streamId) || a.position - b.position || a.age - b.age),
)

function countAll(counted: readonly Counted[]): number {
  return counted.reduce((sum, { items }) => sum + items, 0)
}

/** No item that comes as a point for its age is younger: 0 when each does. */
function leastAge(counted: readonly Counted[], { pointsBelow, oldest }: AgingDensityParams): number {
  if (countAll(counted) <= pointsBelow) return 0
  let [older, least] = [0, Number.MAX_SAFE_INTEGER]
  for (const { age, items } of counted.toSorted((a, b) => b.age - a.age)) {
    if (older >= oldest) break
    older += items
    least = age
  }
  return least
}

/** Texts are read for these alone: all items while they are few enough, else those that are old enough, and those that are asked for. */
function pointRows(context: AgingDensityContext, least: number): Sql {
  const named = itemsNamed(context, sql`aging.item_ix`, context.params.selected)
  // A hundred are found one by one.
  const names =
    least === 0
      ? openNames(context, sql`aging`, context.window.to - 1)
      : sql`JOIN ${context.table('items')} AS items ON items.item_ix = aging.item_ix`
  return sql`SELECT aging.*, items.item_id, items.key, items.title${named ? sql`, ${named} AS is_selected` : sql``}
    FROM (${itemsAged(context, named ? undefined : least)}) AS aging ${names}
    ${named ? sql`WHERE aging.age_days >= ${least} OR ${named}` : sql``}`
}

/** The oldest first, equal ones by their ids. */
function shownPoints(points: ColumnTable, isEach: boolean, oldest: number): Row[] {
  return toRows(points)
    .sort(
      (a, b) =>
        Number(b.age_days) - Number(a.age_days) ||
        inTextOrder(String(a.stream_id), String(b.stream_id)) ||
        inTextOrder(String(a.item_id), String(b.item_id)),
    )
    .filter(({ is_selected: isSelected }, place) => isEach || isSelected || place < oldest)
}

const COUNTS = ['item_count', 'blocked_count', 'old_count', 'late_count', 'likely_count'] as const

type Counts = Record<(typeof COUNTS)[number], number | null>

function countsOf(items: number, blocked: number, age: number, { rank, risk, expected }: Omit<Judgement, 'stageId'>): Counts {
  const isExpected = expected !== undefined
  return {
    item_count: items,
    blocked_count: blocked,
    old_count: (rank ?? 0) >= OLD_FROM ? items : 0,
    late_count: isExpected ? (age > expected ? items : 0) : null,
    likely_count: isExpected ? ((risk ?? 0) > LIKELY_ABOVE ? items : 0) : null,
  }
}

/** Cells that hold any, by stream, stage and age. */
function cellRows(counted: readonly Counted[], points: readonly Row[], { params }: AgingDensityContext, judge: Judge): Row[] {
  const lowest = params.ageFrom ?? 1
  const highest = counted.reduce((most, { age }) => Math.max(most, age), lowest)
  const edges = lengthEdges({ scale: 'linear', unit: 'days', rows: params.rows, lowest, highest })
  const found = new Map<string, Row & Counts>()
  const placeOf = (streamId: string, position: number, edge: number) => `${streamId} ${position} ${edge}`
  for (const { streamId, position, age, items, blocked } of counted) {
    const edge = cellOf(edges, age)
    const place = placeOf(streamId, position, edge)
    const judgement = judge(streamId, position, age)
    const counts = countsOf(items, blocked, age, judgement)
    const cell = found.get(place)
    if (cell) addTo(cell, counts)
    else {
      const to = Math.min(edges[edge + 1] ?? highest + 1, highest + 1)
      const ages = { age_from: edges[edge] ?? age, age_to: to }
      found.set(place, { kind: 'cell', stream_id: streamId, stage_id: judgement.stageId, ...ages, point_count: 0, ...counts })
    }
  }
  for (const point of points) {
    const cell = found.get(placeOf(String(point.stream_id), Number(point.position), cellOf(edges, Number(point.age_days))))
    if (cell) cell.point_count = Number(cell.point_count) + 1
  }
  return [...found.values()]
}

function addTo(cell: Counts, counts: Counts): void {
  for (const name of COUNTS) {
    const [sum, count] = [cell[name], counts[name]]
    if (sum !== null && count !== null) cell[name] = sum + count
  }
}

function pointRow(row: Row, isEach: boolean, judge: Judge): Row {
  const age = Number(row.age_days)
  const { stageId, ...comparison } = judge(String(row.stream_id), Number(row.position), age)
  const added = isEach ? 1 : 0
  return {
    kind: 'point',
    stream_id: row.stream_id ?? null,
    stage_id: stageId,
    age_from: age,
    age_to: age + 1,
    ...countsOf(added, row.blocked ? added : 0, age, comparison),
    point_count: 1,
    reason: row.is_selected ? 'selected' : isEach ? 'each' : 'oldest',
    item_id: row.item_id ?? null,
    key: row.key ?? null,
    title: row.title ?? null,
    type: row.type ?? null,
    team: row.team ?? null,
    started_on: row.started_on ?? null,
    age_days: age,
    blocked: row.blocked ?? null,
    percentile_rank: comparison.rank ?? null,
    miss_risk_ratio: comparison.risk ?? null,
  }
}
