import { type ColumnTable, codesOf, numbersOf } from '../../engine/columns'
import { BYTES_PER_TEXT, LARGEST_KEPT_BYTES } from '../../engine/kept-answers'
import { ident, isOneOf, join, kept, type Sql, sql } from '../../engine/sql'
import type { CubeFamily } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { coveringCube } from './cubes'
import { oncePerAnswer } from './entries'

/** Of a number, day or code, and of a sum that needs more. */
const [BYTES, WIDE_BYTES] = [4, 8]

/** Whether so many rows can stay in memory, by the bytes of each. What is larger is asked anew for each window and stream. */
export function fitsIntoMemory(rows: number, bytes: number): boolean {
  return rows * bytes <= LARGEST_KEPT_BYTES
}

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
  const { params } = context
  const isByDimension = params.group !== undefined && params.group !== 'stream'
  if (isByDimension && !isGroupKept) return undefined
  const cube = coveringCube(ofAllStreams(context), family)
  if (!cube || !fitsIntoMemory(cube.rows, bytesOf(family, isByDimension))) return undefined
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

/** Bytes of a row, at the most: each may bring a value of its own to group by. */
function bytesOf({ keys, measures }: CubeFamily, isByDimension: boolean): number {
  const sums = measures.reduce((sum, { type }) => sum + (type === 'INTEGER' ? BYTES : WIDE_BYTES), 0)
  return BYTES * (1 + keys.length) + sums + (isByDimension ? BYTES + BYTES_PER_TEXT : 0)
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
  return stretchesOf(codes, table.rowCount).map(({ start, end }) => ({ streamId: texts[codes[start] ?? 0] ?? '', start, end }))
})

/** Rows `[start, end)` with equal codes, one after the other. */
export function stretchesOf(codes: Int32Array, rowCount: number): { start: number; end: number }[] {
  const stretches: { start: number; end: number }[] = []
  for (let start = 0; start < rowCount; ) {
    let end = start + 1
    while (end < rowCount && codes[end] === codes[start]) end++
    stretches.push({ start, end })
    start = end
  }
  return stretches
}

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
