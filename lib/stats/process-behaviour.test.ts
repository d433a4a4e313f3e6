import { describe, expect, it } from 'vitest'
import { xmrLimits, xmrSignals } from './process-behaviour'

describe('xmrLimits (known answers: statprocon, MIT; Wheeler, Making Sense of Data)', () => {
  it('of three points', () => {
    const limits = xmrLimits([3, 4, 5])
    expect(limits).toMatchObject({ centre: 4, range: 1 })
    expect(limits?.upper).toBeCloseTo(6.66, 10)
    expect(limits?.lower).toBeCloseTo(1.34, 10)
    expect(limits?.rangeLimit).toBeCloseTo(3.268, 10)
  })

  it('of points far apart', () => {
    expect(xmrLimits([1, 10, 100, 50])?.upper).toBeCloseTo(172.364, 1)
    expect(xmrLimits([1, 51, 100, 50])?.rangeLimit).toBeCloseTo(162.312, 1)
  })

  it('has no lower limit beyond a floor, and needs two points', () => {
    expect(xmrLimits([1, 10, 100, 50], { floor: 0 })?.lower).toBeUndefined()
    expect(xmrLimits([5])).toBeUndefined()
  })
})

describe('xmrSignals', () => {
  it("finds the points outside Wheeler's table 9.2, and not the one that equals the limit", () => {
    const x = [
      55.6, 54.7, 54.9, 54.8, 56.9, 55.7, 53.8, 54.8, 53.4, 57.0, 59.4, 63.2, 60.9, 60.7, 58.6, 57.3, 56.9, 58.1, 58.3, 50.9, 53.3, 52.5,
      50.8, 52.9,
    ]
    const signals = xmrSignals(x, { centre: 55.9, upper: 60.7, lower: 51.1, range: 1.8, rangeLimit: 5.9 })
    const outside = signals.flatMap((rule, index) => (rule === 'outside the limits' ? [index] : []))
    expect(outside).toEqual([11, 12, 19, 22])
  })

  it('finds three of four near a limit and the eighth on one side', () => {
    const limits = { centre: 10, upper: 16, lower: 4, range: 2, rangeLimit: 7 }
    expect(xmrSignals([14, 10, 14, 14], limits)).toEqual([undefined, undefined, undefined, '3 of 4 nearer a limit'])
    expect(xmrSignals(Array(9).fill(11), limits)).toEqual([...Array(7).fill(undefined), '8 on one side', '8 on one side'])
    expect(xmrSignals(Array(9).fill(10), limits)).toEqual(Array(9).fill(undefined))
  })

  it('finds nothing in a series that never moves, whatever rounding makes of its mean', () => {
    for (const value of [Math.log(3), 0.1, 1 / 3]) {
      const values = Array<number>(19).fill(value)
      const limits = xmrLimits(values)
      expect(limits && xmrSignals(values, limits)).toEqual(Array(19).fill(undefined))
    }
  })
})
