import { describe, expect, it } from 'vitest'
import { freeSides } from './free-sides'

const dot = (x: number, y: number) => ({ x, y, radius: 4 })
const NONE_TAKEN: Omit<Parameters<typeof freeSides>[1], 'dots'> = { width: 300, taken: [] }

function sidesOf(dots: readonly ReturnType<typeof dot>[], names: readonly (readonly [number, string])[], around = NONE_TAKEN) {
  return [...freeSides(new Map(names), { dots, ...around })]
}

describe('names of dots', () => {
  it('stand to the right, to the left at the right edge, above between two neighbours', () => {
    expect(sidesOf([dot(20, 50)], [[0, 'K-1']])).toEqual([[0, 'right']])
    expect(sidesOf([dot(290, 50)], [[0, 'K-1']])).toEqual([[0, 'left']])
    expect(sidesOf([dot(130, 50), dot(150, 52), dot(170, 48)], [[1, 'K-1']])).toEqual([[1, 'top']])
  })

  it('cover no dot: what has no place has no name', () => {
    expect(sidesOf([dot(130, 50), dot(150, 50), dot(170, 50), dot(150, 36)], [[1, 'K-1']])).toEqual([])
  })

  it('do not cover each other: the first keeps its place', () => {
    const [above, below] = [dot(20, 50), dot(20, 60)]
    expect(
      sidesOf(
        [above, below],
        [
          [0, 'K-1'],
          [1, 'K-2'],
        ],
      ),
    ).toEqual([[0, 'right']])
    expect(
      sidesOf(
        [above, dot(20, 70)],
        [
          [0, 'K-1'],
          [1, 'K-2'],
        ],
      ),
    ).toEqual([
      [0, 'right'],
      [1, 'right'],
    ])
  })

  it('leave alone what is taken, and nothing is named without a name', () => {
    const taken = [{ left: 0, right: 300, top: 40, bottom: 60 }]
    expect(sidesOf([dot(20, 50)], [[0, 'K-1']], { width: 300, taken })).toEqual([])
    expect(sidesOf([dot(20, 50)], [[0, '']])).toEqual([])
  })
})
