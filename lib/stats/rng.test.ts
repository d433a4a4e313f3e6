import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Rng } from './rng'

const draws = (rng: Rng, count: number) => Array.from({ length: count }, () => rng.uniform())

describe('Rng', () => {
  it('gives the same numbers for the same seed and keys', () => {
    expect(draws(Rng.of(7).split('a', 3), 20)).toEqual(draws(Rng.of(7).split('a', 3), 20))
    expect(draws(Rng.of(7), 5)).not.toEqual(draws(Rng.of(8), 5))
    expect(draws(Rng.of('7'), 5)).not.toEqual(draws(Rng.of(7), 5))
  })

  it('stays the same from version to version', () => {
    expect(draws(Rng.of(1), 3)).toMatchInlineSnapshot(`
      [
        0.09869514618556885,
        0.12916712540328357,
        0.4305318531194883,
      ]
    `)
  })

  it('splits by the key alone, whatever was drawn before', () => {
    const used = Rng.of(7)
    draws(used, 100)
    expect(draws(used.split('child'), 5)).toEqual(draws(Rng.of(7).split('child'), 5))
  })

  it('gives different children for different keys', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (seed, a, b) => {
        fc.pre(a !== b)
        expect(Rng.of(seed).split(a).uniform()).not.toBe(Rng.of(seed).split(b).uniform())
      }),
    )
    const firsts = new Set(Array.from({ length: 100_000 }, (_, key) => Rng.of(1).split('item', 0, key).uniform()))
    expect(firsts.size).toBe(100_000)
  })

  it('is uniform across children too', () => {
    const bins = new Array<number>(20).fill(0)
    for (let key = 0; key < 40_000; key++) {
      const bin = Math.floor(Rng.of(5).split('item', key).uniform() * 20)
      bins[bin] = (bins[bin] ?? 0) + 1
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)
    expect(chiSquare).toBeLessThan(43.8) // 99.9 % of 19 degrees of freedom
  })

  it.each([
    ['exponential', (rng: Rng) => rng.exponential(3), 3, 9],
    ['normal', (rng: Rng) => rng.normal(), 0, 1],
    ['lognormal', (rng: Rng) => rng.lognormal(2, 0.5), 2 * Math.exp(0.125), 4 * Math.exp(0.25) * (Math.exp(0.25) - 1)],
    ['erlang', (rng: Rng) => rng.erlang(4, 8), 8, 16],
    ['gamma', (rng: Rng) => rng.gamma(2.5, 2), 5, 10],
    ['gamma below 1', (rng: Rng) => rng.gamma(0.5, 2), 1, 2],
    ['poisson', (rng: Rng) => rng.poisson(4), 4, 4],
    ['poisson above 30', (rng: Rng) => rng.poisson(80), 80, 80],
  ])('%s has its mean and variance', (_, draw, mean, variance) => {
    const rng = Rng.of(11)
    const values = Array.from({ length: 40_000 }, () => draw(rng))
    const average = values.reduce((sum, value) => sum + value, 0) / values.length
    const spread = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(variance / values.length))
    expect(spread / variance).toBeGreaterThan(0.9)
    expect(spread / variance).toBeLessThan(1.1)
  })

  it('picks by weight and refuses what cannot be picked', () => {
    const rng = Rng.of(3)
    const picks = Array.from({ length: 20_000 }, () =>
      rng.pickWeighted([
        ['a', 1],
        ['b', 3],
        ['never', 0],
      ]),
    )
    expect(picks.filter((pick) => pick === 'b').length / picks.length).toBeCloseTo(0.75, 1)
    expect(picks).not.toContain('never')
    expect(() => rng.pick([])).toThrow(RangeError)
    expect(() => rng.pickWeighted([['a', 0]])).toThrow(RangeError)
  })

  it('shuffles without loss and leaves the list alone', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8]
    const shuffled = Rng.of(2).shuffled(list)
    expect([...shuffled].sort()).toEqual(list)
    expect(shuffled).not.toEqual(list)
    expect(list[0]).toBe(1)
  })
})
