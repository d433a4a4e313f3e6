import { ident, join, literal, type Sql, sql } from '../../engine/sql'
import { inTextOrder } from '../../engine/text-order'
import { dimensionList } from '../../history/tables'
import type { Portfolio } from '../../model/portfolio'
import { SPANS, type SpanName } from '../../model/unit'
import { ownSpans, spanView, type ValueStream } from '../../model/value-stream'
import { NEVER } from '../../time/day'
import { spanTable } from '../manifest'
import {
  CENSUS,
  CROSSINGS,
  type CubeFamily,
  EXIT_AGES,
  FINISHED,
  LENGTHS,
  LEVELS,
  measureColumn,
  PROGRESS,
  REPEATED_STAGES,
  STAGE_TIME_BANDS,
  STAGE_TIMES,
  STAGES,
  STAY_TIME_BANDS,
  STAY_TIMES,
} from './cubes'
import { policyMatters } from './policy-matters'
import { bandOf, cellOf, stretchOf } from './stretches'

const SECONDS_PER_DAY = 86_400
/** Ways to cross the border of a span, by which rows are told apart. */
const CROSSING_KINDS = ['arrivals', 'departures', 'removals', 'restorations']
const REPEAT_KINDS = ['exit', 'edge']

/** Tables that facts stand in, each also under the spans of the streams' own. */
export const FACT_TABLES = ['spells', 'finishes', 'passages', 'moves', 'repeats'] as const

/** Rows that a family of cubes sums up, with the dimensions given. */
export type FactsOf = (dimensions: readonly string[]) => Sql

/** A span that is timed, as the columns of its tables call it: a span of the streams' own is the cycle time in its own tables. */
interface TimedSpan {
  readonly id: string
  readonly column: SpanName
}

/** Tables of spans: the usual ones, or those of a span of the streams' own. */
interface SpanSource {
  readonly spans: readonly TimedSpan[]
  readonly table: (name: string) => Sql
  /** Only for its expectations. */
  readonly streams: readonly ValueStream[]
}

/** The facts of each family of cubes, a row each with its keys, dimensions and measures. */
export function cubeFacts(family: CubeFamily, portfolio: Portfolio): FactsOf {
  const sources = spanSources(portfolio)
  const spans = sources.flatMap((source) => source.spans.map(({ id }) => id))
  const perSource = (facts: (source: SpanSource, dimensions: readonly string[], spans: readonly string[]) => Sql): FactsOf => {
    return (dimensions) =>
      join(
        sources.map((source) => facts(source, dimensions, spans)),
        ' UNION ALL ',
      )
  }
  const stageTimes = timeFacts(portfolio, sql`passages WHERE until_day = ${NEVER} AND seconds > 0`, sql`position`)
  const stageBands = bandFacts(portfolio, sql`passages WHERE seconds > 0`, sql`position`, STAGE_TIME_BANDS)
  const stayTimes = timeFacts(portfolio, sql`moves WHERE from_position IS NOT NULL`, sql`from_position`)
  const stayBands = bandFacts(portfolio, sql`moves WHERE from_position IS NOT NULL`, sql`from_position`, STAY_TIME_BANDS)
  const known = new Map<CubeFamily, FactsOf>([
    [LEVELS, levelFacts],
    [CENSUS, censusFacts],
    [PROGRESS, perSource(progressFacts)],
    [FINISHED, perSource(finishedFacts)],
    [LENGTHS, perSource(lengthFacts)],
    [CROSSINGS, perSource(crossingFacts)],
    [STAGES, stageFacts],
    [REPEATED_STAGES, repeatedStageFacts],
    [EXIT_AGES, perSource(exitAgeFacts)],
    [STAGE_TIMES, () => stageTimes],
    [STAGE_TIME_BANDS, () => stageBands],
    [STAY_TIMES, () => stayTimes],
    [STAY_TIME_BANDS, () => stayBands],
  ])
  const facts = known.get(family)
  if (!facts) throw new TypeError(`nothing is known of the cubes ${family.name}`)
  return facts
}

function spanSources({ streams }: Portfolio): SpanSource[] {
  return [
    { spans: SPANS.map((span) => ({ id: span, column: span })), table: ident, streams },
    ...ownSpans(streams).map(({ id }) => ({
      spans: [{ id, column: 'cycle' as const }],
      table: (name: string) => ident(spanTable(name, id)),
      streams: streams.flatMap((stream) => spanView(stream, id) ?? []),
    })),
  ]
}

function levelFacts(dimensions: readonly string[]): Sql {
  const own = slice(dimensions)
  return sql`SELECT ${own}, from_day AS day, position, mark, status, 1 AS item_delta FROM spells
    UNION ALL SELECT ${own}, to_day, position, mark, status, -1 FROM spells WHERE to_day < ${NEVER}`
}

