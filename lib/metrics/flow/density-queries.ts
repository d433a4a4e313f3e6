import { type Column, type ColumnTable, numbersOf } from '../../engine/columns'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { LENGTHS } from '../../snapshot/cubes/cubes'
import { countOf, type Histogram, rankOf, valueAtRank } from '../../stats/nearest-rank'
import type { MetricContext } from '../define'
import { coveringCube } from '../facts/cubes'
import { entryOf } from '../facts/entries'
import { isCubed, lengthCounts, measuredFacts, unitInForce } from '../facts/finished'
import { itemsNamed } from '../facts/items-named'
import { eachFinished, finishedDays, keptRows } from '../facts/kept-rows'
import { isLengthWithin } from '../facts/lengths'
import { BY_DAY, dayCells, type Fineness, fineness, GRADED, LONG } from './density-cells'

const SECONDS_PER_DAY = 86_400
const OUTLIERS_ABOVE = 95

export type DensityParams = {
  readonly scale: 'linear' | 'log'
  readonly columns: number
  readonly rows: number
  readonly pointsBelow: number
  readonly outliers: number
  readonly selected?: string
  readonly lengthFrom?: number
  readonly lengthTo?: number
}

export type DensityContext = MetricContext<DensityParams>

/** So many streams have few rows in a cube of lengths: to read them takes less than to count them once more. */
const FEW_STREAMS = 8

/** What is asked first: what is to be counted, or what tells how finely. Beside it items whose length depends on the policy, where these are apart. */
export function firstQueries(context: DensityContext): Readonly<Record<string, Sql>> {
  const policies = policiesApart(context)
  const isOpen = unitInForce(context) === 'elapsed' && context.params.scale === 'linear'
  return { ...(isOpen ? { long: longCount(context) } : countQueries(context, GRADED)), ...(policies ? { policies } : {}) }
}

/** Items shown that take long. */
function longCount(context: DensityContext): Sql {
  return sql`SELECT CAST(count(*) AS INTEGER) AS item_count FROM (${measuredFacts(context, LONG)}) AS measured
    WHERE span_value >= ${LONG} AND ${within(context, sql`span_value`)}`
}

/** How finely lengths are counted. @param long answer of `longCount`, where it was asked */
export function finenessFor(long: ColumnTable | undefined): Fineness {
  return long && numbersOf(long, 'item_count')[0] ? BY_DAY : GRADED
}

/** `kept` where a cube of whole days may stay in memory; else `cells`, and `lengths` of all items where the cells do not count all. */
export function countQueries(context: DensityContext, steps: Fineness): Readonly<Record<string, Sql>> {
  const kept = isCubed(context) && unitInForce(context) === 'days' ? keptRows(context, LENGTHS, finishedDays(context)) : undefined
  if (kept) return { kept }
  return { cells: cellCounts(context, steps), ...(isNarrowed(context) ? { lengths: lengthsOfAll(context, steps) } : {}) }
}

const countedBefore = new WeakMap<DensityContext, Counted>()

/** The answers to `countQueries`. */
export interface Counted {
  /** `cell_day, fine_length, item_count`, of the lengths asked for, and `policy_count` unless it is counted apart. */
  readonly cells: ColumnTable
  /** The same of all lengths, without days. */
  readonly lengths: ColumnTable
}

/** @returns undefined before they are known */
export function countedIn(answers: Readonly<Record<string, ColumnTable>>, context: DensityContext): Counted | undefined {
  const { kept, cells, lengths = cells } = answers
  if (kept) return entryOf(countedBefore, context, () => countedOfKept(kept, context))
  return cells && lengths ? { cells, lengths } : undefined
}

function countedOfKept(kept: ColumnTable, context: DensityContext): Counted {
  const { lengthFrom = 0, lengthTo = Number.POSITIVE_INFINITY } = context.params
  const days = numbersOf(kept, 'span_days')
  const [all, shown]: [number[], number[]] = [[], []]
  eachFinished(kept, context, (row) => {
    const length = days[row] ?? 0
    all.push(row)
    if (length >= lengthFrom && length < lengthTo) shown.push(row)
  })
  const table = (rows: readonly number[]): ColumnTable => {
    const column = (name: string, from: string): Column => {
      const values = numbersOf(kept, from)
      const taken = new Int32Array(rows.length)
      for (let at = 0; at < rows.length; at++) taken[at] = values[rows[at] ?? 0] ?? 0
      return { name, kind: 'int', values: taken }
    }
    const columns = [column('cell_day', 'finish_day'), column('fine_length', 'span_days'), column('item_count', 'item_count')]
    return { rowCount: rows.length, columns: [...columns, column('policy_count', 'policy_count')] }
  }
  const cells = table(shown)
  return { cells, lengths: isNarrowed(context) ? table(all) : cells }
}

/**
 * Items counted by length, elapsed time in its fineness, and by a day that lies in their stretch of days; those of other lengths left out.
 * Several rows may count items of the same length and stretch. With them come those whose length depends on the policy, unless these are
 * counted apart.
 */
