import { type ColumnTable, cellAt, type Row } from '../../engine/columns'
import { join, type Sql, sql } from '../../engine/sql'
import type { Grain } from '../../model/unit'
import { periodStart, periodsIn } from '../../time/grain'
import type { MetricContext } from '../define'
import { entryOf } from './entries'
import { groupsOf } from './running'

/** Counts per day (`grp, day, item_count`) summed to every period of the window, periods without any included. */
export function countsPerPeriod(table: ColumnTable | undefined, context: MetricContext, grain: Grain): Row[] {
  const counted = readCounts(table)
  const periods = periodsIn(context.window.from, context.window.to, grain)
  const sums = new Map<string | null, Map<number, number>>()
  for (const { group, day, count } of counted) {
    const own = entryOf(sums, group, () => new Map<number, number>())
    const start = periodStart(day, grain)
    own.set(start, (own.get(start) ?? 0) + count)
  }
  return groupsOf(counted, context.params.group !== undefined).flatMap((group) =>
    periods.map(({ start, partial }) => ({ period_on: start, item_count: sums.get(group)?.get(start) ?? 0, partial, group })),
  )
}

function readCounts(table: ColumnTable | undefined): { group: string | null; day: number; count: number }[] {
  const [group, day, count] = table?.columns ?? []
  if (!table || !group || !day || !count) return []
  return Array.from({ length: table.rowCount }, (_, row) => ({
    group: cellAt(group, row) as string | null,
    day: Number(cellAt(day, row)),
    count: Number(cellAt(count, row)),
  }))
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
