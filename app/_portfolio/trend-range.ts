import { kpiDays } from '@/lib/charts/kpi-trend'
import type { Columns } from '@/lib/model/columns'
import type { Portfolio } from '@/lib/model/portfolio'
import { parseDay } from '@/lib/time/day'

/** From the first value to the last value or due date. */
export function trendRange(columns: Columns, { goals, kpis }: Portfolio): readonly [number, number] | undefined {
  const days = kpiDays(columns)
  const due = [...goals, ...kpis].flatMap((target) => (target.due === undefined ? [] : [parseDay(target.due) ?? 0]))
  return days.length ? [Math.min(...days), Math.max(...days, ...due)] : undefined
}
