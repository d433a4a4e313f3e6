import { firstAutocorrelation, inflationInBlocks, varianceInflation } from './autocorrelation'
import { blockLengthOf, bootstrapDifference } from './block-bootstrap'
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

export interface RatioQuestion<T> {
  readonly before: readonly T[]
  readonly after: readonly T[]
  readonly statistic: (series: readonly T[]) => number | undefined
  /** What each block adds to the statistic of its series: their correlation from block to block is that of the statistic. */
  readonly scores: (series: readonly T[]) => readonly number[]
  readonly rng: Rng
}

/** Fewest blocks in either series for an interval to mean something. */
const FEWEST_BLOCKS = 6
const TRIALS = 1000
const FEWEST_DEGREES = 2

/**
 * Relative change of a positive statistic between two series with a 95 % interval: the spread of its logarithm under the block
 * bootstrap, widened by the correlation that reaches beyond a block, and Student's t for the blocks that are worth an independent one.
 * `undefined` where either side is too short or not positive.
 */
export function ratioInterval<T>({ before, after, statistic, scores, rng }: RatioQuestion<T>): RatioInterval | undefined {
  const [was, is] = [statistic(before), statistic(after)]
  if (Math.min(before.length, after.length) < FEWEST_BLOCKS || was === undefined || is === undefined || was <= 0 || is <= 0)
    return undefined
  const logOf = (series: readonly T[]) => {
    const value = statistic(series)
    return value === undefined || value <= 0 ? undefined : Math.log(value)
  }
  const logRatio = (a: readonly T[], b: readonly T[]) => {
    const [x, y] = [logOf(a), logOf(b)]
    return x === undefined || y === undefined ? undefined : y - x
  }
  const draws = bootstrapDifference(before, after, logRatio, { rng, trials: TRIALS })
  if (draws.length < 2) return undefined
  const correlation = firstAutocorrelation(scores(before), scores(after))
  const error = Math.sqrt(varianceOf(draws) * widening(Math.min(before.length, after.length), correlation))
  const degrees = Math.max(FEWEST_DEGREES, (before.length + after.length) / varianceInflation(correlation) - 2)
  const log = Math.log(is / was)
  const reach = studentQuantile(0.975, degrees) * error
  return {
    effect: is / was - 1,
    low: Math.exp(log - reach) - 1,
    high: Math.exp(log + reach) - 1,
    p: twoSided(scoreOf(log, error), degrees),
  }
}

function scoreOf(log: number, error: number): number {
  if (log === 0) return 0
  return error === 0 ? Number.POSITIVE_INFINITY : Math.abs(log) / error
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

/** What the bootstrap's variance lacks: correlation beyond a block, and the spread that goes into the mean of a short series. */
function widening(blocks: number, correlation: number): number {
  const whole = varianceInflation(correlation)
  return (whole / inflationInBlocks(correlation, blockLengthOf(blocks))) * (blocks / Math.max(1, blocks - whole))
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
