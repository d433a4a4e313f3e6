import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { niceCeil, spreadOffsets } from './spread'

describe('spreadOffsets', () => {
  it('leaves labels alone that have room', () => {
    expect(spreadOffsets([10, 50, 90], 14, [0, 100])).toEqual([0, 0, 0])
  })

  it('moves neighbours apart around their mean, in their order', () => {
    expect(spreadOffsets([50, 52], 14, [0, 100])).toEqual([-6, 6])
    expect(spreadOffsets([99, 98, 97], 14, [0, 100])).toEqual([1, -12, -25])
  })

  it('never lets two labels overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }), (places) => {
        const at = spreadOffsets(places, 14, [0, 300]).map((offset, index) => offset + (places[index] ?? 0))
        at.sort((a, b) => a - b)
        for (let i = 1; i < at.length; i++) expect((at[i] ?? 0) - (at[i - 1] ?? 0)).toBeGreaterThanOrEqual(12)
      }),
    )
  })
})

describe('niceCeil', () => {
  it('rounds up to what reads well', () => {
    expect([0, 0.7, 7, 11, 335, 24918, 2300].map(niceCeil)).toEqual([1, 0.8, 8, 15, 400, 25000, 2500])
  })
})