function cellCounts(context: DensityContext, steps: Fineness): Sql {
  const length = fineLength(context, steps)
  const counted = sql`FROM (${lengthCounts(context)}) AS counted WHERE ${within(context, sql`span_value`)}`
  if (areCounted(context)) {
    const counts = ['item_count', 'policy_count'].map((name) => sql`CAST(${ident(name)} AS INTEGER) AS ${ident(name)}`)
    return sql`SELECT finish_day AS cell_day, ${length} AS fine_length, ${join(counts)} ${counted}`
  }
  const policies = policiesApart(context) ? sql`` : sql`, CAST(sum(policy_count) AS INTEGER) AS policy_count`
  return sql`SELECT ${firstOfCell(context)} AS cell_day, ${length} AS fine_length, CAST(sum(item_count) AS INTEGER) AS item_count${policies} ${counted}
    GROUP BY cell_day, fine_length`
}

/** Whether a cube counts hardly more rows than there are cells. */
function areCounted(context: DensityContext): boolean {
  const isKnown = isCubed(context) && unitInForce(context) !== 'elapsed' && context.streams.length <= FEW_STREAMS
  return isKnown && coveringCube(context, LENGTHS)?.isExact === true
}

/** First day of the stretch in which an item finished; the first of all may lie before the window. */
function firstOfCell({ window, params }: DensityContext): Sql {
  const { first, width } = dayCells(window.to - window.from, params.columns)
  const start = first + Math.floor((window.from - first) / width) * width
  return width === 1 ? sql`finish_day` : sql`finish_day - (finish_day - ${start}) % ${width}`
}

/** Items of elapsed time whose length depends on the policy: the same as in whole days, which a cube tells. */
function policiesApart(context: DensityContext): Sql | undefined {
  const { params } = context
  if (unitInForce(context) !== 'elapsed' || !isCubed(context) || isNarrowed(context)) return undefined
  return sql`SELECT CAST(sum(policy_count) AS INTEGER) AS policy_count
    FROM (${lengthCounts({ ...context, params: { ...params, unit: 'days' } })}) AS counted`
}

function isNarrowed({ params }: DensityContext): boolean {
  return params.lengthFrom !== undefined || params.lengthTo !== undefined
}

function lengthsOfAll(context: DensityContext, steps: Fineness): Sql {
  return sql`SELECT ${fineLength(context, steps)} AS fine_length, CAST(sum(item_count) AS INTEGER) AS item_count
    FROM (${lengthCounts(context)}) AS counted GROUP BY fine_length`
}

/** How far the outliers reach, as far as lengths that are counted in stretches tell. */
export interface Reach {
  /** Few enough are shown that each comes as a point. */
  readonly isEach: boolean
  /** The stretch `[from, to)` of lengths in which the percentile of all lies; with whole days it is the percentile itself. */
  readonly from: number
  readonly to: number
  /** Items of the stretch that are shorter than the percentile, equal ones set in some order. */
  readonly before: number
  /** Items shown that are longer than the whole stretch. */
  readonly above: number
  /** No outlier that comes as a point is shorter. */
  readonly least: number
  /** Items shown that are not shorter than that. */
  readonly candidates: number
}

/** @returns undefined without items. @param shown items shown by length. @param all all of the window by length */
export function reachOf(context: DensityContext, steps: Fineness, { shown, all }: { shown: Histogram; all: Histogram }): Reach | undefined {
  const { pointsBelow, outliers } = context.params
  const rank = rankOf(OUTLIERS_ABOVE, countOf(all))
  const from = valueAtRank(all, rank)
  if (from === undefined) return undefined
  const to = from + fineness(from, unitInForce(context), steps)
  const shortest = isExact({ from, to }) ? to : from
  const long = shown.filter(([length]) => length >= shortest)
  let [candidates, least] = [0, Number.POSITIVE_INFINITY]
  for (const [length, count] of long.toReversed()) {
    if (candidates >= outliers) break
    candidates += count
    least = length
  }
  return {
    isEach: countOf(shown) <= pointsBelow,
    ...{ from, to, before: rank - 1 - countOf(all.filter(([length]) => length < from)) },
    above: countOf(shown.filter(([length]) => length > from)),
    ...(candidates ? { least, candidates } : { least: shortest, candidates: countOf(long) }),
  }
}

/** What is asked when it is known how far the outliers reach: `points`, and `stretch` where the percentile lies somewhere in one. */
export function afterReach(context: DensityContext, reach: Reach): Readonly<Record<string, Sql>> {
  const points = pointRows(context, reach)
  return reach.isEach || isExact(reach) ? { points } : { points, stretch: stretchCounts(context, reach) }
}

function isExact({ from, to }: Pick<Reach, 'from' | 'to'>): boolean {
  return to - from === 1
}

