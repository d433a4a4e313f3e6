import { join, type Sql, sql } from '../../engine/sql'
import { countOf, type Histogram, rankOf, valueAtRank } from '../../stats/nearest-rank'
import type { MetricContext } from '../define'
import { isCubed, lengthCounts, measuredFacts, unitInForce } from '../facts/finished'
import { itemsNamed } from '../facts/items-named'
import { isLengthWithin } from '../facts/lengths'
import { dayCells, FINENESS, fineness } from './density-cells'

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

/**
 * Items counted by stretch of days and length, elapsed time in its fineness; those of other lengths left out. With them those whose
 * length depends on the policy, unless these are counted apart.
 */
export function cellCounts(context: DensityContext): Sql {
  const { first, width } = dayCells(context.window.to - context.window.from, context.params.columns)
  const policies = policiesApart(context) ? sql`` : sql`, CAST(sum(policy_count) AS INTEGER) AS policy_count`
  return sql`SELECT CAST(floor(CAST(finish_day - ${first} AS DOUBLE) / ${width}) AS INTEGER) AS day_cell, ${fineLength(context)} AS fine_length,
      CAST(sum(item_count) AS INTEGER) AS item_count${policies}
    FROM (${lengthCounts(context)}) AS counted WHERE ${within(context, sql`span_value`)}
    GROUP BY day_cell, fine_length ORDER BY day_cell, fine_length`
}

/** Items of elapsed time whose length depends on the policy: the same as in whole days, which a cube tells. */
export function policiesApart(context: DensityContext): Sql | undefined {
  const { params } = context
  if (unitInForce(context) !== 'elapsed' || !isCubed(context) || lengthsOfAll(context)) return undefined
  return sql`SELECT CAST(sum(policy_count) AS INTEGER) AS policy_count
    FROM (${lengthCounts({ ...context, params: { ...params, unit: 'days' } })}) AS counted`
}

/** All items of the window by length, where those of the cells are not all. */
export function lengthsOfAll(context: DensityContext): Sql | undefined {
  const { lengthFrom, lengthTo } = context.params
  if (lengthFrom === undefined && lengthTo === undefined) return undefined
  return sql`SELECT ${fineLength(context)} AS fine_length, CAST(sum(item_count) AS INTEGER) AS item_count
    FROM (${lengthCounts(context)}) AS counted GROUP BY fine_length ORDER BY fine_length`
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
}

/** @returns undefined without items. @param shown items shown by length. @param all all of the window by length */
export function reachOf(context: DensityContext, shown: Histogram, all: Histogram): Reach | undefined {
  const { pointsBelow, outliers } = context.params
  const rank = rankOf(OUTLIERS_ABOVE, countOf(all))
  const from = valueAtRank(all, rank)
  if (from === undefined) return undefined
  let [above, longest, least] = [0, 0, Number.POSITIVE_INFINITY]
  for (const [length, count] of shown.toReversed()) {
    if (length > from) above += count
    if (length < from || longest >= outliers) continue
    longest += count
    least = length
  }
  const before = rank - 1 - countOf(all.filter(([length]) => length < from))
  return {
    isEach: countOf(shown) <= pointsBelow,
    ...{ from, to: from + fineness(from, unitInForce(context)), before, above },
    least: Number.isFinite(least) ? least : from,
  }
}

/** What is asked when it is known how far the outliers reach: `points`, and `inside` where the percentile lies somewhere in a stretch. */
export function afterReach(context: DensityContext, reach: Reach): Readonly<Record<string, Sql>> {
  const points = pointRows(context, reach)
  return reach.isEach || isExact(reach) ? { points } : { points, inside: aboveInside(context, reach) }
}

function isExact({ from, to }: Reach): boolean {
  return to - from === 1
}

/** How many of the items shown are longer than the percentile, in the stretch in which it lies. */
function aboveInside(context: DensityContext, reach: Reach): Sql {
  return sql`WITH ${bound(context, reach)} SELECT CAST(count(*) AS INTEGER) AS above
    FROM (${measuredFacts(context, reach.from)}) AS measured CROSS JOIN bound
    WHERE measured.span_value < ${reach.to} AND measured.span_value > bound.span_value AND ${within(context, sql`measured.span_value`)}`
}

