import { describe, expect, it } from 'vitest'
import { ageZoomBy, ageZoomText, ageZoomTo, readAgeZoom } from './age-zoom'

const WHOLE = { from: 1, to: 101 }

describe('a stretch of ages', () => {
  it('is what was drawn over, in whole days', () => {
    expect(ageZoomTo({ x: [0, 2], y: [3.6, 8.2] })).toEqual({ from: 4, to: 9 })
    expect(ageZoomTo({ y: [-2, 0.1] })).toEqual({ from: 1, to: 2 })
    expect(ageZoomTo({ x: [0, 2] })).toBeUndefined()
  })

  it('is halved towards the younger, and doubled until all are there', () => {
    expect(ageZoomBy(1, WHOLE, WHOLE)).toEqual({ from: 1, to: 51 })
    expect(ageZoomBy(1, { from: 5, to: 6 }, WHOLE)).toEqual({ from: 5, to: 6 })
    expect(ageZoomBy(-1, { from: 70, to: 90 }, WHOLE)).toEqual({ from: 61, to: 101 })
    expect(ageZoomBy(-1, { from: 1, to: 51 }, WHOLE)).toBeUndefined()
  })

  it('stands in an address', () => {
    expect(readAgeZoom(ageZoomText({ from: 20, to: 61 }))).toEqual({ from: 20, to: 61 })
    expect(readAgeZoom('0_3')).toEqual({ from: 1, to: 3 })
    for (const text of ['', '3', '5_5', '9_2', 'a_b', '1_2_3']) expect(readAgeZoom(text), text).toBeUndefined()
  })
})
