import { describe, expect, it } from 'vitest'
import { Rng } from './rng'
import { fitTrend } from './trend'

describe('fitTrend', () => {
  it('is the line itself where points lie on one', () => {
    const trend = fitTrend([0, 1, 2, 3].map((x) => ({ x, y: 5 - 2 * x })))
    expect(trend?.slope).toBeCloseTo(-2, 12)
    expect(trend?.at(10).value).toBeCloseTo(-15, 12)
    expect(trend?.at(10).high).toBeCloseTo(-15, 9)
  })

  // Draper & Smith 1998, Applied Regression Analysis, ch. 1: by hand, x̄ = 3, ȳ = 4, Sxx = 10, Sxy = 8, s² = 3.6 ÷ 3.
  it('has the interval of the mean height, narrowest in the middle', () => {
    const trend = fitTrend([2, 4, 3, 6, 5].map((y, index) => ({ x: index + 1, y })))
    expect(trend?.slope).toBeCloseTo(0.8, 12)
    const middle = trend?.at(3)
    expect((middle?.high ?? 0) - (middle?.value ?? 0)).toBeCloseTo(3.182 * Math.sqrt(1.2) * Math.sqrt(1 / 5), 2)
    const edge = trend?.at(5)
    expect((edge?.high ?? 0) - (edge?.value ?? 0)).toBeCloseTo(3.182 * Math.sqrt(1.2) * Math.sqrt(1 / 5 + 4 / 10), 2)
  })

  it('is absent for fewer than three points and for a single x', () => {
    expect(
      fitTrend([
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ]),
    ).toBeUndefined()
    expect(fitTrend([1, 2, 3].map((y) => ({ x: 4, y })))).toBeUndefined()
  })

  it('covers the true height in about 95 % of samples (seed 12)', () => {
    const samples = 2000
    let covered = 0
    for (let sample = 0; sample < samples; sample++) {
      const rng = Rng.of(12).split(sample)
      const at = fitTrend(Array.from({ length: 12 }, (_, x) => ({ x, y: 3 + 0.5 * x + rng.normal() })))?.at(14)
      if (at && at.low <= 10 && 10 <= at.high) covered++
    }
    expect(Math.abs(covered / samples - 0.95)).toBeLessThan(0.015)
  })
})
