import type { DayNumber } from './day'
import { isoWeekday } from './day'

export type PeriodGrain = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** A calendar period `[start, end)` in day numbers; `partial` when the window covers only a part of it. */
export interface Period {
  readonly start: DayNumber
  readonly end: DayNumber
  readonly partial: boolean
}

const MS_PER_DAY = 86_400_000
const MONTHS: Record<'month' | 'quarter' | 'year', number> = { month: 1, quarter: 3, year: 12 }

/** First day of the period that holds `day`; weeks are ISO weeks and start on Monday. */
export function periodStart(day: DayNumber, grain: PeriodGrain): DayNumber {
  if (grain === 'day') return day
  if (grain === 'week') return day - isoWeekday(day) + 1
  const date = new Date(day * MS_PER_DAY)
  const months = MONTHS[grain]
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / months) * months, 1) / MS_PER_DAY
}

/** First day of the period after the one that starts on `start`. */
export function nextPeriod(start: DayNumber, grain: PeriodGrain): DayNumber {
  if (grain === 'day') return start + 1
  if (grain === 'week') return start + 7
  const date = new Date(start * MS_PER_DAY)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + MONTHS[grain], 1) / MS_PER_DAY
}

/** All periods that touch the window `[from, to)`, in order; those cut by an edge are partial. */
export function periodsIn(from: DayNumber, to: DayNumber, grain: PeriodGrain): Period[] {
  const periods: Period[] = []
  if (from >= to) return periods
  for (let start = periodStart(from, grain); start < to; ) {
    const end = nextPeriod(start, grain)
    periods.push({ start, end, partial: start < from || end > to })
    start = end
  }
  return periods
}
