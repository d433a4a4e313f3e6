import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { densitySteps, drawnEdge, stepOf } from './density'
import { chartTheme } from './theme'

const theme = chartTheme('light')

describe('the colours of cells', () => {
  it('are few steps that hold every count, each with a colour of its own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.nat(), (most, draw) => {
        const steps = densitySteps(most, theme)
        expect(steps.length).toBeLessThanOrEqual(7)
        expect(new Set(steps.map(({ color }) => color)).size).toBe(steps.length)
        expect([steps[0]?.from, steps.at(-1)?.to]).toEqual([1, undefined])
        const count = 1 + (draw % most)
        const step = stepOf(steps, count)
        expect(step && step.from <= count && count <= (step.to ?? most)).toBe(true)
      }),
    )
  })

  it('say more than one count from two items on', () => {
    expect(densitySteps(1, theme).map(({ from }) => from)).toEqual([1])
    expect(densitySteps(12, theme).map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [2, 4],
      [5, 9],
      [10, undefined],
    ])
  })
})

it('whole days are drawn around their place, elapsed time at it', () => {
  expect([drawnEdge(3, 'days'), drawnEdge(3, 'elapsed')]).toEqual([2.5, 3])
})
