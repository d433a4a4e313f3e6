import type { Week } from '@/lib/metrics/flow/weeks'
import type { Rng } from '@/lib/stats/rng'

/** How one slice of a simulated portfolio finishes work. */
export interface SteadySlice {
  /** Mean items per week. */
  readonly rate: number
  /** Correlation of one week's level with the next one's. */
  readonly correlation: number
  /** Standard deviation of the weeks' levels, as the logarithm of lengths and of counts. */
  readonly wobble: number
  /** Median length in days, and standard deviation of its logarithm between items. */
  readonly median: number
  readonly spread: number
}

/**
 * Weeks of a slice: Poisson counts and lognormal lengths in whole days around levels that wander about a fixed mean (AR(1)). From
 * `changesAt` on lengths and counts are multiplied.
 */
export function simulateWeeks(
  slice: SteadySlice,
  weeks: number,
  rng: Rng,
  change?: { readonly at: number; readonly length: number; readonly rate: number },
): Week[] {
  const { rate, correlation, wobble, median, spread } = slice
  const step = (level: number) => correlation * level + Math.sqrt(1 - correlation ** 2) * wobble * rng.normal()
  let [lengthLevel, rateLevel] = [wobble * rng.normal(), wobble * rng.normal()]
  return Array.from({ length: weeks }, (_, index) => {
    const changed = change && index >= change.at ? change : { length: 1, rate: 1 }
    const week = new Map<number, number>()
    for (let left = rng.poisson(rate * changed.rate * Math.exp(rateLevel)); left > 0; left--) {
      const days = Math.max(1, Math.ceil(rng.lognormal(median * changed.length * Math.exp(lengthLevel), spread)))
      week.set(days, (week.get(days) ?? 0) + 1)
    }
    lengthLevel = step(lengthLevel)
    rateLevel = step(rateLevel)
    return week
  })
}
