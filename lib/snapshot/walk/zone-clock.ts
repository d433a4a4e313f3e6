import type { Builder } from '../../engine/duckdb/builder'
import { sql } from '../../engine/sql'

const MICROSECONDS = 1_000_000
const US_PER_DAY = 86_400 * MICROSECONDS
/** Clocks change at full quarters of an hour. */
const US_PER_QUARTER = 900 * MICROSECONDS
const QUARTERS_PER_DAY = 96

/**
 * Tells the local calendar day of an instant by the engine's zone data. Asking the engine for each row would cost more than all
 * the rest of a build: its offsets are asked for once per day, and per quarter of an hour where the clock changes.
 */
export class ZoneClock {
  readonly #offsets: Int32Array
  readonly #changing = new Map<number, Int32Array>()

  private constructor(
    private readonly firstDay: number,
    days: number,
  ) {
    this.#offsets = new Int32Array(days)
  }

  /** @param firstAt, lastAt the instants between which it will be asked, µs */
  static async open(builder: Builder, zone: string, firstAt: number, lastAt: number): Promise<ZoneClock> {
    const firstDay = Math.floor(firstAt / US_PER_DAY)
    const days = Math.floor(lastAt / US_PER_DAY) - firstDay + 2
    const clock = new ZoneClock(firstDay, days)
    clock.#offsets.set(await offsets(builder, zone, firstDay * US_PER_DAY, US_PER_DAY, days))
    for (let day = 0; day + 1 < days; day++) {
      if (clock.#offsets[day] === clock.#offsets[day + 1]) continue
      clock.#changing.set(day, await offsets(builder, zone, (firstDay + day) * US_PER_DAY, US_PER_QUARTER, QUARTERS_PER_DAY))
    }
    return clock
  }

  /** Local day of an instant in µs, as days since 1970-01-01. */
  dayOf(at: number): number {
    const day = Math.floor(at / US_PER_DAY) - this.firstDay
    let offset = this.#offsets[day] ?? 0
    if (offset !== this.#offsets[day + 1]) {
      const quarter = Math.floor((at - (this.firstDay + day) * US_PER_DAY) / US_PER_QUARTER)
      offset = this.#changing.get(day)?.[quarter] ?? offset
    }
    return Math.floor((at + offset * MICROSECONDS) / US_PER_DAY)
  }
}

/** Seconds of local minus universal time, at equal distances from an instant in µs. */
async function offsets(builder: Builder, zone: string, from: number, step: number, count: number): Promise<Int32Array> {
  const rows =
    await builder.rows(sql`SELECT CAST(date_diff('second', told_at, timezone(${zone}, timezone('UTC', told_at))) AS INTEGER) AS seconds
    FROM (SELECT range AS place, make_timestamp(CAST(${from} AS BIGINT) + range * CAST(${step} AS BIGINT)) AS told_at FROM range(${count})) ORDER BY place`)
  return Int32Array.from(rows, (row) => Number(row.seconds))
}
