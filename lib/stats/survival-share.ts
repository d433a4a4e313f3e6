import { countOf, type Histogram } from './nearest-rank'

/** S(x): the share of the values that are greater than `x`; `undefined` without any values. */
export type Survival = (x: number) => number | undefined

/** Of a histogram; asked any number of times at the cost of a search. */
export function survivalOf(histogram: Histogram): Survival {
  const n = countOf(histogram)
  const above = new Float64Array(histogram.length)
  let left = n
  histogram.forEach(([, count], place) => {
    left -= count
    above[place] = left
  })
  return (x) => {
    if (n === 0) return undefined
    const upTo = placesUpTo(histogram, x)
    return (upTo === 0 ? n : (above[upTo - 1] ?? 0)) / n
  }
}

/** How many of the distinct values are at or below `x`. */
function placesUpTo(histogram: Histogram, x: number): number {
  let [low, high] = [0, histogram.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((histogram[middle]?.[0] ?? 0) <= x) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Risk that something which has lasted `age` will last longer than `limit`: S(limit) / S(age), 1 once the limit is passed;
 * `undefined` where nothing ever lasted longer than `age`, so that there is no experience to judge by.
 */
export function conditionalRisk(survival: Survival, age: number, limit: number): number | undefined {
  if (age >= limit) return 1
  const [beyondAge, beyondLimit] = [survival(age), survival(limit)]
  return beyondAge === undefined || beyondLimit === undefined || beyondAge === 0 ? undefined : beyondLimit / beyondAge
}
