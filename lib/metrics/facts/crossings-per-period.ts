import { type ColumnTable, cellAt, codesOf, numbersOf } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { CROSSINGS } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { arrivalCounts, crossings } from './crossings'
import { groupOf, keptRows, rowsInScope } from './kept-rows'
import { PeriodSums, summedPerPeriod } from './periods'

type Answers = Readonly<Record<string, ColumnTable>>

/** Asks for what changes the number of items inside the span: `kept` where a cube of it may stay in memory and nothing moves between slices, else `crossings`. */
export function crossingQueries(context: MetricContext): Readonly<Record<string, Sql>> {
  const kept = context.params.dimensions.size ? undefined : keptRows(context, CROSSINGS, inWindow(context))
  return kept ? { kept } : { crossings: crossings(context) }
}

/** The answer by group and period, a sum for each kind in the order given. */
export function crossingsPerPeriod({ kept, crossings: rows }: Answers, context: MetricContext, kinds: readonly string[]): PeriodSums {
  if (kept) return keptPerPeriod(kept, context, kinds)
  const sums = new PeriodSums(context, context.params.grain ?? 'week', kinds.length)
  const [group, kind] = ['grp', 'kind'].map((name) => rows?.columns.find((column) => column.name === name))
  if (!rows || !group || !kind) return sums
  const [days, counts] = [numbersOf(rows, 'day'), numbersOf(rows, 'item_count')]
  for (let row = 0; row < rows.rowCount; row++)
    sums.add(kinds.indexOf(String(cellAt(kind, row))), counts[row] ?? 0, days[row] ?? 0, cellAt(group, row) as string | null)
  return sums
}

/** Asks for arrivals by day: `kept` where a cube of them may stay in memory, else `days`. */
export function arrivalQueries(context: MetricContext): Readonly<Record<string, Sql>> {
  const kept = keptRows(context, CROSSINGS, sql`kind = 'arrivals' AND ${inWindow(context)}`)
  if (kept) return { kept }
  return {
    days: sql`SELECT grp, day, CAST(sum(item_count) AS INTEGER) AS item_count FROM (${arrivalCounts(context)}) AS arrived
      GROUP BY grp, day ORDER BY grp NULLS LAST, day`,
  }
}

/** The answer by group and period. */
export function arrivalsPerPeriod({ kept, days }: Answers, context: MetricContext): PeriodSums {
  return kept ? keptPerPeriod(kept, context, ['arrivals']) : summedPerPeriod(days, context, context.params.grain ?? 'week', ['item_count'])
}

function inWindow({ window }: MetricContext): Sql {
  return sql`day >= ${window.from} AND day < ${window.to}`
}

function keptPerPeriod(kept: ColumnTable, context: MetricContext, kinds: readonly string[]): PeriodSums {
  const { from, to } = context.window
  const sums = new PeriodSums(context, context.params.grain ?? 'week', kinds.length)
  const { texts, codes } = codesOf(kept, 'kind')
  const indices = texts.map((kind) => kinds.indexOf(String(kind)))
  const [days, counts] = [numbersOf(kept, 'day'), numbersOf(kept, 'item_count')]
  for (const stream of rowsInScope(kept, context)) {
    const group = groupOf(context, stream)
    for (let row = stream.start; row < stream.end; row++) {
      const day = days[row] ?? 0
      const index = indices[codes[row] ?? 0] ?? -1
      if (index >= 0 && day >= from && day < to) sums.add(index, counts[row] ?? 0, day, group)
    }
  }
  return sums
}
