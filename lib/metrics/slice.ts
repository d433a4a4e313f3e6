import { ident, isOneOf, join, type Sql, sql } from '../engine/sql'
import { dimensionColumn, formerDimensionColumn } from '../model/dimension'
import { goalWithDescendants } from '../model/goal'
import type { SliceRule } from '../model/unit'
import { type DayNumber, NEVER } from '../time/day'
import type { MetricContext, Subject } from './define'
import { isOfStatus } from './facts/status'

/** The rule that holds when a question names none (definitions §12). */
export function defaultRule(subject: Subject): SliceRule {
  return subject === 'finished' ? 'at_finish' : 'as_of'
}

/** Where a fact's own dimension columns come from, and the day on which `as_of` looks. */
export interface FactSource {
  /** The rule whose values the fact carries itself; absent: none. With `at_finish` its day is the one on which its item finished. */
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

/** Whether facts (alias `fact`, or another) are of the streams in scope. */
export function isOfStreams(context: MetricContext, alias: Sql = sql`fact`): Sql {
  const { stream } = context.params
  return stream.length ? isOneOf(sql`${alias}.stream_id`, textsOf(context, 'stream_id', stream)) : sql`TRUE`
}

type ValueOf = (dimension: string) => Sql

function valuesUnder(context: MetricContext, rule: SliceRule, fact: FactSource): { joins: Sql; value: ValueOf } {
  if (rule === fact.own) return { joins: sql``, value: columnOf(sql`fact`) }
  const spells = sql`${context.table('spells')} AS slice ON slice.item_ix = fact.item_ix AND ${isOfStreams(context, sql`slice`)}`
  const value = columnOf(sql`slice`)
  if (rule === 'as_of') {
    // What finished stands finished at the end of that day: no other spells need to be looked through.
    const stands = fact.own === 'at_finish' ? isOfStatus(context, sql`slice`, 'finished') : sql`TRUE`
    return { joins: sql`LEFT JOIN ${spells} AND slice.from_day <= ${fact.day} AND slice.to_day > ${fact.day} AND ${stands}`, value }
  }
  if (rule === 'current') return { joins: sql`LEFT JOIN ${spells} AND ${lasts(context, sql`slice`, SPELL)}`, value }
  return { joins: sql`LEFT JOIN (${atFinish(context)}) AS slice ON slice.item_ix = fact.item_ix`, value }
}

/**
 * Each item with the values that it had when it finished, or else has on the as-of day: `item_ix, stream_id` and its dimensions. An item
 * stands finished while a finish of it lasts.
 */
export function atFinish(context: MetricContext): Sql {
  const columns = (alias: Sql) => join([sql`${alias}.item_ix`, sql`${alias}.stream_id`, ...context.dimensions.map(columnOf(alias))])
  const [finish, stood] = [sql`finish`, sql`stood`]
  return sql`SELECT ${columns(finish)} FROM ${context.table('finishes')} AS finish
      WHERE ${isOfStreams(context, finish)} AND ${lasts(context, finish, FINISH)}
    UNION ALL SELECT ${columns(stood)} FROM ${context.table('spells')} AS stood
      WHERE ${isOfStreams(context, stood)} AND ${lasts(context, stood, SPELL)} AND NOT ${isOfStatus(context, stood, 'finished')}`
}

const SPELL = { from: sql`from_day`, to: sql`to_day` }
const FINISH = { from: sql`finish_day`, to: sql`until_day` }

/**
 * Whether rows (an alias) hold on the as-of day, or another. What holds at the end of the data ends `NEVER`: where all of history is asked
 * for, saying so lets a database see that its facts are more than the items, so that it looks facts up among items and not items among facts.
 */
function lasts(context: MetricContext, alias: Sql, { from, to }: { from: Sql; to: Sql }, day: DayNumber = context.window.asOf): Sql {
  const { isWhole, lastDay } = context
  return isWhole && day >= lastDay ? sql`${alias}.${to} = ${NEVER}` : sql`${alias}.${from} <= ${day} AND ${alias}.${to} > ${day}`
}

function columnOf(alias: Sql): ValueOf {
  return (dimension) => sql`${alias}.${ident(dimensionColumn(dimension))}`
}

/** An item counts in every slice in which it ever was within the window, so slices overlap. */
function everSlice(context: MetricContext, streams: Sql, streamGroup: Sql): Slice {
  const { group } = context.params
  if (group === undefined || group === 'stream') {
    return { joins: sql`JOIN (${everInside(context)}) AS slice ON slice.item_ix = fact.item_ix`, condition: streams, group: streamGroup }
  }
  const { from, to } = context.window
  const spell = sql`spell`
  const joins = sql`JOIN (SELECT DISTINCT spell.item_ix, ${columnOf(spell)(group)} AS slice_group FROM ${context.table('spells')} AS spell
    WHERE ${from} < ${to} AND spell.from_day < ${to} AND spell.to_day > ${from} AND ${isInside(context, spell)}) AS slice ON slice.item_ix = fact.item_ix`
  return { joins, condition: streams, group: sql`slice.slice_group` }
}

/** Items that were ever in the slice within the window, each once. */
function everInside(context: MetricContext): Sql {
  const { from, to } = context.window
  const spell = sql`spell`
  return sql`SELECT spell.item_ix FROM ${context.table('spells')} AS spell
    WHERE ${from} < ${to} AND ${lasts(context, spell, SPELL, to - 1)} AND ${isInside(context, spell)}
    UNION ALL SELECT item_ix FROM (${gone(context)}) AS gone`
}

/**
 * Items that were in the slice within the window and are not at its end, each once: `item_ix`, and with a group `value`, once for each
 * value but that of the end. Of an open item `transfers` tell that its values changed; of another one its spell ended, which is rare.
 */
export function gone(context: MetricContext): Sql {
  const { group } = context.params
  const { from, to } = context.window
  const [moved, stood, held] = [sql`moved`, sql`stood`, sql`held`]
  const valueIn = (alias: Sql, value: ValueOf) => (group === 'stream' ? sql`${alias}.stream_id` : value(group ?? ''))
  const named = (alias: Sql, value: ValueOf) => (group === undefined ? sql`` : sql`, ${valueIn(alias, value)} AS value`)
  const former: ValueOf = (dimension) => sql`moved.${ident(formerDimensionColumn(dimension))}`
  const isOther = group === undefined || group === 'stream' ? sql`FALSE` : sql`${former(group)} IS DISTINCT FROM ${columnOf(moved)(group)}`
  const left = sql`SELECT moved.item_ix${named(moved, former)} FROM ${context.table('transfers')} AS moved
      WHERE moved.day > ${from} AND moved.day < ${to} AND ${isOfStreams(context, moved)}
        AND ${matches(context, former, isAnyOf, formerDimensionColumn)} AND (${isOther} OR (${isInside(context, moved)}) IS NOT TRUE)
    UNION ALL SELECT stood.item_ix${named(stood, columnOf(stood))} FROM ${context.table('spells')} AS stood
      WHERE NOT ${isOfStatus(context, stood, 'open')} AND stood.to_day > ${from} AND stood.to_day < ${to} AND ${isInside(context, stood)}`
  const [value, isElsewhere] = group === undefined ? [sql``, sql``] : [sql`, value`, sql` OR held.value IS DISTINCT FROM once.value`]
  // What is counted is never nothing; said so, a database takes them for fewer, and does not look all others up among them.
  return sql`SELECT once.item_ix${group === undefined ? sql`` : sql`, once.value`} FROM (
      SELECT item_ix${value} FROM (${left}) AS gone_before GROUP BY item_ix${value} HAVING count(*) > 0) AS once
    LEFT JOIN (SELECT held.item_ix${named(held, columnOf(held))} FROM ${context.table('spells')} AS held
      WHERE held.from_day < ${to} AND held.to_day >= ${to} AND ${isInside(context, held)}) AS held ON held.item_ix = once.item_ix
    WHERE held.item_ix IS NULL${isElsewhere}`
}

/** Whether rows (an alias) with dimension columns of their own are of the streams and values in scope. */
function isInside(context: MetricContext, alias: Sql): Sql {
  return sql`${isOfStreams(context, alias)} AND ${matches(context, columnOf(alias), isAnyOf)}`
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

function matches(context: MetricContext, value: ValueOf, isAmong: typeof isOneOf, columnName = dimensionColumn): Sql {
  let all = sql`TRUE`
  for (const [dimension, values] of context.params.dimensions) {
    const wanted = withDescendants(context, dimension, values)
    const texts = wanted.filter((text) => text !== null)
    const named = isAmong(value(dimension), textsOf(context, columnName(dimension), texts))
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
