import { countOf, type Histogram } from './nearest-rank'

/** Share of the values that are greater than `x`; `undefined` for an empty histogram. */
export function shareAbove(histogram: Histogram, x: number): number | undefined {
  const n = countOf(histogram)
  if (n === 0) return undefined
  return countOf(histogram.filter(([value]) => value > x)) / n
}

/**
 * Risk that something which has lasted `age` will last longer than `limit`: S(limit) / S(age), 1 once the limit is passed;
 * `undefined` where nothing ever lasted longer than `age`, so that there is no experience to judge by.
 */
export function conditionalRisk(histogram: Histogram, age: number, limit: number): number | undefined {
  if (age >= limit) return 1
  const beyondAge = shareAbove(histogram, age)
  const beyondLimit = shareAbove(histogram, limit)
  return beyondAge === undefined || beyondLimit === undefined || beyondAge === 0 ? undefined : beyondLimit / beyondAge
}
