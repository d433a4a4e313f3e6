import { describe, expect, it } from 'vitest'
import { flatPoints, pointAt, pointCount } from './flat-points'

const DAY = 86_400_000

describe('flatPoints', () => {
  const flat = flatPoints([3, 4], [10])

  it('has days and values by turns, and a gap where a value is missing', () => {
    expect([...flat]).toEqual([3 * DAY, 10, 4 * DAY, Number.NaN])
    expect(pointCount(flat)).toBe(2)
    expect(pointAt(flat, 0)).toEqual([3 * DAY, 10])
  })
})

describe('pointAt', () => {
  it.each([
    [[[1, 2]], [1, 2]],
    [[{ value: [5, 6] }], [5, 6]],
    [[7], [0, 7]],
  ])('reads %j', (data, point) => expect(pointAt(data, 0)).toEqual(point))

  it('counts nothing where there are no data', () => expect(pointCount(undefined)).toBe(0))
})
