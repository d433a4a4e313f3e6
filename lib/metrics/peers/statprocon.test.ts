import { describe, expect, it } from 'vitest'
import { xmrLimits, xmrSignals } from '@/lib/stats/process-behaviour'

/** Known answers of statprocon (mattmccormick, MIT licence), which rounds the mean moving range to three places first: hence the tolerance. */
const TOLERANCE = 0.002

const LIMITS: readonly {
  x: readonly number[]
  upper?: number
  centre?: number
  lower?: number
  range?: number
  rangeLimit?: number
  tolerance?: number
}[] = [
  { x: [3, 4, 5], upper: 6.66, centre: 4, lower: 1.34, range: 1, rangeLimit: 3.268 },
  // 2.66 · 49.667: the rounding of the range is multiplied too.
  { x: [1, 10, 100, 50], upper: 172.364 },
  { x: [1, 51, 100, 50], rangeLimit: 162.312 },
]

const TABLES = [
  {
    name: "Wheeler's table 9.2 (13 lies on the limit: no signal)",
    x: [
      55.6, 54.7, 54.9, 54.8, 56.9, 55.7, 53.8, 54.8, 53.4, 57.0, 59.4, 63.2, 60.9, 60.7, 58.6, 57.3, 56.9, 58.1, 58.3, 50.9, 53.3, 52.5,
      50.8, 52.9,
    ],
    limits: [51.1, 60.7],
    outside: [11, 12, 19, 22],
  },
  { name: "Wheeler's table 9.1", x: [43, 40, 37, 33, 30, 33, 34, 35, 29, 33, 31, 39], limits: [18, 39.3], outside: [0, 1] },
  { name: 'a falling series', x: [35, 37, 33, 32, 27, 29, 31, 22, 25, 30, 24, 19], limits: [25.6, 43.9], outside: [7, 8, 10, 11] },
] as const

describe('statprocon', () => {
  it.each(LIMITS)('limits of $x', ({ x, ...expected }) => {
    const limits = xmrLimits(x)
    for (const [name, value] of Object.entries(expected)) {
      expect(Math.abs((limits?.[name as 'upper'] ?? Number.NaN) - value), name).toBeLessThanOrEqual(TOLERANCE)
    }
  })

  it('moving ranges are the same, here by their mean', () => {
    const x = [5.4, 3.8, 8.75, 3.6, 3, 6, 7.4, 10, 5.8, 6.6, 3, 8.8]
    const ranges = [1.6, 4.95, 5.15, 0.6, 3, 1.4, 2.6, 4.2, 0.8, 3.6, 5.8]
    expect(xmrLimits(x)?.range).toBeCloseTo(ranges.reduce((sum, range) => sum + range, 0) / ranges.length, 12)
  })

  it.each(TABLES)('points outside the limits: $name', ({ x, limits: [lower, upper], outside }) => {
    const signals = xmrSignals(x, { centre: (lower + upper) / 2, lower, upper, range: 1, rangeLimit: 1 })
    expect(signals.flatMap((rule, index) => (rule === 'outside the limits' ? [index] : []))).toEqual(outside)
  })

  it('the median variant has its own constants: 3.145 and 3.865 of the median moving range', () => {
    const limits = xmrLimits([1, 2, 4, 4, 9], { centre: 'median' })
    expect(limits).toMatchObject({ centre: 4, range: 1.5 })
    expect(limits?.upper).toBeCloseTo(4 + 3.145 * 1.5, 12)
    expect(limits?.rangeLimit).toBeCloseTo(3.865 * 1.5, 12)
  })

  it('limits about a sloping line (half averages) are not ours: a trend is judged by its interval', () => {
    const x = [539, 558, 591, 556, 540, 590, 606, 643, 657, 602, 596, 640, 691, 723, 701, 802, 749, 762, 807, 781]
    expect(xmrSignals(x, xmrLimits(x) ?? { centre: 0, upper: 0, range: 0, rangeLimit: 0 }).some((rule) => rule === '8 on one side')).toBe(
      true,
    )
  })
})
