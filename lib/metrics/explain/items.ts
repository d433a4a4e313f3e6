import { type Cell, type Row, toRows } from '../../engine/columns'
import { ident, type Sql, sql } from '../../engine/sql'
import { stageNamer } from '../../snapshot/positions'
import { formatDay } from '../../time/day'
import type { Metric, MetricContext, Place } from '../define'
import type { Prepared, Question } from '../run'
import type { Asked } from './place'

/** An item behind a number, as it stood at the end of the as-of day, or of the day of a level. */
export interface BehindItem {
  readonly stream_id: string
  readonly item_id: string
  readonly key: string
  readonly title: string
  readonly url: string | null
  readonly type: string | null
  readonly team: string | null
  readonly stage_id: string
  readonly status: string
  /** Local days, YYYY-MM-DD; the start is that of the span in force. */
  readonly started_on: string | null
  readonly finished_on: string | null
  /** Inclusive calendar days from start to finish. */
  readonly span_days: number | null
}

/** Items of the snapshot that do not count, by the first reason that applies. */
export interface LeftOut {
  readonly reason: string
  readonly meaning: string
  readonly item_count: number
  readonly example_key: string
}

interface About {
  readonly prepared: Prepared
  readonly place: Place
  readonly asked: Asked
}

/** One page of the items behind a number, the ones that finished or began last first, and how many there are. */
export async function behindItems(question: Question, about: About): Promise<{ total: number; rows: BehindItem[] }> {
  const { context, metric } = about.prepared
  const { limit, offset } = about.asked
  const listed = distinctItems(metric, context, about.place)
  const { engine, signal } = question
  const counted = await engine.query(sql`SELECT CAST(count(*) AS INTEGER) AS total FROM (${listed}) AS listed`, { signal })
  const day = standingDay(context, about.place)
  const { span } = context.params
  const start = sql`stood.${ident(`first_start_day_${span}`)}`
  const page = await engine.query(
    sql`SELECT items.stream_id, items.item_id, items.key, items.title, items.url, stood.dim_type AS type, stood.dim_team AS team, stood.position, stood.status,
        ${start} AS started_on, ended.finish_day AS finished_on, ended.finish_day - ${start} + 1 AS span_days
      FROM (${listed}) AS listed JOIN ${context.table('items')} AS items ON items.item_ix = listed.item_ix
      LEFT JOIN ${context.table('spells')} AS stood ON stood.item_ix = listed.item_ix AND stood.from_day <= ${day} AND stood.to_day > ${day}
      LEFT JOIN ${context.table('finishes')} AS ended ON ended.item_ix = listed.item_ix AND ended.finish_day <= ${day} AND ended.until_day > ${day}
      ORDER BY finished_on DESC NULLS LAST, started_on NULLS LAST, items.stream_id, items.item_id LIMIT ${limit} OFFSET ${offset}`,
    { signal },
  )
  const nameOf = stageNamer(context.streams)
  return {
    total: Number(toRows(counted)[0]?.total ?? 0),
    rows: toRows(page).map((row) => behindItem(row, nameOf(row.stream_id, row.position ?? null))),
  }
}

function behindItem(row: Row, stageId: string): BehindItem {
  const text = (value: Cell | undefined) => (value === null || value === undefined ? null : String(value))
  const day = (value: Cell | undefined) => (typeof value === 'number' ? formatDay(value) : null)
  return {
    stream_id: String(row.stream_id),
    item_id: String(row.item_id),
    key: String(row.key),
    title: String(row.title),
    url: text(row.url),
    type: text(row.type),
    team: text(row.team),
    stage_id: stageId,
    status: text(row.status) ?? 'not begun',
    started_on: day(row.started_on),
    finished_on: day(row.finished_on),
    span_days: row.span_days === null || row.span_days === undefined ? null : Number(row.span_days),
  }
}

function distinctItems(metric: Metric, context: MetricContext, place: Place): Sql {
  return sql`SELECT DISTINCT item_ix FROM (${metric.items?.list(context, place) ?? sql`SELECT 0 AS item_ix WHERE FALSE`}) AS behind`
}

