import { ident, join, type Sql, sql } from '../../engine/sql'
import { dimensionColumn } from '../../model/dimension'
import { CANCELLED_STAGE, UNMAPPED_STAGE } from '../../model/stage'
import { Problem } from '../../problem'
import { parseDay } from '../../time/day'
import type { MetricContext } from '../define'
import { isAgeWithin, openNames } from '../facts/aging'
import { measuredFacts, unitInForce } from '../facts/finished'
import { isLengthWithin } from '../facts/lengths'
import { requireStage } from '../facts/stages'
import { isOfStatus } from '../facts/status'
import type { SharedParams } from '../params'
import { sliceOf } from '../slice'

export const ITEM_STATUSES = ['open', 'in_progress', 'finished', 'removed'] as const

/** What pages can be sorted by. */
export const ITEM_SORTS = ['age', 'key', 'title', 'type', 'team', 'stage', 'started', 'blocked'] as const
export type ItemSort = (typeof ITEM_SORTS)[number]

export type ItemParams = {
  readonly stageId?: string
  readonly onDay?: string
  readonly status?: (typeof ITEM_STATUSES)[number]
  readonly search?: string
  readonly words?: string
  readonly item?: string
  readonly blocked?: 'yes' | 'no'
  readonly ageFrom?: number
  readonly ageTo?: number
  readonly compared: 'yes' | 'no'
  readonly sort: ItemSort
  readonly order: 'asc' | 'desc'
  readonly lengthFrom?: number
  readonly lengthTo?: number
  readonly limit: number
  readonly offset: number
}

/** Asked for finished items but no day: the very items that `throughput` counts under the same parameters. */
export function isThroughput(params: { readonly status?: string; readonly onDay?: string }): boolean {
  return params.status === 'finished' && params.onDay === undefined
}

/** The day at whose end the items are looked at. */
function dayOfItems({ params, window }: MetricContext<ItemParams>): number {
  if (isThroughput(params)) return window.asOf
  const asked = params.onDay === undefined ? undefined : parseDay(params.onDay)
  return Math.min(asked ?? window.to - 1, window.asOf)
}

/** Which of its starts counts, as the policy in force has it. */
function startOf({ policy }: SharedParams): 'first' | 'last' {
  return policy === 'last_start_last_finish' ? 'last' : 'first'
}

/** Column of the day on which the span began. */
function startColumn(params: SharedParams): string {
  return `${startOf(params)}_start_day_${params.span}`
}

/**
 * The items asked for, before paging: `item_ix, stream_id, finish_day, age_days`, and where these come along the columns of `standing`.
 * @throws Problem
 */
export function wantedItems(context: MetricContext<ItemParams>): Sql {
  return isThroughput(context.params) ? itemsFinished(context) : itemsStanding(context)
}

function itemsFinished(context: MetricContext<ItemParams>): Sql {
  const { params } = context
  requireNone(params, ['ageFrom', 'ageTo'], 'is about items that stand somewhere on a day: ask for lengthFrom and lengthTo, or with onDay')
  const day = dayOfItems(context)
  let all = isLengthWithin(sql`measured.span_value`, params, unitInForce(context))
  const stood = stoodSo(context)
  if (stood) {
    all = sql`${all} AND measured.item_ix IN (SELECT fact.item_ix FROM ${context.table('spells')} AS fact ${wordsOf(params.words).length ? itemNames(context, sql`fact`) : sql``}
      WHERE fact.from_day <= ${day} AND fact.to_day > ${day} AND ${stood})`
  }
  const texts = namedSo(params)
  if (texts) all = sql`${all} AND measured.item_ix IN (SELECT items.item_ix FROM ${context.table('items')} AS items WHERE ${texts})`
  return sql`SELECT measured.item_ix, measured.stream_id, measured.finish_day, measured.span_days AS age_days
    FROM (${measuredFacts(context)}) AS measured WHERE ${all}`
}

/** An item that is open or removed has no finish that lasts. */
function itemsStanding(context: MetricContext<ItemParams>): Sql {
  const { params } = context
  const { status } = params
  requireNone(
    params,
    ['lengthFrom', 'lengthTo'],
    'is about the items that finished in the window: ask for status "finished", without onDay',
  )
  const day = dayOfItems(context)
  const slice = sliceOf(context, { own: 'as_of', day: sql`${day}` })
  const mayBeFinished = status === undefined || status === 'finished'
  const finish = sql`LEFT JOIN ${context.table('finishes')} AS ended ON ended.item_ix = fact.item_ix AND ended.finish_day <= ${day}
      AND ended.until_day > ${day}`
  const finishDay = mayBeFinished ? sql`ended.finish_day` : sql`CAST(NULL AS INTEGER)`
  const age = sql`CASE WHEN fact.status <> 'removed' THEN coalesce(${finishDay}, ${day}) - fact.${ident(startColumn(params))} + 1 END`
  const texts = namedSo(params)
  const names = texts || wordsOf(params.words).length ? itemNames(context, sql`fact`) : sql``
  const along = comeAlong(params) ? sql`, ${stoodColumns(params)}` : sql``
  return sql`SELECT fact.item_ix, fact.stream_id, ${finishDay} AS finish_day, ${age} AS age_days${along}
    FROM ${context.table('spells')} AS fact ${names} ${mayBeFinished ? finish : sql``} ${slice.joins}
    WHERE fact.from_day <= ${day} AND fact.to_day > ${day} AND ${slice.condition} AND ${ofStatus(context)}
      AND ${isAgeWithin(age, params)} AND ${stoodSo(context) ?? sql`TRUE`} AND ${texts ?? sql`TRUE`}`
}

