import { type DayNumber, formatDay, parseDay } from '@/lib/time/day'

const plannedDays = new Map<string, DayNumber>()
const dayTexts = new Map<DayNumber, string>()

/** A day that a plan names as YYYY-MM-DD. Throws RangeError when there is no such day. */
export function plannedDay(text: string): DayNumber {
  const known = plannedDays.get(text)
  if (known !== undefined) return known
  const day = parseDay(text)
  if (day === undefined) throw new RangeError(`no such day: ${text}`)
  plannedDays.set(text, day)
  return day
}

/** YYYY-MM-DD of a day; remembered, for it is asked for at every change. */
export function dayText(day: DayNumber): string {
  const known = dayTexts.get(day)
  if (known !== undefined) return known
  const text = formatDay(day)
  dayTexts.set(day, text)
  return text
}