function censusFacts(dimensions: readonly string[]): Sql {
  return sql`SELECT ${slice(dimensions)}, from_day AS day, 1 AS item_delta FROM spells
    UNION ALL SELECT ${slice(dimensions)}, to_day, -1 FROM spells WHERE to_day < ${NEVER}`
}

/** What begins and ends with a spell is booked in one row each, and by itself only what begins within. */
function progressFacts({ spans, table, streams }: SpanSource, dimensions: readonly string[], all: readonly string[]): Sql {
  const own = slice(dimensions)
  const start = ({ column }: TimedSpan) => ident(`first_start_day_${column}`)
  const expected = streams.flatMap(({ id, sle }) => (sle ? [sql`WHEN ${id} THEN ${sle.days}`] : []))
  const lateSince = (span: TimedSpan) => sql`(${start(span)} + CASE stream_id ${join(expected, ' ')} END)`
  const booked = (day: Sql, value: (measure: string, span: TimedSpan) => Sql | undefined) =>
    sql`SELECT ${own}, ${day} AS day, ${measures(PROGRESS, all, (measure, id) => {
      const span = spans.find((one) => one.id === id)
      return span && value(measure, span)
    })} FROM ${table('spells')} WHERE status = 'open'`
  const turned = (day: Sql, sign: number, isLate: (span: TimedSpan) => Sql) =>
    booked(day, (measure, span) => {
      if (measure === 'items') return sql`CASE WHEN ${start(span)} IS NOT NULL THEN ${sign} ELSE 0 END`
      if (measure === 'starts') return sql`${sign} * coalesce(${start(span)}, 0)`
      if (!expected.length) return undefined
      return sql`CASE WHEN ${isLate(span)} THEN ${measure === 'late_items' ? sql`${sign}` : sql`${sign} * ${lateSince(span)}`} ELSE 0 END`
    })
  const exceeded = (span: TimedSpan) =>
    sql`${booked(lateSince(span), (measure, one) => {
      if (one !== span) return undefined
      return measure === 'late_items' ? sql`1` : measure === 'late_days' ? lateSince(span) : undefined
    })} AND ${lateSince(span)} > from_day AND ${lateSince(span)} < to_day`
  return join(
    [
      turned(sql`from_day`, 1, (span) => sql`${lateSince(span)} <= from_day`),
      sql`${turned(sql`to_day`, -1, (span) => sql`${lateSince(span)} < to_day`)} AND to_day < ${NEVER}`,
      ...(expected.length ? spans.map(exceeded) : []),
    ],
    ' UNION ALL ',
  )
}

function finishedFacts({ spans, table }: SpanSource, dimensions: readonly string[], all: readonly string[]): Sql {
  const sums = measures(FINISHED, all, (measure, id) => {
    const span = spans.find((one) => one.id === id)
    if (!span) return undefined
    if (measure === 'item_count') return sql`1`
    if (measure === 'span_days') return sql`finish_day - ${ident(`first_start_day_${span.column}`)} + 1`
    return ident(`${measure === 'span_seconds' ? 'first_elapsed' : measure}_${span.column}`)
  })
  return sql`SELECT ${slice(dimensions)}, finish_day, until_day, ${sums} FROM ${table('finishes')}`
}

function lengthFacts({ spans, table }: SpanSource, dimensions: readonly string[], all: readonly string[]): Sql {
  const lengths = spans.map(
    ({ id, column }) => sql`SELECT ${oneOf(all, id)} AS span, ${slice(dimensions)}, finish_day, until_day,
      finish_day - ${ident(`first_start_day_${column}`)} + 1 AS span_days, 1 AS item_count,
      CASE WHEN ${policyMatters(sql`finish`, column)} THEN 1 ELSE 0 END AS policy_count FROM ${table('finishes')} AS finish`,
  )
  return join(lengths, ' UNION ALL ')
}

