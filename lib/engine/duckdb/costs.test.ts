import { describe, expect, it } from 'vitest'
import { Costs } from './costs'

describe('what statements take', () => {
  it('follows what they took, and not the last of it alone', () => {
    const costs = new Costs()
    for (const ms of [300, 40, 80]) costs.note('a', ms)
    expect(costs.of('a')).toBe(50)
    for (let run = 0; run < 50; run++) costs.note('a', 8)
    expect(costs.of('a')).toBeCloseTo(8, 3)
    expect(costs.of('b')).toBeUndefined()
  })

  it('takes the first time for what it is until there is a second', () => {
    const costs = new Costs()
    costs.note('a', 300)
    expect([costs.of('a'), costs.settled('a')]).toEqual([300, undefined])
    costs.note('a', 40)
    expect([costs.of('a'), costs.settled('a')]).toEqual([40, 40])
  })

  it('forgets texts that were not asked for the longest', () => {
    const costs = new Costs()
    costs.note('first', 1)
    costs.note('second', 1)
    for (let text = 0; text < 998; text++) costs.note(String(text), 1)
    costs.note('first', 1)
    costs.note('one more', 1)
    expect([costs.of('first'), costs.of('second')]).toEqual([1, undefined])
  })
})
