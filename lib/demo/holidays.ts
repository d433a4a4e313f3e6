import { type DayNumber, formatDay, isoWeekday } from '@/lib/time/day'
import { plannedDay } from './planned-day'

export type HolidayRegion = 'germany' | 'united-states'

/** Public holidays of the years as YYYY-MM-DD, in date order: nationwide ones in Germany, federal ones in the United States. */
export function publicHolidays(region: HolidayRegion, firstYear: number, lastYear: number): string[] {
  const days: DayNumber[] = []
  for (let year = firstYear; year <= lastYear; year++) days.push(...(region === 'germany' ? germany(year) : unitedStates(year)))
  return days.sort((a, b) => a - b).map(formatDay)
}

function germany(year: number): DayNumber[] {
  const easter = easterSunday(year)
  const fixed = ['01-01', '05-01', '10-03', '12-25', '12-26'].map((rest) => dayOf(year, rest))
  return [...fixed, easter - 2, easter + 1, easter + 39, easter + 50]
}

function unitedStates(year: number): DayNumber[] {
  return [
    ...['01-01', '06-19', '07-04', '11-11', '12-25'].map((rest) => dayOf(year, rest)),
    weekdayFrom(year, '01-15', 1),
    weekdayFrom(year, '02-15', 1),
    weekdayFrom(year, '05-25', 1),
    weekdayFrom(year, '09-01', 1),
    weekdayFrom(year, '10-08', 1),
    weekdayFrom(year, '11-22', 4),
    weekdayFrom(year, '11-22', 4) + 1,
  ]
}

/** The first such weekday (ISO) on or after the date. */
function weekdayFrom(year: number, rest: string, weekday: number): DayNumber {
  const day = dayOf(year, rest)
  return day + ((weekday - isoWeekday(day) + 7) % 7)
}

/** Easter Sunday of the Gregorian calendar (Anonymous, Nature 1876). */
function easterSunday(year: number): DayNumber {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return dayOf(year, `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
}

function dayOf(year: number, rest: string): DayNumber {
  return plannedDay(`${year}-${rest}`)
}