/** A level is about its day; every other number about what is known at the as-of day. */
function standingDay(context: MetricContext, place: Place): number {
  return place.day < context.window.to - 1 ? place.day : context.window.asOf
}

/**
 * Why the other items of the snapshot do not count, by asking the metric again without the slice, the window and the stage, one after
 * the other: what comes in then was left out by it. The rest by how it stands.
 */
export async function leftOut(question: Question, about: About): Promise<LeftOut[]> {
  const { context, metric } = about.prepared
  const whole = { ...context, params: { ...context.params, dimensions: new Map() } }
  const always = { ...whole, window: { ...context.window, from: question.snapshot.manifest.firstDay, to: context.window.asOf + 1 } }
  const { day } = about.place
  const rounds: [string, Sql][] = [
    ['counted', distinctItems(metric, context, about.place)],
    ['slice', distinctItems(metric, whole, about.place)],
    ['window', distinctItems(metric, always, about.place)],
    ['stage', distinctItems(metric, always, { day })],
  ]
  const flags = rounds.map(
    ([name, list]) => sql`LEFT JOIN (${list}) AS ${ident(`in_${name}`)} ON ${ident(`in_${name}`)}.item_ix = items.item_ix`,
  )
  const joined = flags.reduce((all, flag) => sql`${all} ${flag}`, sql``)
  const cases = ['slice', 'window', 'stage'].reduce(
    (all, name) => sql`${all} WHEN ${ident(`in_${name}`)}.item_ix IS NOT NULL THEN ${name}`,
    sql``,
  )
  const inStreams = context.params.stream.length ? context.params.stream : context.streams.map((stream) => stream.id)
  const stood = standingDay(context, about.place)
  const streams = inStreams.reduce((all, id) => sql`${all} OR items.stream_id = ${id}`, sql`FALSE`)
  const started = ident(`first_start_day_${context.params.span}`)
  const found = await question.engine.query(
    sql`SELECT reason, CAST(count(*) AS INTEGER) AS item_count, min(key) AS example_key FROM (
        SELECT items.key, CASE WHEN NOT (${streams}) THEN 'stream' ${cases} WHEN stood.item_ix IS NULL THEN 'later' WHEN stood.status = 'removed' THEN 'removed'
          WHEN stood.status = 'finished' THEN 'finished' WHEN stood.${started} IS NULL THEN 'not started' ELSE 'open' END AS reason
        FROM ${context.wholeTable('items')} AS items ${joined}
        LEFT JOIN ${context.table('spells')} AS stood ON stood.item_ix = items.item_ix AND stood.from_day <= ${stood} AND stood.to_day > ${stood}
        WHERE in_counted.item_ix IS NULL) AS others
      GROUP BY reason ORDER BY item_count DESC, reason`,
    { signal: question.signal },
  )
  return toRows(found).map((row) => ({
    reason: String(row.reason),
    meaning: meaningOf(String(row.reason), about, stood),
    item_count: Number(row.item_count),
    example_key: String(row.example_key),
  }))
}

function meaningOf(reason: string, about: About, day: number): string {
  const { params, window } = about.prepared.context
  const on = formatDay(day)
  const meanings: Readonly<Record<string, string>> = {
    stream: 'in other value streams',
    slice: `in other slices: the values asked for are not theirs under the rule ${params.rule ?? 'as_of'}`,
    window: `outside the window from ${formatDay(window.from)} until the day before ${formatDay(window.to)}`,
    stage: `not in the stage ${about.place.stageId ?? ''}`,
    later: `not there yet at the end of ${on}`,
    removed: `cancelled by the end of ${on}`,
    finished: `finished by the end of ${on}, but not among what the metric counts`,
    'not started': `had not begun the span ${params.span} by the end of ${on}`,
    open: `begun, but not finished by the end of ${on}`,
  }
  return meanings[reason] ?? reason
}
