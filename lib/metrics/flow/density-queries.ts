import { ident, join, list, type Sql, sql } from '../../engine/sql'
import { dimensionColumn } from '../../model/dimension'
import { splitList } from '../../model/scope'
import type { MetricContext } from '../define'
import { lengthCounts, measuredFacts, unitInForce } from '../facts/finished'
import { isLengthWithin } from '../facts/lengths'
import { dayCells, FINENESS } from './density-cells'

const SECONDS_PER_DAY = 86_400
const SECONDS_PER_HOUR = 3_600
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

/** Items counted by stretch of days and length, elapsed time in its fineness; those of other lengths left out. */
export function cellCounts(context: DensityContext): Sql {
  const { first, width } = dayCells(context.window.to - context.window.from, context.params.columns)
  return sql`SELECT CAST(floor(CAST(finish_day - ${first} AS DOUBLE) / ${width}) AS INTEGER) AS day_cell, ${fineLength(context)} AS fine_length,
      CAST(sum(item_count) AS INTEGER) AS item_count
    FROM (${lengthCounts(context)}) AS counted WHERE ${within(context, sql`span_value`)}
    GROUP BY day_cell, fine_length ORDER BY day_cell, fine_length`
}

/** What is known of all: the number of items, of outliers, and of those whose length depends on the policy. */
export function wholeCounts(context: DensityContext): { counts: Sql; policy: Sql } {
  return {
    counts: sql`WITH ${bound(context)} SELECT CAST(shown AS INTEGER) AS shown, CAST(above AS INTEGER) AS above FROM bound`,
    policy: sql`SELECT CAST(count(*) AS INTEGER) AS item_count FROM (${measuredFacts(context)}) AS measured
      WHERE measured.policy_matters AND ${within(context, sql`measured.span_value`)}`,
  }
}

/**
 * The items that come as points: all while they are few enough; else the longest of those above the 95th percentile, equal ones by
 * the last finish, and those that are asked for. Texts are read for these alone.
 */
export function pointRows(context: DensityContext): Sql {
  const { params } = context
  const isSelected = selection(context)
  const place = sql`ORDER BY found.span_value DESC, found.finished_at DESC`
  return sql`WITH ${bound(context)},
    found AS (SELECT measured.item_ix, measured.stream_id, measured.finish_day, measured.finished_at, measured.span_days, measured.span_seconds,
        measured.span_value, measured.policy_matters, ${isSelected} AS is_selected, measured.span_value > bound.span_value AS is_outlier,
        bound.shown <= ${params.pointsBelow} AS is_each
      FROM (${measuredFacts(context)}) AS measured CROSS JOIN bound
      WHERE ${within(context, sql`measured.span_value`)}
        AND (bound.shown <= ${params.pointsBelow} OR measured.span_value > bound.span_value OR ${isSelected})),
    edge AS (SELECT coalesce(max(span_value), -1) AS span_value, max(finished_at) AS finished_at
      FROM (SELECT span_value, finished_at FROM found ${place} LIMIT 1 OFFSET ${Math.max(0, params.outliers - 1)}) AS last_place),
    chosen AS (SELECT found.* FROM found CROSS JOIN edge
      WHERE found.is_each OR found.is_selected OR (${params.outliers > 0} AND (found.span_value > edge.span_value
        OR (found.span_value = edge.span_value AND found.finished_at >= edge.finished_at)))),
    named AS (SELECT found.*, items.item_id, items.key, items.title, row_number() OVER (${place}, found.stream_id, items.item_id) AS place_by_name
      FROM chosen AS found JOIN ${context.table('items')} AS items ON items.item_ix = found.item_ix)
    SELECT named.stream_id, named.item_id, named.key, named.title, ended.${ident(dimensionColumn('type'))} AS type,
      ended.${ident(dimensionColumn('team'))} AS team, named.finish_day AS finished_on, named.finished_at, named.span_days,
      CAST(named.span_seconds AS DOUBLE) / ${SECONDS_PER_DAY} AS elapsed_days, CAST(named.span_value AS DOUBLE) AS span_value, named.policy_matters,
      named.is_each, named.is_selected, named.is_outlier
    FROM named JOIN ${context.table('finishes')} AS ended ON ended.item_ix = named.item_ix AND ended.finished_at = named.finished_at
      AND ended.until_day > ${context.window.asOf}
    WHERE named.is_each OR named.is_selected OR named.place_by_name <= ${params.outliers}
    ORDER BY named.finished_at, named.stream_id, named.item_id`
}

