import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Histogram, nearestRank, rankOf, valueAtRank } from './nearest-rank'
import { percentileInterval } from './order-statistics'
import { Rng } from './rng'

const SEED = 8

describe('percentileInterval', () => {
  // Nonparametric 95 % intervals of the median, at most 2.5 % in either tail. @see Conover 1999, table A3 (binomial, p = 0.5)
  it.each([
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [25, 8, 18],
    [50, 18, 33],
    [100, 40, 61],
  ])('of the median of %i values: ranks %i and %i', (n, low, high) => {
    expect(percentileInterval(n, 50)).toEqual({ low, high })
  })

  it('is open where the sample does not reach so far', () => {
    expect(percentileInterval(5, 50)).toEqual({ low: undefined, high: undefined })
    expect(percentileInterval(10, 85).high).toBeUndefined()
    expect(percentileInterval(0, 50)).toEqual({ low: undefined, high: undefined })
  })

  it('follows the normal approximation for very many values', () => {
    const { low = 0, high = 0 } = percentileInterval(1_000_000, 85)
    const half = 1.96 * Math.sqrt(1_000_000 * 0.85 * 0.15)
    expect([Math.abs(low - 850_000 + half) < 2, Math.abs(high - 850_000 - half) < 2]).toEqual([true, true])
  })

  it.each([
    [20, 50],
    [40, 50],
    [40, 85],
    [100, 85],
    [300, 95],
  ])(`covers the true percentile in at least 95 %% of samples (n = %i, p = %i, seed ${SEED})`, (n, percentile) => {
    const { low, high } = percentileInterval(n, percentile)
    const truth = -Math.log(1 - percentile / 100)
    const samples = 2000
    let covered = 0
    for (let sample = 0; sample < samples; sample++) {
      const rng = Rng.of(SEED).split(n, percentile, sample)
      const values = Array.from({ length: n }, () => rng.exponential(1)).sort((a, b) => a - b)
      const isAbove = low === undefined || (values[low - 1] ?? 0) <= truth
      const isBelow = high === undefined || truth <= (values[high - 1] ?? 0)
      if (isAbove && isBelow) covered++
    }
    const noise = 2 * Math.sqrt((0.95 * 0.05) / samples)
    expect(covered / samples).toBeGreaterThanOrEqual(0.95 - noise)
  })
})

describe('nearest rank', () => {
  const histogramArb = fc
    .array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 30 })
    .map((pairs): Histogram => {
      const counts = new Map<number, number>()
      for (const [value, count] of pairs) counts.set(value, (counts.get(value) ?? 0) + count)
      return [...counts].sort(([a], [b]) => a - b)
    })
  const percentArb = fc.integer({ min: 1, max: 9999 }).map((hundredths) => hundredths / 100)

  it('is the smallest value with at least p % of the values at or below it', () => {
    const property = fc.property(histogramArb, percentArb, (histogram, percentile) => {
      const value = nearestRank(histogram, percentile) ?? Number.NaN
      const n = histogram.reduce((sum, [, count]) => sum + count, 0)
      const upTo = (limit: number) => histogram.reduce((sum, [one, count]) => sum + (one <= limit ? count : 0), 0)
      // In integers: p · n ≤ 100 · count, p in hundredths.
      const reaches = (count: number) => Math.round(percentile * 100) * n <= 10_000 * count
      expect(reaches(upTo(value))).toBe(true)
      for (const [smaller] of histogram) if (smaller < value) expect(reaches(upTo(smaller))).toBe(false)
    })
    fc.assert(property, { seed: SEED, numRuns: 500 })
  })

  it('rises with the percentile and lies between the least and the greatest value', () => {
    const property = fc.property(histogramArb, percentArb, percentArb, (histogram, a, b) => {
      const [low = 0, high = 0] = [nearestRank(histogram, Math.min(a, b)), nearestRank(histogram, Math.max(a, b))]
      expect(low).toBeLessThanOrEqual(high)
      expect(histogram[0]?.[0]).toBeLessThanOrEqual(low)
      expect(histogram.at(-1)?.[0]).toBeGreaterThanOrEqual(high)
    })
    fc.assert(property, { seed: SEED, numRuns: 500 })
  })

  it('has no error of binary fractions, and the median of an even n is the lower middle', () => {
    expect([rankOf(70, 10), rankOf(85, 20), rankOf(55, 100), rankOf(33.3, 1000), rankOf(0.1, 10)]).toEqual([7, 17, 55, 333, 1])
    expect(
      nearestRank(
        [
          [1, 1],
          [2, 1],
          [3, 1],
          [4, 1],
        ],
        50,
      ),
    ).toBe(2)
    expect(nearestRank([], 50)).toBeUndefined()
    expect([valueAtRank([[7, 2]], 0), valueAtRank([[7, 2]], 2), valueAtRank([[7, 2]], 3)]).toEqual([undefined, 7, undefined])
  })
})
