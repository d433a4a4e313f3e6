import { type ColumnTable, cellAt, numbersOf, type Row } from '../../engine/columns'
import { join, type Sql, sql } from '../../engine/sql'
import type { Grain } from '../../model/unit'
import { type Period, periodStart, periodsIn } from '../../time/grain'
import type { MetricContext } from '../define'
import { entryOf } from './entries'
import { groupsOf } from './running'

/** Counts per day (`grp, day, item_count`) summed to every period of the window, periods without any included. */
export function countsPerPeriod(table: ColumnTable | undefined, context: MetricContext, grain: Grain): Row[] {
  const { from, to } = context.window
  const isGrouped = context.params.group !== undefined
  const periods = periodsIn(from, to, grain)
  const sums = sumsByPeriod(table, isGrouped, { from, placeOfDay: placesOf(periods, from, to), count: periods.length })
  const groups = groupsOf(
    [...sums.keys()].map((group) => ({ group })),
    isGrouped,
  )
  return groups.flatMap((group) =>
    periods.map(({ start, partial }, place) => ({ period_on: start, item_count: sums.get(group)?.[place] ?? 0, partial, group })),
  )
}

interface Places {
  readonly from: number
  /** Number of the period that holds a day, from the first day of the window on. */
  readonly placeOfDay: Int32Array
  readonly count: number
}

function placesOf(periods: readonly Period[], from: number, to: number): Int32Array {
  const places = new Int32Array(Math.max(0, to - from))
  for (const [place, { start, end }] of periods.entries()) places.fill(place, Math.max(0, start - from), end - from)
  return places
}

function sumsByPeriod(
  table: ColumnTable | undefined,
  isGrouped: boolean,
  { from, placeOfDay, count }: Places,
): Map<string | null, Float64Array> {
  const sums = new Map<string | null, Float64Array>()
  const group = table?.columns[0]
  if (!table || !group) return sums
  const [days, counts] = [numbersOf(table, 'day'), numbersOf(table, 'item_count')]
  for (let row = 0; row < table.rowCount; row++) {
    const own = entryOf(sums, isGrouped ? (cellAt(group, row) as string | null) : null, () => new Float64Array(count))
    const place = placeOfDay[(days[row] ?? 0) - from] ?? 0
    own[place] = (own[place] ?? 0) + (counts[row] ?? 0)
  }
  return sums
}

/** A relation `day` of the last day of each period of the window: where levels are read. */
export function periodEnds(context: MetricContext, grain: Grain): Sql {
  const { from, to } = context.window
  const ends = periodsIn(from, to, grain).map((period) => sql`SELECT ${Math.min(period.end, to) - 1} AS day`)
  return sql`(${ends.length ? join(ends, ' UNION ALL ') : sql`SELECT 0 AS day WHERE FALSE`})`
}

/** Rows with a `day`, by the first day of the period that holds it. */
export function byPeriod(rows: readonly Row[], grain: Grain): Map<number, Row[]> {
  const periods = new Map<number, Row[]>()
  for (const row of rows) {
    const start = periodStart(Number(row.day), grain)
    const own = periods.get(start)
    if (own) own.push(row)
    else periods.set(start, [row])
  }
  return periods
}
