import { type ColumnTable, codesOf, numbersOf } from '../../engine/columns'
import { ident, isOneOf, join, kept, type Sql, sql } from '../../engine/sql'
import { SPANS } from '../../model/unit'
import { ownSpans } from '../../model/value-stream'
import type { CubeFamily } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { coveringCube } from './cubes'
import { oncePerAnswer } from './entries'

/** A cube with more rows of a span is asked anew for each window and stream. */
export const MOST_KEPT_ROWS = 500_000

/**
 * All that the cube which covers the dimensions in scope says of them, to stay in memory: `stream_id`, the keys and the measures of the family
 * for the span in force, of all of history and all streams, stream by stream. Undefined: no cube covers the scope, or it is too large, or a
 * dimension is grouped by that is not to be kept as the column `grp`. @param ofDays the condition on its columns that takes the rows of the days that are asked for
 */
export function keptRows(
  context: MetricContext,
  family: CubeFamily,
  ofDays: Sql,
  { isGroupKept = false }: { readonly isGroupKept?: boolean } = {},
): Sql | undefined {
  const { params, portfolio } = context
  const isByDimension = params.group !== undefined && params.group !== 'stream'
  if (isByDimension && !isGroupKept) return undefined
  const cube = coveringCube(ofAllStreams(context), family)
  const spans = family.bySpan ? SPANS.length + ownSpans(portfolio.streams).length : 1
  if (!cube || cube.rows / spans > MOST_KEPT_ROWS) return undefined
  const named = join(['stream_id', ...family.keys].map((key) => sql`fact.${ident(key)}`))
  const [keys, shown] = isByDimension ? [sql`${named}, ${cube.group}`, sql`${named}, ${cube.group} AS grp`] : [named, named]
  const sums = family.measures.map(({ name, type }) => ({
    name,
    sum: sql`sum(${cube.measure(name)})`,
    type: ident(type === 'INTEGER' ? type : 'DOUBLE'),
  }))
  const isAny = join(
    sums.map(({ sum }) => sql`${sum} <> 0`),
    ' OR ',
  )
  const asked = sql`SELECT ${shown}, ${join(sums.map(({ name, sum, type }) => sql`CAST(${sum} AS ${type}) AS ${ident(name)}`))}
    FROM ${cube.table} AS fact WHERE ${cube.condition} GROUP BY ${keys} HAVING ${isAny} ORDER BY fact.stream_id`
  return kept(asked, sql`${ofStreams(context, sql`TRUE`)} AND ${ofDays}`)
}

/** The condition that takes the rows of changes up to the end of the window. */
export function untilEnd({ window }: MetricContext): Sql {
  return sql`day < ${window.to}`
}

/** Whether rows of an answer are of the streams in scope. @param otherwise the same where all are */
export function ofStreams({ params }: MetricContext, otherwise: Sql): Sql {
  return params.stream.length
    ? isOneOf(
        sql`stream_id`,
        params.stream.map((id) => sql`${id}`),
      )
    : otherwise
}

/** The same question of all streams: what stays in memory serves each of them. */
export function ofAllStreams(context: MetricContext): MetricContext {
  return { ...context, params: { ...context.params, stream: [] } }
}

/** Rows `[start, end)` of one stream. */
export interface StreamRows {
  readonly streamId: string
  readonly start: number
  readonly end: number
}

/** The rows of the streams in scope. */
export function rowsInScope(table: ColumnTable, { params }: MetricContext): readonly StreamRows[] {
  const all = rowsByStream(table)
  return params.stream.length ? all.filter(({ streamId }) => params.stream.includes(streamId)) : all
}

/** All rows of an answer that comes stream by stream; of no stream: under the empty text. */
export const rowsByStream = oncePerAnswer((table: ColumnTable): readonly StreamRows[] => {
  const { texts, codes } = codesOf(table, 'stream_id')
  const streams: StreamRows[] = []
  for (let start = 0; start < table.rowCount; ) {
    let end = start + 1
    while (end < table.rowCount && codes[end] === codes[start]) end++
    streams.push({ streamId: texts[codes[start] ?? 0] ?? '', start, end })
    start = end
  }
  return streams
})

/** Group of the rows of a stream. */
export function groupOf({ params }: MetricContext, { streamId }: StreamRows): string | null {
  return params.group === 'stream' ? streamId : null
}

/** The condition that takes the rows of finishes which `eachFinished` visits. */
export function finishedDays({ window }: MetricContext): Sql {
  return sql`finish_day >= ${window.from} AND finish_day < ${window.to} AND until_day > ${window.asOf}`
}

/** Visits each row of finishes that lie inside the window and last on the as-of day. */
export function eachFinished(
  table: ColumnTable,
  context: MetricContext,
  visit: (row: number, day: number, group: string | null, streamId: string) => void,
): void {
  const { from, to, asOf } = context.window
  const [days, untils] = [numbersOf(table, 'finish_day'), numbersOf(table, 'until_day')]
  for (const stream of rowsInScope(table, context)) {
    const group = groupOf(context, stream)
    for (let row = stream.start; row < stream.end; row++) {
      const day = days[row] ?? 0
      if (day >= from && day < to && day <= asOf && (untils[row] ?? 0) > asOf) visit(row, day, group, stream.streamId)
    }
  }
}
