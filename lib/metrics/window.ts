import type { DayNumber } from '../time/day'

/** The days an answer is about: `[from, to)`, history cut at the end of `asOf`. */
export interface Window {
  readonly from: DayNumber
  /** Never later than the day after `asOf`. */
  readonly to: DayNumber
  readonly asOf: DayNumber
}
