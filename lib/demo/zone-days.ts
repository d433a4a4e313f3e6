import { Temporal } from 'temporal-polyfill'
import { type DayNumber, formatDay } from '@/lib/time/day'

const MS_PER_DAY = 86_400_000

/** Local days of a zone over a fixed range, as a table: instants ↔ day numbers, daylight saving included. */
export class ZoneDays {
  readonly timeZone: string
  readonly firstDay: DayNumber
  readonly lastDay: DayNumber
  readonly #midnights: Float64Array
  readonly #noonOffsets: Float64Array

  constructor(timeZone: string, firstDay: DayNumber, lastDay: DayNumber) {
    this.timeZone = timeZone
    this.firstDay = firstDay
    this.lastDay = lastDay
    const count = lastDay - firstDay + 2
    this.#midnights = new Float64Array(count)
    this.#noonOffsets = new Float64Array(count)
    for (let index = 0; index < count; index++) {
      const date = Temporal.PlainDate.from(formatDay(firstDay + index))
      const midnight = date.toZonedDateTime(timeZone).epochMilliseconds
      this.#midnights[index] = midnight
      const noon = (firstDay + index) * MS_PER_DAY + MS_PER_DAY / 2
      this.#noonOffsets[index] = date.toZonedDateTime({ timeZone, plainTime: '12:00' }).epochMilliseconds - noon
    }
  }

  /** Instant (ms) at which the local day begins. */
  start(day: DayNumber): number {
    return this.#midnights[day - this.firstDay] ?? Number.NaN
  }

  /** Instant (ms) of an hour of working time: right for every hour but those of the night in which clocks change. */
  hour(day: DayNumber, hour: number): number {
    return day * MS_PER_DAY + hour * 3_600_000 + (this.#noonOffsets[day - this.firstDay] ?? Number.NaN)
  }

  /** Local day of an instant (ms). */
  dayOf(at: number): DayNumber {
    let day = Math.floor(at / MS_PER_DAY)
    if (at < this.start(day)) day--
    else if (at >= this.start(day + 1)) day++
    return day
  }
}
