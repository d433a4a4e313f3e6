/** A local calendar day as days since 1970-01-01: an integer, so that days can be subtracted and counted. */
export type DayNumber = number

/** The day on which what still lasts ends: later than any other, so that comparing days needs no second case. In the year 4707. */
export const NEVER: DayNumber = 1_000_000

const MS_PER_DAY = 86_400_000
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** YYYY-MM-DD → day number; `undefined` when the text is no real date (2026-02-30). */
export function parseDay(text: string): DayNumber | undefined {
  const match = ISO_DAY.exec(text)
  if (!match) return undefined
  const day = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / MS_PER_DAY
  return formatDay(day) === text ? day : undefined
}

/** Day number → YYYY-MM-DD. */
export function formatDay(day: DayNumber): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}

/** ISO weekday of a day: 1 = Monday … 7 = Sunday. */
export function isoWeekday(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}
