import { describe, expect, it } from 'vitest'
import { fixed, type LoadWorld, randomOf, varied } from './load-mix'

const world: LoadWorld = { snapshotId: 'abc', streams: ['shop', 'pay'], teams: ['a'], types: ['defect'], firstDay: 19_000, lastDay: 20_000 }

describe('the mix of questions', () => {
  it('is the same in every run', () => {
    const [one, other] = [randomOf(3), randomOf(3)]
    expect(Array.from({ length: 20 }, () => varied(world, one))).toEqual(Array.from({ length: 20 }, () => varied(world, other)))
  })

  it('hardly ever asks the same twice', () => {
    const random = randomOf(1)
    expect(new Set(Array.from({ length: 500 }, () => varied(world, random))).size).toBeGreaterThan(480)
  })

  it('has a part that everybody asks', () => {
    expect(new Set(fixed(world)).size).toBeLessThan(41)
    expect(fixed(world)).toEqual(fixed(world))
  })
})