/** A spell begins on the day on which an item first starts a span, since starts are part of what spells tell apart. */
function crossingFacts({ spans, table }: SpanSource, dimensions: readonly string[], all: readonly string[]): Sql {
  const own = slice(dimensions)
  const counted = (isCounted: (span: TimedSpan) => Sql) =>
    measures(CROSSINGS, all, (_measure, id) => {
      const span = spans.find((one) => one.id === id)
      return span && sql`CASE WHEN ${isCounted(span)} THEN 1 ELSE 0 END`
    })
  const start = (span: TimedSpan) => ident(`first_start_day_${span.column}`)
  const starts = spans.map((span) => sql`from_day = ${start(span)}`)
  const turned = (kind: string, condition: Sql, isTurned: (span: TimedSpan) => Sql) =>
    sql`SELECT ${own}, ${oneOf(CROSSING_KINDS, kind)} AS kind, day, ${counted(isTurned)} FROM ${table('moves')} WHERE from_status IS DISTINCT FROM status AND ${condition}`
  const isBegun = (span: TimedSpan) => sql`${start(span)} IS NOT NULL`
  return sql`SELECT ${own}, ${oneOf(CROSSING_KINDS, 'arrivals')} AS kind, from_day AS day, ${counted((span) => sql`from_day = ${start(span)}`)}
      FROM ${table('spells')} WHERE ${join(starts, ' OR ')}
    UNION ALL ${turned('departures', sql`status = 'finished'`, isBegun)}
    UNION ALL ${turned('removals', sql`status = 'removed'`, isBegun)}
    UNION ALL ${turned('restorations', sql`from_status IN ('finished', 'removed')`, (span) => ident(`was_started_${span.column}`))}`
}

function stageFacts(dimensions: readonly string[]): Sql {
  const isBack = sql`position >= 0 AND position < from_position`
  const seconds = (instant: Sql) => sql`CAST(floor(epoch(${instant})) AS BIGINT)`
  return sql`SELECT ${slice(dimensions)}, from_position, position, day, coalesce(undone_day, ${NEVER}) AS undone_day,
    1 AS moves, working_seconds, waiting_seconds, blocked_seconds,
    CASE WHEN ${isBack} AND undone_at IS NOT NULL THEN ${seconds(sql`undone_at`)} - ${seconds(sql`changed_at`)} ELSE 0 END AS lost_seconds,
    CASE WHEN ${isBack} THEN ${seconds(sql`changed_at`)} - CAST(day AS BIGINT) * ${SECONDS_PER_DAY} ELSE 0 END AS back_seconds FROM moves`
}

function repeatedStageFacts(): Sql {
  const kinds = REPEAT_KINDS.map((kind) => {
    const before = ident(`${kind}_before_day`)
    return sql`SELECT stream_id, ${oneOf(REPEAT_KINDS, kind)} AS kind, from_position, position, day, ${before} AS before_day, 1 AS moves FROM repeats WHERE ${before} IS NOT NULL`
  })
  return join(kinds, ' UNION ALL ')
}

function exitAgeFacts({ spans, table }: SpanSource, _dimensions: readonly string[], all: readonly string[]): Sql {
  const ages = spans.map(({ id, column }) => {
    const start = ident(`first_start_day_${column}`)
    return sql`SELECT ${oneOf(all, id)} AS span, stream_id, finish_day, until_day, position, leave_day - ${start} + 1 AS age_days, 1 AS item_count
      FROM ${table('passages')} WHERE leave_day >= ${start}`
  })
  return join(ages, ' UNION ALL ')
}

/** Durations of a table in a stage each. */
function timeFacts({ streams }: Portfolio, source: Sql, position: Sql): Sql {
  return sql`SELECT stream_id, CAST(${cellOf(sql`stretch`)} AS INTEGER) AS cell, CAST(stretch AS INTEGER) AS stretch, 1 AS item_count, seconds AS total_seconds
    FROM (SELECT stream_id, ${stretchOf(streams, position, sql`seconds`)} AS stretch, seconds FROM ${source}) AS timed`
}

/** The same with their bands and days. */
function bandFacts({ streams }: Portfolio, source: Sql, position: Sql, { keys }: CubeFamily): Sql {
  const days = join(keys.filter((key) => key !== 'band').map(ident))
  return sql`SELECT stream_id, CAST(${bandOf(cellOf(stretchOf(streams, position, sql`seconds`)))} AS INTEGER) AS band, ${days}, 1 AS item_count, seconds AS total_seconds
    FROM ${source}`
}

/** All measures of a family by name, nothing for those that have no value here. */
function measures(family: CubeFamily, spans: readonly string[], value: (measure: string, span: string) => Sql | undefined): Sql {
  return join(
    family.measures.flatMap((measure) =>
      spans.map((span) => sql`${value(measure.name, span) ?? sql`0`} AS ${ident(measureColumn(measure, span))}`),
    ),
  )
}

/** A text as its place among all that stand in a column: whatever groups and sorts them compares numbers. */
function oneOf(texts: readonly string[], text: string): Sql {
  const inOrder = texts.toSorted(inTextOrder)
  return sql`CAST(${text} AS ENUM (${join(inOrder.map(literal))}))`
}

function slice(dimensions: readonly string[]): Sql {
  return dimensions.length ? sql`stream_id, ${dimensionList(dimensions)}` : sql`stream_id`
}
