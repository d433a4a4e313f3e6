import { ident, join, type Sql, sql } from '../../engine/sql'
import { dimensionList } from '../../history/tables'
import type { Portfolio } from '../../model/portfolio'
import { SPANS, type SpanName } from '../../model/unit'
import { ownSpans, spanView, type ValueStream } from '../../model/value-stream'
import { NEVER } from '../../time/day'
import { spanTable } from '../manifest'
import type { CubeFamily } from './cubes'
import { stageFacts } from './stage-facts'

/** Rows that a family of cubes sums up, with the dimensions given. */
export type FactsOf = (dimensions: readonly string[]) => Sql

/** Where what follows from a span's ends is written down. */
interface SpanSource {
  readonly id: string
  /** As columns call it: a span of the streams' own has tables of its own, in which it is the cycle time. */
  readonly column: SpanName
  readonly table: (name: string) => Sql
  /** Only for its expectations. */
  readonly streams: readonly ValueStream[]
}

/** The facts of each family of cubes, a row each with its keys, dimensions and measures. */
export function cubeFacts(family: CubeFamily, portfolio: Portfolio): FactsOf {
  const spans = spanSources(portfolio)
  const perSpan = (facts: (span: SpanSource, dimensions: readonly string[]) => Sql): FactsOf => {
    return (dimensions) =>
      join(
        spans.map((span) => facts(span, dimensions)),
        ' UNION ALL ',
      )
  }
  const known: Readonly<Record<string, FactsOf>> = {
    levels: levelFacts,
    census: censusFacts,
    progress: perSpan(progressFacts),
    finished: perSpan(finishedFacts),
    lengths: perSpan(lengthFacts),
    crossings: perSpan(crossingFacts),
    stages: () => stageFacts(),
  }
  const facts = known[family.name]
  if (!facts) throw new TypeError(`nothing is known of the cubes ${family.name}`)
  return facts
}

function spanSources({ streams }: Portfolio): SpanSource[] {
  return [
    ...SPANS.map((span) => ({ id: span, column: span, table: ident, streams })),
    ...ownSpans(streams).map(({ id }) => ({
      id,
      column: 'cycle' as const,
      table: (name: string) => ident(spanTable(name, id)),
      streams: streams.flatMap((stream) => spanView(stream, id) ?? []),
    })),
  ]
}

function levelFacts(dimensions: readonly string[]): Sql {
  const own = sql`${slice(dimensions)}`
  return sql`SELECT ${own}, from_day AS day, position, mark, status, 1 AS item_delta FROM spells
    UNION ALL SELECT ${own}, to_day, position, mark, status, -1 FROM spells WHERE to_day < ${NEVER}`
}

function censusFacts(dimensions: readonly string[]): Sql {
  return sql`SELECT ${slice(dimensions)}, from_day AS day, 1 AS item_delta FROM spells
    UNION ALL SELECT ${slice(dimensions)}, to_day, -1 FROM spells WHERE to_day < ${NEVER}`
}

function progressFacts({ id, column, table, streams }: SpanSource, dimensions: readonly string[]): Sql {
  const start = ident(`first_start_day_${column}`)
  const own = sql`${id} AS span, ${slice(dimensions)}`
  const open = sql`FROM ${table('spells')} WHERE status = 'open' AND ${start} IS NOT NULL`
  const timely = sql`SELECT ${own}, from_day AS day, 1 AS items, ${start} AS starts, 0 AS late_items, 0 AS late_days ${open}
    UNION ALL SELECT ${own}, to_day, -1, -${start}, 0, 0 ${open} AND to_day < ${NEVER}`
  const expected = streams.flatMap(({ id: streamId, sle }) => (sle ? [sql`WHEN ${streamId} THEN ${start} + ${sle.days}`] : []))
  if (!expected.length) return timely
  const late = sql`CASE stream_id ${join(expected, ' ')} END`
  return sql`${timely}
    UNION ALL SELECT ${own}, greatest(from_day, ${late}), 0, 0, 1, ${late} ${open} AND to_day > ${late}
    UNION ALL SELECT ${own}, to_day, 0, 0, -1, -(${late}) ${open} AND to_day > ${late} AND to_day < ${NEVER}`
}

function finishedFacts({ id, column, table }: SpanSource, dimensions: readonly string[]): Sql {
  const of = (name: string) => ident(`${name}_${column}`)
  return sql`SELECT ${id} AS span, ${slice(dimensions)}, finish_day, until_day, 1 AS item_count, finish_day - ${of('first_start_day')} + 1 AS span_days,
    ${of('first_elapsed')} AS span_seconds, ${of('active_seconds')} AS active_seconds, ${of('waiting_seconds')} AS waiting_seconds,
    ${of('blocked_seconds')} AS blocked_seconds FROM ${table('finishes')}`
}

function lengthFacts({ id, column, table }: SpanSource, dimensions: readonly string[]): Sql {
  return sql`SELECT ${id} AS span, ${slice(dimensions)}, finish_day, until_day, finish_day - ${ident(`first_start_day_${column}`)} + 1 AS span_days,
    1 AS item_count FROM ${table('finishes')}`
}

/**
 * A spell begins on the day on which an item first starts a span, since starts are part of what spells tell apart. A change of
 * status counts for the values at the end of its day.
 */
function crossingFacts({ id, column, table }: SpanSource, dimensions: readonly string[]): Sql {
  const start = ident(`first_start_day_${column}`)
  const turned = (kind: string, condition: Sql) => sql`SELECT ${id}, ${slice(dimensions, 'spell')}, ${kind}, move.day, 1
    FROM ${table('moves')} AS move
    JOIN ${table('spells')} AS spell ON spell.item_ix = move.item_ix AND spell.from_day <= move.day AND spell.to_day > move.day
    WHERE move.${start} IS NOT NULL AND move.from_status IS DISTINCT FROM move.status AND ${condition}`
  return sql`SELECT ${id} AS span, ${slice(dimensions)}, 'arrivals' AS kind, from_day AS day, 1 AS item_count FROM ${table('spells')} WHERE from_day = ${start}
    UNION ALL ${turned('departures', sql`move.status = 'finished'`)}
    UNION ALL ${turned('removals', sql`move.status = 'removed'`)}
    UNION ALL ${turned('restorations', sql`move.${ident(`was_started_${column}`)} AND move.from_status IN ('finished', 'removed')`)}`
}

function slice(dimensions: readonly string[], alias?: string): Sql {
  const stream = alias === undefined ? sql`stream_id` : sql`${ident(alias)}.stream_id`
  return dimensions.length ? sql`${stream}, ${dimensionList(dimensions, alias)}` : stream
}