/**
 * The items that come as points: all while they are few enough; else the longest of those above the 95th percentile, equal ones by
 * the last finish, and those that are asked for. Texts are read for these alone.
 */
function pointRows(context: DensityContext, reach: Reach): Sql {
  const { outliers } = context.params
  const place = sql`ORDER BY found.span_value DESC, found.finished_at DESC`
  return sql`WITH ${bound(context, reach)}, found AS (${foundRows(context, reach)}),
    placed AS (SELECT found.*, rank() OVER (${place}) AS place FROM found),
    named AS (SELECT found.*, items.item_id, items.key, items.title, row_number() OVER (${place}, found.stream_id, items.item_id) AS place_by_name
      FROM placed AS found JOIN ${context.table('items')} AS items ON items.item_ix = found.item_ix
      WHERE found.is_each OR found.is_selected OR found.place <= ${outliers})
    SELECT named.stream_id, named.item_id, named.key, named.title, named.type, named.team, named.finish_day AS finished_on, named.finished_at, named.span_days,
      CAST(named.span_seconds AS DOUBLE) / ${SECONDS_PER_DAY} AS elapsed_days, CAST(named.span_value AS DOUBLE) AS span_value, named.policy_matters,
      named.is_each, named.is_selected, named.is_outlier
    FROM named WHERE named.is_each OR named.is_selected OR named.place_by_name <= ${outliers}
    ORDER BY named.finished_at, named.stream_id, named.item_id`
}

function foundRows(context: DensityContext, { isEach, least }: Reach): Sql {
  const isSelected = itemsNamed(context, sql`measured.item_ix`, context.params.selected)
  const all = measuredFacts(context, isEach || isSelected ? undefined : least)
  const isOutlier = sql`measured.span_value > bound.span_value`
  const isLong = sql`${isOutlier} AND measured.span_value >= ${least}`
  const wanted = isEach ? sql`TRUE` : isSelected ? sql`(${isLong} OR ${isSelected})` : isLong
  return sql`SELECT measured.item_ix, measured.stream_id, measured.finish_day, measured.finished_at, measured.span_days, measured.span_seconds,
      measured.span_value, measured.policy_matters, measured.type, measured.team, ${isSelected ?? sql`FALSE`} AS is_selected, ${isOutlier} AS is_outlier, ${isEach} AS is_each
    FROM (${all}) AS measured CROSS JOIN bound WHERE ${within(context, sql`measured.span_value`)} AND ${wanted}`
}

/** The finished items of the window of the lengths asked for. */
export function itemsWithin(context: DensityContext): Sql {
  return sql`SELECT item_ix FROM (${measuredFacts(context)}) AS measured WHERE ${within(context, sql`measured.span_value`)}`
}

/** The percentile (nearest rank) of all lengths of the window: one row `span_value`. */
function bound(context: DensityContext, reach: Reach): Sql {
  const { from, to, before } = reach
  if (isExact(reach)) return sql`bound AS (SELECT CAST(${from} AS DOUBLE) AS span_value)`
  return sql`bound AS (SELECT near.span_value FROM (${measuredFacts(context, from)}) AS near
    WHERE near.span_value >= ${from} AND near.span_value < ${to} ORDER BY near.span_value LIMIT 1 OFFSET ${before})`
}

function within(context: DensityContext, value: Sql): Sql {
  return isLengthWithin(value, context.params, unitInForce(context))
}

function fineLength(context: DensityContext): Sql {
  if (unitInForce(context) !== 'elapsed') return sql`CAST(span_value AS DOUBLE)`
  const finest = FINENESS.map(({ below, seconds }) => {
    const whole = sql`span_value - span_value % ${seconds}`
    return Number.isFinite(below) ? sql`WHEN span_value < ${below} THEN ${whole}` : sql`ELSE ${whole}`
  })
  return sql`CASE ${join(finest, ' ')} END`
}
