import { type ColumnTable, numbersOf } from '../../engine/columns'
import { ident, join, type Sql, sql } from '../../engine/sql'
import type { Grain } from '../../model/unit'
import { FINISHED } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { type FinishedSum, finishedCounts, isCubed } from './finished'
import { eachFinished, finishedDays, keptRows } from './kept-rows'
import { PeriodSums, summedPerPeriod } from './periods'

/** Asks for finished items by day, with the sums that are wanted of them: `kept` where a cube of them may stay in memory, else `days`. */
export function finishedPerDay(context: MetricContext, ...sums: readonly FinishedSum[]): Readonly<Record<string, Sql>> {
  const kept = isCubed(context) ? keptRows(context, FINISHED, finishedDays(context)) : undefined
  if (kept) return { kept }
  const totals = sums.map((name) => sql`, CAST(sum(${ident(name)}) AS DOUBLE) AS ${ident(name)}`)
  return {
    days: sql`SELECT grp, finish_day AS day, CAST(sum(item_count) AS INTEGER) AS item_count${join(totals, ' ')}
      FROM (${finishedCounts(context, ...sums)}) AS finished GROUP BY grp, finish_day ORDER BY grp NULLS LAST, day`,
  }
}

/** The answer by group and period: the number of items, then the sums that were asked for. */
export function finishedPerPeriod(
  { kept, days }: Readonly<Record<string, ColumnTable>>,
  context: MetricContext,
  ...wanted: readonly FinishedSum[]
): PeriodSums {
  const grain: Grain = context.params.grain ?? 'week'
  const names = ['item_count', ...wanted]
  if (!kept) return summedPerPeriod(days, context, grain, names)
  const sums = new PeriodSums(context, grain, names.length)
  const columns = names.map((name) => numbersOf(kept, name))
  const [counts] = columns
  eachFinished(kept, context, (row, day, group) => {
    if (counts?.[row]) sums.addRow(columns, row, day, group)
  })
  return sums
}
