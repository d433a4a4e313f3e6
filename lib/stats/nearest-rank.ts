/** Distinct values in ascending order with how often each occurs. */
export type Histogram = readonly (readonly [value: number, count: number])[]

/**
 * Percentile by nearest rank: the smallest value with at least p % of the values at or below it, rank = ceil(p · n / 100).
 * `undefined` for an empty histogram. @see Hyndman & Fan 1996, definition 1
 */
export function nearestRank(histogram: Histogram, percentile: number): number | undefined {
  const n = countOf(histogram)
  return n === 0 ? undefined : valueAtRank(histogram, rankOf(percentile, n))
}

/** ceil(p · n / 100) without the error of binary fractions; at least 1. */
export function rankOf(percentile: number, n: number): number {
  return Math.max(1, Math.ceil(Math.round(percentile * n * 1e6) / 1e8))
}

/** The value at a rank, 1 = smallest; `undefined` past either end. */
export function valueAtRank(histogram: Histogram, rank: number): number | undefined {
  if (rank < 1) return undefined
  let seen = 0
  for (const [value, count] of histogram) {
    seen += count
    if (seen >= rank) return value
  }
  return undefined
}

/** Number of values in a histogram. */
export function countOf(histogram: Histogram): number {
  return histogram.reduce((sum, [, count]) => sum + count, 0)
}
