import type { DayNumber } from './day'
import { isoWeekday, parseDay } from './day'

/** Weekend as ISO weekdays, holidays as YYYY-MM-DD. */
export interface CalendarRules {
  readonly weekend: readonly number[]
  readonly holidays: readonly string[]
}

/** Tells working days from others by weekend and dated holidays. */
export function workdayTest(rules: CalendarRules): (day: DayNumber) => boolean {
  const weekend = new Set(rules.weekend)
  const holidays = new Set(rules.holidays.map(parseDay))
  return (day) => !weekend.has(isoWeekday(day)) && !holidays.has(day)
}
