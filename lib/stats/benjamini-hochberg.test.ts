import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from './benjamini-hochberg'

describe('benjaminiHochberg', () => {
  it("finds the four discoveries of the original paper's example", () => {
    const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
    expect(benjaminiHochberg(p).filter(Boolean)).toHaveLength(4)
  })

  it('keeps the order given and finds nothing among nothing', () => {
    expect(benjaminiHochberg([0.9, 0.001])).toEqual([false, true])
    expect(benjaminiHochberg([])).toEqual([])
  })
})
