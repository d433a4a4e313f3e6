import type { Grain } from '@/lib/model/unit'
import type { WorkCalendar } from '@/lib/model/value-stream'

const DAY_MS = 86_400_000
const FORMATTERS = new Map<string, Intl.DateTimeFormat>()

/** Local calendar day of an instant as days since 1970-01-01, by what a wall calendar in the zone shows. */
export function localDay(at: number, zone: string): number {
  const formatter =
    FORMATTERS.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  FORMATTERS.set(zone, formatter)
  return Date.parse(`${formatter.format(at)}T00:00:00Z`) / DAY_MS
}

/** The number of a day written YYYY-MM-DD. */
export function parseLocalDay(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / DAY_MS
}

/** The instant at which a local day is over, by halving the time around it. */
export function lastInstant(day: number, zone: string): number {
  let before = (day - 2) * DAY_MS
  let after = (day + 4) * DAY_MS
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (localDay(middle, zone) <= day) before = middle
    else after = middle
  }
  return after
}

/** Inclusive days; of them only working ones where a calendar is given. */
export function inclusiveDays(first: number, last: number): number {
  return last - first + 1
}

/** Working days from the first to the last day, both included; at least 1, as days are. */
export function inclusiveWorkdays(first: number, last: number, calendar: WorkCalendar): number {
  let count = 0
  for (let day = first; day <= last; day++) if (isWorkday(day, calendar)) count++
  return Math.max(1, count)
}

function isWorkday(day: number, calendar: WorkCalendar): boolean {
  const date = new Date(day * DAY_MS)
  const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay()
  return !calendar.weekend.includes(weekday) && !calendar.holidays.includes(date.toISOString().slice(0, 10))
}

/** First day of the period in which a day lies, found by walking back. */
export function firstOfPeriod(day: number, grain: Grain): number {
  let first = day
  while (!startsPeriod(first, grain)) first--
  return first
}

/** Whether a period starts on this day; weeks start on Monday (ISO). */
export function startsPeriod(day: number, grain: Grain): boolean {
  const date = new Date(day * DAY_MS)
  if (grain === 'day') return true
  if (grain === 'week') return date.getUTCDay() === 1
  if (date.getUTCDate() !== 1) return false
  if (grain === 'month') return true
  return grain === 'quarter' ? date.getUTCMonth() % 3 === 0 : date.getUTCMonth() === 0
}
