import { ident, isOneOf, join, type Sql, sql } from '../engine/sql'
import { dimensionColumn } from '../model/dimension'
import { goalWithDescendants } from '../model/goal'
import type { SliceRule } from '../model/unit'
import type { MetricContext, Subject } from './define'

/** The rule that holds when a question names none (definitions §12). */
export function defaultRule(subject: Subject): SliceRule {
  return subject === 'finished' ? 'at_finish' : 'as_of'
}

/** Where a fact's own dimension columns come from, and the day on which `as_of` looks. */
export interface FactSource {
  /** The rule whose values the fact carries itself; absent: none. */
  readonly own?: SliceRule
  /** Local day of the fact, as SQL over the alias `fact`. */
  readonly day: Sql
  /** Whether its rows lie in the order of their values, so that most can be passed over. */
  readonly isOrdered?: boolean
}

/** Joins and conditions that limit facts (alias `fact`, with `item_ix` and `stream_id`) to a scope, and the group of each. */
export interface Slice {
  readonly joins: Sql
  readonly condition: Sql
  /** Value of the dimension asked for by `groupBy`; NULL without one. */
  readonly group: Sql
}

/** Limits facts to the streams and dimension values in scope under the rule in force. */
export function sliceOf(context: MetricContext, fact: FactSource): Slice {
  const { params } = context
  const rule = params.rule ?? 'as_of'
  const needed = new Set(params.dimensions.keys())
  if (params.group !== undefined && params.group !== 'stream') needed.add(params.group)
  const streams = isOfStreams(context)
  const streamGroup = params.group === 'stream' ? sql`fact.stream_id` : sql`CAST(NULL AS VARCHAR)`
  if (!needed.size) return { joins: sql``, condition: streams, group: streamGroup }
  if (rule === 'ever') return everSlice(context, streams, streamGroup)
  const { joins, value } = valuesUnder(context, rule, fact)
  return {
    joins,
    condition: sql`${streams} AND ${matches(context, value, fact.isOrdered ? isOneOf : isAnyOf)}`,
    group: params.group === undefined || params.group === 'stream' ? streamGroup : value(params.group),
  }
}

/**
 * The same question, to be asked of what is true at the end of the window's last day: where that is the as-of day, what items have now they
 * have then, so that facts and cubes tell it themselves.
 */
export function atEndOfWindow(context: MetricContext): MetricContext {
  const { params, window } = context
  return params.rule === 'current' && window.to - 1 === window.asOf ? { ...context, params: { ...params, rule: 'as_of' } } : context
}

/** Whether facts (alias `fact`) are of the streams in scope. */
export function isOfStreams(context: MetricContext): Sql {
  const { stream } = context.params
  return stream.length ? isOneOf(sql`fact.stream_id`, textsOf(context, 'stream_id', stream)) : sql`TRUE`
}

type ValueOf = (dimension: string) => Sql

function valuesUnder(context: MetricContext, rule: SliceRule, fact: FactSource): { joins: Sql; value: ValueOf } {
  const { asOf } = context.window
  if (rule === fact.own) return { joins: sql``, value: columnOf(sql`fact`) }
  if (rule === 'as_of') return { joins: spellOn(context, fact.day), value: columnOf(sql`slice`) }
  const now = spellOn(context, sql`${asOf}`)
  if (rule === 'current') return { joins: now, value: columnOf(sql`slice`) }
  const finish = sql`LEFT JOIN ${context.table('finishes')} AS finish ON finish.item_ix = fact.item_ix
    AND finish.finish_day <= ${asOf} AND finish.until_day > ${asOf}`
  return {
    joins: sql`${now} ${finish}`,
    value: (dimension) => {
      const column = ident(dimensionColumn(dimension))
      return sql`CASE WHEN finish.item_ix IS NULL THEN slice.${column} ELSE finish.${column} END`
    },
  }
}

function columnOf(alias: Sql): ValueOf {
  return (dimension) => sql`${alias}.${ident(dimensionColumn(dimension))}`
}

/** What was true of the fact's item at the end of a day. */
function spellOn(context: MetricContext, day: Sql): Sql {
  return sql`LEFT JOIN ${context.table('spells')} AS slice ON slice.item_ix = fact.item_ix
    AND slice.from_day <= ${day} AND slice.to_day > ${day}`
}

/** An item counts in every slice in which it ever was within the window, so slices overlap. */
function everSlice(context: MetricContext, streams: Sql, streamGroup: Sql): Slice {
  const { params, window } = context
  const byDimension = params.group !== undefined && params.group !== 'stream'
  const column = byDimension ? ident(dimensionColumn(params.group ?? '')) : undefined
  const joins = sql`JOIN (SELECT DISTINCT item_ix, ${column ?? sql`CAST(NULL AS VARCHAR)`} AS slice_group FROM ${context.table('spells')} AS spell
    WHERE ${window.from} < ${window.to} AND spell.from_day < ${window.to} AND spell.to_day > ${window.from} AND ${matches(context, columnOf(sql`spell`), isAnyOf)}
  ) AS slice ON slice.item_ix = fact.item_ix`
  return { joins, condition: streams, group: byDimension ? sql`slice.slice_group` : streamGroup }
}

/** So many values are compared one by one. */
const FEW_VALUES = 8

/** As `isOneOf`, for rows of which none can be passed over: looking into a list takes three times as long as comparing with each of a few. */
function isAnyOf(value: Sql, values: readonly Sql[]): Sql {
  if (values.length < 2 || values.length > FEW_VALUES) return isOneOf(value, values)
  return sql`NOT (${join(
    values.map((one) => sql`${value} <> ${one}`),
    ' AND ',
  )})`
}

function matches(context: MetricContext, value: ValueOf, isAmong: typeof isOneOf): Sql {
  let all = sql`TRUE`
  for (const [dimension, values] of context.params.dimensions) {
    const wanted = withDescendants(context, dimension, values)
    const texts = wanted.filter((text) => text !== null)
    const named = isAmong(value(dimension), textsOf(context, dimensionColumn(dimension), texts))
    all = sql`${all} AND ${wanted.includes(null) ? sql`(${value(dimension)} IS NULL OR ${named})` : named}`
  }
  return all
}

function textsOf({ dialect, snapshotId }: MetricContext, column: string, texts: readonly string[]): Sql[] {
  return texts.map((text) => dialect.text(snapshotId, column, text))
}

/** A goal stands for itself and every goal below it. */
function withDescendants(context: MetricContext, dimension: string, values: readonly (string | null)[]): (string | null)[] {
  if (dimension !== 'goal') return [...values]
  return values.flatMap((id) => (id === null ? [null] : goalWithDescendants(context.portfolio.goals, id)))
}
