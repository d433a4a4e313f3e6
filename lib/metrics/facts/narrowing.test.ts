import { expect, it } from 'vitest'
import { type Counted, narrowed, type Sought } from './narrowing'

const sought = (rank: number, places: readonly number[]): Sought => ({ key: 'test', percentile: 50, rank, places, length: 0 })
const part = (within: number, place: number, length: number, count: number): Counted => ({ within, place, length, count })

it('finds the parts of equal length among which a rank lies, whichever place they are of', () => {
  const parts = [part(1, 11, 5, 2), part(1, 12, 9, 4), part(2, 21, 5, 1), part(2, 22, 9, 3), part(3, 31, 1, 100)]
  expect(narrowed([sought(3, [1, 2])], parts)).toEqual([{ ...sought(3, [11, 21]), length: 5 }])
  expect(narrowed([sought(4, [1, 2])], parts)).toEqual([{ ...sought(1, [12, 22]), length: 9 }])
  expect(narrowed([sought(10, [1, 2])], parts)).toEqual([{ ...sought(7, [12, 22]), length: 9 }])
})

it('leaves out what is not there', () => {
  expect(narrowed([sought(1, [7])], [part(1, 11, 5, 2)])).toEqual([])
  expect(narrowed([sought(3, [1])], [part(1, 11, 5, 2)])).toEqual([])
})
