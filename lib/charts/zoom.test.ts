import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MS_PER_DAY } from './base'
import { readZoom, zoomBy, zoomText, zoomTo } from './zoom'

const whole = { from: 20_000, to: 20_400 }
const at = (day: number) => day * MS_PER_DAY

describe('zoom', () => {
  it('takes the whole days and lengths that were drawn over', () => {
    const area = { x: [at(20_010.2), at(20_012.7)], y: [2.6, 5.4] } as const
    expect(zoomTo(area, whole, 'days')).toEqual({ from: 20_010, to: 20_013, lengthFrom: 3, lengthTo: 6 })
    expect(zoomTo(area, whole, 'elapsed')).toEqual({ from: 20_010, to: 20_013, lengthFrom: 2.6, lengthTo: 5.4 })
  })

  it('keeps what a flat or an upright drag does not speak of', () => {
    const shown = { ...whole, lengthFrom: 2, lengthTo: 9 }
    expect(zoomTo({ x: [at(20_001), at(20_001.5)] }, shown, 'days')).toEqual({ from: 20_001, to: 20_002, lengthFrom: 2, lengthTo: 9 })
    expect(zoomTo({ y: [-3, 0.2] }, whole, 'days')).toEqual({ ...whole, lengthFrom: 1, lengthTo: 2 })
  })

  it('is never empty and never outside, by mouse or by keys', () => {
    const day = fc.integer({ min: 19_900, max: 20_500 })
    fc.assert(
      fc.property(day, day, fc.constantFrom(1 as const, -1 as const), (a, b, step) => {
        const near = zoomTo({ x: [at(Math.min(a, b)), at(Math.max(a, b))] }, whole, 'days')
        for (const zoom of [near, zoomBy(step, near, whole) ?? whole]) {
          expect(whole.from <= zoom.from && zoom.from < zoom.to && zoom.to <= whole.to).toBe(true)
        }
      }),
    )
    expect(zoomBy(-1, whole, whole)).toBeUndefined()
    expect(zoomBy(1, whole, whole)).toEqual({ from: 20_100, to: 20_300 })
  })

  it('is read from an address as it was written, and ignored when it says nothing', () => {
    const zoom = { from: 20_010, to: 20_013, lengthFrom: 3, lengthTo: 6 }
    expect(readZoom(zoomText(zoom), whole)).toEqual(zoom)
    expect(readZoom(zoomText({ from: 20_010, to: 20_013 }), whole)).toEqual({ from: 20_010, to: 20_013 })
    for (const text of ['', 'x_y', '2024-10-13_2024-10-13', '2020-01-01_2020-02-01']) expect(readZoom(text, whole)).toBeUndefined()
  })
})
