import { describe, expect, it } from 'vitest'
import { Costs } from './costs'

describe('what statements take', () => {
  it('follows what they took, and not the last of it alone', () => {
    const costs = new Costs()
    expect(costs.of('a')).toBeUndefined()
    costs.note('a', 40)
    expect(costs.of('a')).toBe(40)
    costs.note('a', 80)
    expect(costs.of('a')).toBe(50)
    for (let run = 0; run < 50; run++) costs.note('a', 8)
    expect(costs.of('a')).toBeCloseTo(8, 3)
    expect(costs.of('b')).toBeUndefined()
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
