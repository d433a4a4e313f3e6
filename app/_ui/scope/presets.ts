import { type DayNumber, formatDay } from '@/lib/time/day'
import { periodStart } from '@/lib/time/grain'

export interface Preset {
  readonly label: string
  /** YYYY-MM-DD, `[from, to)`. */
  readonly from: string
  readonly to: string
}

/** Periods that end with the last day of the data: never with today, so that an address keeps its answer. */
export function periodPresets(asOf: DayNumber): Preset[] {
  const end = asOf + 1
  const back = (label: string, days: number): Preset => ({ label, from: formatDay(end - days), to: formatDay(end) })
  const month = periodStart(asOf, 'month')
  const quarter = periodStart(asOf, 'quarter')
  const year = periodStart(asOf, 'year')
  return [
    back('30 days', 30),
    back('90 days', 90),
    back('6 months', 182),
    back('12 months', 365),
    { label: 'This year', from: formatDay(year), to: formatDay(end) },
    { label: 'Last month', from: formatDay(periodStart(month - 1, 'month')), to: formatDay(month) },
    { label: 'Last quarter', from: formatDay(periodStart(quarter - 1, 'quarter')), to: formatDay(quarter) },
  ]
}
