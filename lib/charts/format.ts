import type { Grain, Unit } from '@/lib/model/unit'
import type { DayNumber } from '@/lib/time/day'

const MS_PER_DAY = 86_400_000

/** Numbers and dates as the reader writes them. Days are local calendar days, so they are formatted in UTC. */
export interface Format {
  readonly locale: string
  /** Whole numbers grouped; fractions with up to `digits` places. */
  number(value: number, digits?: number): string
  /** A ratio 0..1 as a percentage. */
  percent(ratio: number, digits?: number): string
  /** "12 items", "1 item". */
  count(value: number, one: string, many?: string): string
  /** "17 days", "0.6 days (elapsed)". */
  duration(value: number, unit: Unit): string
  /** 31 May 2016 */
  day(day: DayNumber): string
  /** 31 May */
  shortDay(day: DayNumber): string
  /** May 2016 */
  month(day: DayNumber): string
  /** A period by its first day. */
  period(day: DayNumber, grain: Grain): string
  /** An instant in a zone, to the minute. */
  instant(ms: number, timeZone: string): string
}

/** Formats of a locale (BCP 47). */
export function formatOf(locale: string): Format {
  const date = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    return (day: DayNumber) => formatter.format(day * MS_PER_DAY)
  }
  const numbers = new Map<number, Intl.NumberFormat>()
  const number = (value: number, digits = 0) => {
    const known = numbers.get(digits) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits })
    numbers.set(digits, known)
    return known.format(value)
  }
  const [day, shortDay] = [date({ day: 'numeric', month: 'short', year: 'numeric' }), date({ day: 'numeric', month: 'short' })]
  const [month, year] = [date({ month: 'short', year: 'numeric' }), date({ year: 'numeric' })]
  return {
    locale,
    number,
    percent: (ratio, digits = 0) => `${number(ratio * 100, digits)} %`,
    count: (value, one, many) => `${number(value)} ${value === 1 ? one : (many ?? `${one}s`)}`,
    duration: (value, unit) => `${number(value, unit === 'elapsed' ? 1 : 0)} ${value === 1 ? DAY_WORD[unit] : `${DAY_WORD[unit]}s`}`,
    day,
    shortDay,
    month,
    period: (first, grain) => {
      if (grain === 'month') return month(first)
      if (grain === 'year') return year(first)
      if (grain === 'quarter') return `Q${Math.floor(new Date(first * MS_PER_DAY).getUTCMonth() / 3) + 1} ${year(first)}`
      return grain === 'week' ? `week of ${day(first)}` : day(first)
    },
    instant: (ms, timeZone) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(ms),
  }
}

const DAY_WORD: Record<Unit, string> = { days: 'day', elapsed: 'day', workdays: 'working day' }

/** What a unit is called on an axis and under a title. */
export const UNIT_LABEL: Record<Unit, string> = {
  days: 'calendar days, first and last included',
  elapsed: 'elapsed days of 24 hours',
  workdays: 'working days, first and last included',
}

/** Seconds as the two largest of days, hours and minutes: "3 d 4 h". */
export function spell(seconds: number): string {
  if (seconds < 60) return seconds === 0 ? '0 min' : '< 1 min'
  const minutes = Math.round(seconds / 60)
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (d > 0) return h > 0 && d < 100 ? `${d} d ${h} h` : `${d} d`
  if (h > 0) return m > 0 ? `${h} h ${m} min` : `${h} h`
  return `${m} min`
}
