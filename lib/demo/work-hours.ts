import { workdayTest } from '@/lib/time/calendar'
import type { DayNumber } from '@/lib/time/day'
import type { ZoneDays } from './zone-days'

const MS_PER_HOUR = 3_600_000

export interface WorkHoursRules {
  readonly holidays: readonly string[]
  /** Local hours of a working day, [open, close). */
  readonly open: number
  readonly close: number
}

/** When people work: Monday to Friday without holidays, in local hours. Instants and durations in ms. */
export class WorkHours {
  readonly zone: ZoneDays
  readonly dayHours: number
  readonly #isWorkday: (day: DayNumber) => boolean
  readonly #opens: Float64Array
  readonly #closes: Float64Array

  constructor(zone: ZoneDays, rules: WorkHoursRules) {
    this.zone = zone
    this.dayHours = rules.close - rules.open
    this.#isWorkday = workdayTest({ weekend: [6, 7], holidays: rules.holidays })
    const count = zone.lastDay - zone.firstDay + 1
    this.#opens = new Float64Array(count)
    this.#closes = new Float64Array(count)
    // A day without work stands for the next working day: its hours are that day's.
    for (let index = count - 1; index >= 0; index--) {
      const day = zone.firstDay + index
      const works = this.#isWorkday(day)
      this.#opens[index] = works ? zone.hour(day, rules.open) : (this.#opens[index + 1] ?? Number.POSITIVE_INFINITY)
      this.#closes[index] = works ? zone.hour(day, rules.close) : (this.#closes[index + 1] ?? Number.POSITIVE_INFINITY)
    }
  }

  isWorkday(day: DayNumber): boolean {
    return this.#isWorkday(day)
  }

  isOpen(at: number): boolean {
    const index = this.zone.dayOf(at) - this.zone.firstDay
    return at >= (this.#opens[index] ?? Number.NaN) && at < (this.#closes[index] ?? Number.NaN)
  }

  /** The instant itself when people work, else the next opening. */
  next(at: number): number {
    const index = this.zone.dayOf(at) - this.zone.firstDay
    const open = this.#opens[index] ?? Number.POSITIVE_INFINITY
    if (at < open) return open
    return at < (this.#closes[index] ?? 0) ? at : (this.#opens[index + 1] ?? Number.POSITIVE_INFINITY)
  }

  /** The instant after so much working time. */
  add(at: number, duration: number): number {
    let from = this.next(at)
    let left = duration
    while (Number.isFinite(from)) {
      const index = this.zone.dayOf(from) - this.zone.firstDay
      const close = this.#closes[index] ?? Number.POSITIVE_INFINITY
      if (from + left <= close) return from + left
      left -= close - from
      from = this.next(close)
    }
    return from
  }

  /** Working ms of a day at full strength. */
  worth(day: DayNumber): number {
    return this.#isWorkday(day) ? this.dayHours * MS_PER_HOUR : 0
  }
}
