import { describe, expect, it } from 'vitest'
import { interleaved, runsWithin } from './rounds'

describe('interleaved', () => {
  it('gives each its turn in every round and begins each with another', () => {
    const order = interleaved([
      { name: 'a', runs: 3 },
      { name: 'b', runs: 3 },
      { name: 'c', runs: 3 },
    ])
    expect(order.join('')).toBe('abcbcacab')
  })

  it('spreads those with fewer runs over all rounds', () => {
    const order = interleaved([
      { name: 'a', runs: 6 },
      { name: 'b', runs: 2 },
    ])
    expect(order.filter((name) => name === 'b')).toHaveLength(2)
    expect(Math.abs(order.indexOf('b') - order.lastIndexOf('b'))).toBeGreaterThan(2)
  })

  it('is empty without contenders', () => {
    expect(interleaved([])).toEqual([])
  })
})

describe('runsWithin', () => {
  it('fills the budget between its bounds', () => {
    expect(runsWithin(600, 100, 3, 21)).toBe(6)
    expect(runsWithin(600, 1_000, 3, 21)).toBe(3)
    expect(runsWithin(600, 0, 3, 21)).toBe(21)
  })
})
