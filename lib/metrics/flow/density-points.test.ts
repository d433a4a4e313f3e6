import { describe, expect, it } from 'vitest'
import { fromRows, type Row, toRows } from '../../engine/columns'
import { shownPoints } from './density-points'

const KINDS = new Map([
  ['item_id', 'text'],
  ['stream_id', 'text'],
  ['finished_at', 'instant'],
  ['span_value', 'float'],
  ['is_selected', 'bool'],
] as const)

const reach = { isEach: false, from: 5, to: 6, before: 0, above: 4, least: 6, candidates: 4 }
const limit = { percentile: 5, above: 4 }

const found = fromRows(
  [
    ['b', 'shop', 20, 9, false],
    ['\u{1f600}', 'shop', 10, 7, false],
    ['\uff5e', 'shop', 10, 7, false],
    ['a', 'apps', 10, 7, false],
    ['short', 'shop', 5, 2, true],
    ['limit', 'shop', 4, 5, false],
  ].map(
    ([item_id, stream_id, finished_at, span_value, is_selected]) => ({ item_id, stream_id, finished_at, span_value, is_selected }) as Row,
  ),
  KINDS,
)

function shown(isEach: boolean, outliers: number): { ids: unknown[]; outlierCount: number } {
  const { points, outlierCount } = shownPoints(found, { ...reach, isEach }, limit, outliers)
  return { ids: toRows(points).map((row) => row.item_id), outlierCount }
}

describe('the items that come as points', () => {
  it('are all of them, by their finish and then by their names as the database sorts them', () => {
    expect(shown(true, 1)).toEqual({ ids: ['limit', 'short', 'a', '\uff5e', '\u{1f600}', 'b'], outlierCount: 4 })
  })

  it('are the longest above the percentile, equal ones by their names, and those asked for', () => {
    expect(shown(false, 3)).toEqual({ ids: ['short', 'a', '\uff5e', 'b'], outlierCount: 3 })
    expect(shown(false, 0)).toEqual({ ids: ['short'], outlierCount: 0 })
  })
})