/** The finished items of the window of the lengths asked for. */
export function itemsWithin(context: DensityContext): Sql {
  return sql`SELECT item_ix FROM (${measuredFacts(context)}) AS measured WHERE ${within(context, sql`measured.span_value`)}`
}

/** The percentile (nearest rank) of all lengths of the window, how many items are shown, and how many of these lie above it; no row without items. */
function bound(context: DensityContext): Sql {
  const inside = within(context, sql`span_value`)
  const each = sql`each_length AS (SELECT span_value, item_count FROM (${lengthCounts(context)}) AS counted)`
  return sql`${each}, ${lengthsAround(context)},
    ranked AS (SELECT span_value, before + sum(item_count) OVER (ORDER BY span_value ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS seen, total
      FROM lengths),
    limits AS (SELECT span_value AS above_value FROM ranked WHERE seen * 100 >= total * ${OUTLIERS_ABOVE} ORDER BY span_value LIMIT 1),
    bound AS (SELECT above_value AS span_value, sum(CASE WHEN ${inside} THEN item_count ELSE 0 END) AS shown,
        sum(CASE WHEN ${inside} AND span_value > above_value THEN item_count ELSE 0 END) AS above
      FROM each_length CROSS JOIN limits GROUP BY above_value)`
}

/**
 * Lengths among which the percentile is, with how many lie `before` all of them: `span_value, item_count, before, total`. Seconds are as many
 * as items, so the hour is found first.
 */
function lengthsAround(context: DensityContext): Sql {
  const counted = sql`SELECT span_value, CAST(sum(item_count) AS BIGINT) AS item_count FROM each_length GROUP BY span_value`
  if (unitInForce(context) !== 'elapsed') {
    return sql`lengths AS (SELECT span_value, item_count, 0 AS before, sum(item_count) OVER () AS total FROM (${counted}) AS counted)`
  }
  const hour = sql`floor(CAST(span_value AS DOUBLE) / ${SECONDS_PER_HOUR})`
  return sql`hours AS (SELECT hour, item_count, sum(item_count) OVER (ORDER BY hour ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS seen,
        sum(item_count) OVER () AS total
      FROM (SELECT ${hour} AS hour, CAST(sum(item_count) AS BIGINT) AS item_count FROM each_length GROUP BY hour) AS hourly),
    around AS (SELECT hour, seen - item_count AS before, total FROM hours WHERE seen * 100 >= total * ${OUTLIERS_ABOVE} ORDER BY hour LIMIT 1),
    lengths AS (SELECT span_value, CAST(sum(item_count) AS BIGINT) AS item_count, before, total
      FROM each_length JOIN around ON around.hour = ${hour} GROUP BY span_value, before, total)`
}

function within(context: DensityContext, value: Sql): Sql {
  return isLengthWithin(value, context.params, unitInForce(context))
}

function selection({ params, wholeTable }: DensityContext): Sql {
  const ids = splitList(params.selected ?? '')
  return ids.length
    ? sql`measured.item_ix IN (SELECT item_ix FROM ${wholeTable('items')} AS chosen WHERE chosen.item_id IN ${list(ids)})`
    : sql`FALSE`
}

function fineLength(context: DensityContext): Sql {
  if (unitInForce(context) !== 'elapsed') return sql`CAST(span_value AS DOUBLE)`
  const finest = FINENESS.map(({ below, seconds }) => {
    const whole = sql`floor(CAST(span_value AS DOUBLE) / ${seconds}) * ${seconds}`
    return Number.isFinite(below) ? sql`WHEN span_value < ${below} THEN ${whole}` : sql`ELSE ${whole}`
  })
  return sql`CASE ${join(finest, ' ')} END`
}
