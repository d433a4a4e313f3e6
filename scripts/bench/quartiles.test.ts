import { describe, expect, it } from 'vitest'
import { quantile, spreadOf } from './quartiles'

describe('spreadOf', () => {
  it('is the median and the quartiles, whatever the order', () => {
    expect(spreadOf([9, 1, 5, 3, 7])).toEqual({ median: 5, low: 3, high: 7, runs: 5 })
  })

  it('lies between the two middle values of an even number', () => {
    expect(spreadOf([1, 2, 10, 20])).toEqual({ median: 6, low: 1.75, high: 12.5, runs: 4 })
  })

  it('is the value itself where there is one', () => {
    expect(spreadOf([4])).toEqual({ median: 4, low: 4, high: 4, runs: 1 })
  })

  it('refuses nothing at all', () => {
    expect(() => quantile([], 0.5)).toThrow(TypeError)
  })
})
