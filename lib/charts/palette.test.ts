import { describe, expect, it } from 'vitest'
import { type ColorScheme, type Palette, paletteOf } from './palette'
import { type ColorVision, colorDistance, contrast } from './testing/contrast'

const SCHEMES: ColorScheme[] = ['light', 'dark']
const VISIONS: ColorVision[] = ['normal', 'deuteranopia', 'protanopia', 'tritanopia']

function marks(p: Palette): string[] {
  const stages = Object.values(p.stages).flat()
  return [...stages, ...Object.values(p.types), ...p.otherTypes, ...p.slices, p.rest, p.better, p.worse, p.noise, p.faint, p.accent]
}

describe.each(SCHEMES)('%s palette', (scheme) => {
  const palette = paletteOf(scheme)

  it('has text of at least 4.5 : 1 on every ground', () => {
    for (const ground of [palette.page, palette.surface, palette.raised]) {
      for (const text of [palette.text, palette.textDim, palette.accent, palette.better, palette.worse]) {
        expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
    expect(contrast(palette.onAccent, palette.accent)).toBeGreaterThanOrEqual(4.5)
  })

  it('has marks of at least 3 : 1 on the panel', () => {
    for (const mark of marks(palette)) expect(contrast(mark, palette.surface), mark).toBeGreaterThanOrEqual(3)
  })

  it.each(VISIONS)('keeps the signals apart with %s', (vision) => {
    expect(colorDistance(palette.better, palette.worse, vision)).toBeGreaterThan(12)
    expect(colorDistance(palette.better, palette.noise, vision)).toBeGreaterThan(6)
    expect(colorDistance(palette.worse, palette.noise, vision)).toBeGreaterThan(6)
  })

  it.each(VISIONS)('keeps the steps of one stage kind apart with %s', (vision) => {
    for (const steps of Object.values(palette.stages)) {
      for (let i = 1; i < steps.length; i++) {
        expect(colorDistance(steps[i - 1] ?? '', steps[i] ?? '', vision), `${steps[i - 1]} ${steps[i]}`).toBeGreaterThan(6)
      }
    }
  })

  it.each(VISIONS)('keeps the greys of other types apart with %s', (vision) => {
    palette.otherTypes.forEach((grey, index) => {
      for (const other of palette.otherTypes.slice(index + 1)) expect(colorDistance(grey, other, vision)).toBeGreaterThan(14)
    })
  })

  it('has ten slice colours that lines can be told apart by', () => {
    expect(palette.slices).toHaveLength(10)
    palette.slices.forEach((slice, index) => {
      for (const other of palette.slices.slice(index + 1))
        expect(colorDistance(slice, other, 'normal'), `${slice} ${other}`).toBeGreaterThan(6.4)
    })
  })
})

describe('contrast', () => {
  it('is 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#0072b2', '#0072b2')).toBe(1)
  })
})
