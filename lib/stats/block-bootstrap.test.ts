import { describe, expect, it } from 'vitest'
import { blockLengthOf, bootstrapDifference } from './block-bootstrap'
import { Rng } from './rng'

const SERIES = Array.from({ length: 10 }, (_, index) => index)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** The resamples of a series that so many trials are made of. */
function resamples(blockLength: number, seed: number, trials: number): number[][] {
  const seen: number[][] = []
  const look = (sample: readonly number[]) => seen.push([...sample])
  bootstrapDifference(SERIES, SERIES, look, { rng: Rng.of(seed), trials, blockLength })
  return seen
}

describe('a resample', () => {
  it('draws runs of neighbours, wrapped around the end', () => {
    let wrapped = 0
    for (const sample of resamples(3, 1, 200)) {
      expect(sample).toHaveLength(10)
      for (let at = 0; at < 9; at += 3) {
        expect(sample[at + 1]).toBe(((sample[at] ?? 0) + 1) % 10)
        expect(sample[at + 2]).toBe(((sample[at] ?? 0) + 2) % 10)
        if ((sample[at] ?? 0) > 7) wrapped++
      }
    }
    expect(wrapped).toBeGreaterThan(0)
  })

  it('draws each place equally often, the edges too', () => {
    const counts = new Map<number, number>()
    for (const value of resamples(4, 2, 4000).flat()) counts.set(value, (counts.get(value) ?? 0) + 1)
    for (const count of counts.values()) expect(Math.abs(count / 4000 - 1)).toBeLessThan(0.1)
    expect(counts.size).toBe(10)
  })
})

describe('bootstrapDifference', () => {
  const difference = (a: readonly number[], b: readonly number[]) => mean(b) - mean(a)

  it('is ascending, and the same for the same seed', () => {
    const draws = bootstrapDifference(SERIES, SERIES, difference, { rng: Rng.of(3), trials: 300 })
    expect(draws).toEqual(bootstrapDifference(SERIES, SERIES, difference, { rng: Rng.of(3), trials: 300 }))
    expect(draws).toEqual(draws.toSorted((a, b) => a - b))
    expect(draws).toHaveLength(300)
  })

  it('spreads as the mean of independent values does', () => {
    const rng = Rng.of(4)
    const values = Array.from({ length: 200 }, () => rng.normal())
    const draws = bootstrapDifference(values, values, difference, { rng, trials: 2000, blockLength: 1 })
    const spread = Math.sqrt(mean(draws.map((value) => value ** 2)) - mean(draws) ** 2)
    const exact = Math.sqrt((2 * mean(values.map((value) => (value - mean(values)) ** 2))) / 200)
    expect(spread / exact).toBeGreaterThan(0.95)
    expect(spread / exact).toBeLessThan(1.05)
  })

  it('leaves out trials without a value', () => {
    expect(bootstrapDifference(SERIES, SERIES, () => undefined, { rng: Rng.of(1), trials: 10 })).toEqual([])
  })
})

it('blocks are as long as the cube root of the series', () => {
  expect([1, 8, 26, 52, 1000].map(blockLengthOf)).toEqual([1, 2, 3, 4, 10])
})
