import { describe, expect, it } from 'vitest'
import { firstAutocorrelation, inflationInBlocks, varianceInflation } from './autocorrelation'
import { Rng } from './rng'

function wander(correlation: number, length: number, rng: Rng): number[] {
  let level = rng.normal()
  return Array.from({ length }, () => {
    const now = level
    level = correlation * level + Math.sqrt(1 - correlation ** 2) * rng.normal()
    return now
  })
}

describe('firstAutocorrelation', () => {
  it.each([0, 0.3, 0.6])('lies on average a little above the true %f (seed 9)', (correlation) => {
    const found = Array.from({ length: 400 }, (_, index) =>
      firstAutocorrelation(wander(correlation, 26, Rng.of(9).split(index)), wander(correlation, 26, Rng.of(10).split(index))),
    )
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length
    expect(mean).toBeGreaterThan(correlation)
    expect(mean).toBeLessThan(correlation + 0.2)
  })

  it('is at least its standard error, at most 0.8, and 0 where nothing varies', () => {
    expect(firstAutocorrelation([1, -1, 1, -1, 1, -1, 1, -1])).toBeCloseTo(0.5 * Math.sqrt(1 / 8), 6)
    expect(firstAutocorrelation(Array.from({ length: 50 }, (_, index) => index))).toBe(0.8)
    expect(firstAutocorrelation([2, 2, 2, 2], [5, 5, 5])).toBe(0)
  })

  it('inflates the variance of a mean; long blocks see nearly all of it', () => {
    expect(varianceInflation(0.5)).toBe(3)
    expect(inflationInBlocks(0.5, 1)).toBe(1)
    expect(inflationInBlocks(0.5, 200)).toBeCloseTo(3, 1)
  })
})