/** Items of the stretch in which the percentile lies by their very length, and those of them that are shown. */
function stretchCounts(context: DensityContext, { from, to }: Reach): Sql {
  return sql`SELECT CAST(span_value AS INTEGER) AS span_value, CAST(count(*) AS INTEGER) AS item_count,
      CAST(sum(CASE WHEN ${within(context, sql`span_value`)} THEN 1 ELSE 0 END) AS INTEGER) AS shown_count
    FROM (${measuredFacts(context, from)}) AS measured WHERE span_value >= ${from} AND span_value < ${to} GROUP BY span_value`
}

/** What `stretchCounts` found. */
export interface Limit {
  /** The percentile (nearest rank) of all lengths of the window. */
  readonly percentile: number
  /** Items shown that are longer. */
  readonly above: number
}

/** @param stretch absent where the percentile is where its stretch begins */
export function limitOf(reach: Reach, stretch: ColumnTable | undefined): Limit {
  if (!stretch) return { percentile: reach.from, above: reach.above }
  const [lengths, counts, shown] = [numbersOf(stretch, 'span_value'), numbersOf(stretch, 'item_count'), numbersOf(stretch, 'shown_count')]
  const [sums, shownSums] = [new Float64Array(reach.to - reach.from), new Float64Array(reach.to - reach.from)]
  for (let row = 0; row < lengths.length; row++) {
    const place = (lengths[row] ?? 0) - reach.from
    sums[place] = counts[row] ?? 0
    shownSums[place] = shown[row] ?? 0
  }
  let [place, seen, above] = [0, sums[0] ?? 0, reach.above]
  while (seen <= reach.before && place < sums.length) seen += sums[++place] ?? 0
  for (let longer = place + 1; longer < shownSums.length; longer++) above += shownSums[longer] ?? 0
  return { percentile: reach.from + place, above }
}

/** With more candidates than outliers that come as points, times this, they are ranked before texts are read. */
const MANY_TIMES = 2

/**
 * The items that may come as points: all while they are few enough; else the longest of those above the 95th percentile, and those
 * that are asked for. Texts are read for these alone.
 */
function pointRows(context: DensityContext, reach: Reach): Sql {
  const isSelected = itemsNamed(context, sql`measured.item_ix`, context.params.selected)
  const found = foundRows(context, reach, isSelected)
  const { outliers } = context.params
  const ranked = sql`SELECT * FROM (
      SELECT found.*, rank() OVER (ORDER BY found.span_value DESC, found.finished_at DESC) AS place FROM (${found}) AS found) AS placed
    WHERE placed.place <= ${outliers}${isSelected ? sql` OR placed.is_selected` : sql``}`
  const isRanked = !reach.isEach && reach.candidates > MANY_TIMES * outliers
  return sql`SELECT found.stream_id, items.item_id, items.key, items.title, found.type, found.team, found.finish_day AS finished_on,
      found.finished_at, found.span_days, CAST(found.span_seconds AS DOUBLE) / ${SECONDS_PER_DAY} AS elapsed_days,
      CAST(found.span_value AS DOUBLE) AS span_value${isSelected ? sql`, found.is_selected` : sql``}
    FROM (${isRanked ? ranked : found}) AS found JOIN ${context.table('items')} AS items ON items.item_ix = found.item_ix`
}

function foundRows(context: DensityContext, { isEach, least }: Reach, isSelected: Sql | undefined): Sql {
  const all = measuredFacts(context, isEach || isSelected ? undefined : least)
  const isLong = sql`measured.span_value >= ${least}`
  const wanted = isEach ? sql`TRUE` : isSelected ? sql`(${isLong} OR ${isSelected})` : isLong
  return sql`SELECT measured.item_ix, measured.stream_id, measured.finish_day, measured.finished_at, measured.span_days, measured.span_seconds,
      measured.span_value, measured.type, measured.team${isSelected ? sql`, ${isSelected} AS is_selected` : sql``}
    FROM (${all}) AS measured WHERE ${within(context, sql`measured.span_value`)} AND ${wanted}`
}

/** The finished items of the window of the lengths asked for. */
export function itemsWithin(context: DensityContext): Sql {
  return sql`SELECT item_ix FROM (${measuredFacts(context)}) AS measured WHERE ${within(context, sql`measured.span_value`)}`
}

function within(context: DensityContext, value: Sql): Sql {
  return isLengthWithin(value, context.params, unitInForce(context))
}

function fineLength(context: DensityContext, steps: Fineness): Sql {
  if (unitInForce(context) !== 'elapsed') return sql`CAST(span_value AS INTEGER)`
  const whole = ({ seconds }: Fineness[number]) => sql`span_value - span_value % ${seconds}`
  const [only, ...others] = steps
  if (only && !others.length) return whole(only)
  const cases = steps.map((step) =>
    Number.isFinite(step.below) ? sql`WHEN span_value < ${step.below} THEN ${whole(step)}` : sql`ELSE ${whole(step)}`,
  )
  return sql`CASE ${join(cases, ' ')} END`
}
