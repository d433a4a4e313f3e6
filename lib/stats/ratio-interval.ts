import { bootstrapDifference } from './block-bootstrap'
import type { Rng } from './rng'
import { studentQuantile } from './student-t'

export interface RatioInterval {
  /** after ÷ before − 1. */
  readonly effect: number
  readonly low: number
  readonly high: number
  /** Two-sided, of no change. */
  readonly p: number
}

/** Fewest blocks in either series for an interval to mean something. */
const FEWEST_BLOCKS = 6

/**
 * Relative change of a positive statistic between two series with a 95 % interval: the spread of its logarithm under the block
 * bootstrap, widened by Student's t and n ÷ (n − 1) for short series. `undefined` where either side is too short or not positive.
 */
export function ratioInterval<T>(
  before: readonly T[],
  after: readonly T[],
  statistic: (series: readonly T[]) => number | undefined,
  rng: Rng,
): RatioInterval | undefined {
  const shortest = Math.min(before.length, after.length)
  const [was, is] = [statistic(before), statistic(after)]
  if (shortest < FEWEST_BLOCKS || was === undefined || is === undefined || was <= 0 || is <= 0) return undefined
  const logRatio = (a: readonly T[], b: readonly T[]) => {
    const [x, y] = [statistic(a), statistic(b)]
    return x === undefined || y === undefined || x <= 0 || y <= 0 ? undefined : Math.log(y / x)
  }
  const draws = bootstrapDifference(before, after, logRatio, { rng })
  if (draws.length < 2) return undefined
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length
  const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws.length - 1)
  const error = Math.sqrt(variance * (shortest / (shortest - 1)))
  const log = Math.log(is / was)
  const reach = studentQuantile(0.975, shortest - 1) * error
  return {
    effect: is / was - 1,
    low: Math.exp(log - reach) - 1,
    high: Math.exp(log + reach) - 1,
    p: twoSided(error === 0 ? (log === 0 ? 0 : Infinity) : Math.abs(log) / error, shortest - 1),
  }
}

/** P(|T| ≥ t), found by bisection on the quantile. */
function twoSided(t: number, degrees: number): number {
  if (t === 0) return 1
  let [low, high] = [0.5, 1 - 1e-12]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (studentQuantile(middle, degrees) < t) low = middle
    else high = middle
  }
  return 2 * (1 - low)
}
