import { describe, expect, it } from 'vitest'
import { normalQuantile, studentQuantile } from './student-t'

describe('studentQuantile', () => {
  it.each([
    [0.975, 1, 12.7062],
    [0.975, 2, 4.30265],
    [0.975, 3, 3.18245],
    [0.975, 4, 2.77645],
    [0.975, 10, 2.22814],
    [0.975, 30, 2.04227],
    [0.975, 1000, 1.96234],
    [0.95, 5, 2.01505],
    [0.995, 8, 3.35539],
  ])('at %d with %d degrees is the tabled %d', (p, degrees, expected) => {
    expect(studentQuantile(p, degrees) / expected).toBeCloseTo(1, 3)
  })
})

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963985],
    [0.025, -1.959963985],
    [0.999, 3.090232306],
  ])('at %d is %d', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 7)
  })
})
