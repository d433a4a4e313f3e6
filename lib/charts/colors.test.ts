import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mix, ramp, sliceColors, stageColors, typeColors } from './colors'
import { paletteOf } from './palette'
import { luminance } from './testing/contrast'

const palette = paletteOf('light')

describe('stageColors', () => {
  it('steps through the hue of each kind in the order of the flow', () => {
    const colors = stageColors(
      [
        { id: 'new', kind: 'queue' },
        { id: 'work', kind: 'active' },
        { id: 'wait', kind: 'queue' },
        { id: 'done', kind: 'done' },
      ],
      palette,
    )
    expect([...colors.entries()].sort()).toEqual([
      ['done', palette.stages.done[0]],
      ['new', palette.stages.queue[0]],
      ['wait', palette.stages.queue[1]],
      ['work', palette.stages.active[0]],
    ])
  })

  it('gives every stage its own colour, light to dark, for any number of stages', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (count) => {
        const steps = ramp(palette.stages.queue, count)
        expect(new Set(steps).size).toBe(count)
        for (let i = 1; i < count; i++) expect(luminance(steps[i] ?? '')).toBeLessThan(luminance(steps[i - 1] ?? ''))
      }),
    )
  })
})

describe('sliceColors', () => {
  it('keeps the order and greys what comes after the tenth', () => {
    const names = Array.from({ length: 12 }, (_, i) => `team ${i}`)
    const colors = sliceColors(names, palette)
    expect(colors.get('team 0')).toBe(palette.slices[0])
    expect(colors.get('team 11')).toBe(palette.rest)
  })
})

describe('typeColors', () => {
  it('fixes the flow types whatever else there is', () => {
    const colors = typeColors(['Chore', 'defect', 'feature'], palette)
    expect(colors.get('defect')).toBe(palette.types.defect)
    expect(colors.get('Chore')).toBe(palette.otherTypes[0])
  })
})

describe('mix', () => {
  it('takes the weight of the first', () => {
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080')
    expect(mix('#123456', '#ffffff', 1)).toBe('#123456')
  })
})
