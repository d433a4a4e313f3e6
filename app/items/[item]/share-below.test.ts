import { describe, expect, it } from 'vitest'
import { columnsOf } from '@/lib/model/columns'
import { shareBelow } from './share-below'

const histogram = (days: number[], counts: number[]) =>
  columnsOf({ days: { kind: 'number', values: days }, item_count: { kind: 'number', values: counts } })

describe('shareBelow', () => {
  it('counts those that took fewer days, not those that took as many', () => {
    expect(shareBelow(histogram([1, 3, 9], [2, 1, 1]), 3)).toEqual({ n: 4, share: 0.5 })
    expect(shareBelow(histogram([1, 3, 9], [2, 1, 1]), 1)).toEqual({ n: 4, share: 0 })
    expect(shareBelow(histogram([1, 3, 9], [2, 1, 1]), 100)).toEqual({ n: 4, share: 1 })
  })

  it('has no share without any item', () => {
    expect(shareBelow(histogram([], []), 3)).toEqual({ n: 0, share: undefined })
  })
})