/** Whether how items stood comes with them: few are unfinished, and to find the page's rows among all spells again costs more. */
export function comeAlong({ status }: ItemParams): boolean {
  return status === 'open' || status === 'in_progress'
}

/** How items stood on the day, as far as they are of the status asked for: `item_ix, type, team, goal, priority, position, status, blocked, started_day`. */
export function standing(context: MetricContext<ItemParams>): Sql {
  const day = dayOfItems(context)
  // At the end of the data items say it themselves, and those of a page are found by their key: with a condition beside it they would not be.
  const isAtEnd = day >= context.lastDay && startOf(context.params) === 'first'
  const rows = isAtEnd
    ? sql`${context.table('items')} AS fact`
    : sql`${context.table('spells')} AS fact WHERE fact.from_day <= ${day} AND fact.to_day > ${day} AND ${ofStatus(context)}`
  return sql`(SELECT fact.item_ix, ${stoodColumns(context.params)} FROM ${rows})`
}

function stoodColumns(params: SharedParams): Sql {
  const dimensions = ['type', 'team', 'goal', 'priority'].map((name) => sql`fact.${ident(dimensionColumn(name))} AS ${ident(name)}`)
  return sql`${join(dimensions)}, fact.position, fact.status, fact.blocked, fact.${ident(startColumn(params))} AS started_day`
}

/** What is asked of how an item stood on the day (aliases `fact` and, where words are asked for, `items`); undefined: nothing. */
function stoodSo(context: MetricContext<ItemParams>): Sql | undefined {
  const { stageId, blocked, words } = context.params
  const asked = [
    ...(stageId === undefined ? [] : [inStage(stageId, context)]),
    ...(blocked === undefined ? [] : [blocked === 'yes' ? sql`fact.blocked` : sql`NOT fact.blocked`]),
    ...wordsOf(words).map((word) => {
      const fields = [sql`items.key`, sql`items.title`, sql`fact.dim_type`, sql`fact.dim_team`]
      return sql`(${join(
        fields.map((field) => holds(field, word)),
        ' OR ',
      )})`
    }),
  ]
  return asked.length ? join(asked, ' AND ') : undefined
}

/** Joins the texts of items (alias `items`) to those asked for. @param rows alias of rows with their `item_ix` */
export function itemNames(context: MetricContext<ItemParams>, rows: Sql): Sql {
  if (comeAlong(context.params)) return openNames(context, rows, dayOfItems(context))
  return sql`JOIN ${context.table('items')} AS items ON items.item_ix = ${rows}.item_ix`
}

function wordsOf(words: string | undefined): string[] {
  return (words ?? '').split(/\s+/).filter(Boolean)
}

function holds(field: Sql, text: string): Sql {
  return sql`lower(${field}) LIKE ${`%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`} ESCAPE '\\'`
}

/** Whether a spell (alias `fact`) is of the status asked for. */
function ofStatus(context: MetricContext<ItemParams>): Sql {
  const { status, span } = context.params
  if (status === undefined) return sql`TRUE`
  if (status !== 'in_progress') return isOfStatus(context, sql`fact`, status)
  return sql`${isOfStatus(context, sql`fact`, 'open')} AND fact.${ident(`first_start_day_${span}`)} IS NOT NULL`
}

/** What is asked of the texts of an item (alias `items`); undefined: nothing. */
function namedSo({ item, search }: ItemParams): Sql | undefined {
  if (item === undefined && search === undefined) return undefined
  const isItem = item === undefined ? sql`TRUE` : sql`items.item_id = ${item}`
  if (search === undefined) return isItem
  return sql`${isItem} AND (${holds(sql`items.key`, search)} OR ${holds(sql`items.title`, search)})`
}

/** @throws Problem when a range is asked of items that have no such number */
function requireNone(params: ItemParams, names: readonly (keyof ItemParams)[], message: string): void {
  const where = names.find((name) => params[name] !== undefined)
  if (where === undefined) return
  throw new Problem('bad-parameter', "The question to items can't be answered as asked", { faults: [{ where, message }] })
}

/** @throws Problem for a stage that no stream has */
function inStage(stageId: string, context: MetricContext): Sql {
  if (stageId === UNMAPPED_STAGE) return sql`fact.position = -1`
  if (stageId === CANCELLED_STAGE) return isOfStatus(context, sql`fact`, 'removed')
  requireStage(context, { metric: 'items', where: 'stageId', stageId, beside: [UNMAPPED_STAGE, CANCELLED_STAGE] })
  let any = sql`FALSE`
  for (const stream of context.streams) {
    const position = stream.stages.findIndex((stage) => stage.id === stageId)
    if (position >= 0)
      any = sql`${any} OR (fact.stream_id = ${context.dialect.text(context.snapshotId, 'stream_id', stream.id)} AND fact.position = ${position})`
  }
  return sql`(${any})`
}
