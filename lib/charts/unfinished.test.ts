import { describe, expect, it } from 'vitest'
import { LIGHT_CONTEXT, rows } from './testing/fixture'
import { searchRows, unfinishedVerdict } from './unfinished'

const { format } = LIGHT_CONTEXT
const columns = rows(
  ['key', 'title', 'type', 'team', 'age_days', 'miss_risk_ratio'],
  [
    ['A-1', 'Gift wrap', 'feature', 'Growth', 30, 1],
    ['A-2', 'Gift list', 'defect', null, 12, 0.7],
    ['B-3', 'Sign in', 'feature', 'Store', 2, 0.1],
  ],
)

describe('unfinished items', () => {
  it('are found by all words, in any field and case', () => {
    expect(searchRows(columns, 'gift')).toEqual([0, 1])
    expect(searchRows(columns, ' growth GIFT ')).toEqual([0])
    expect(searchRows(columns, 'b-3')).toEqual([2])
    expect(searchRows(columns, 'nothing')).toEqual([])
    expect(searchRows(columns, '')).toEqual([0, 1, 2])
  })

  it('are past the expectation, or likely to be', () => {
    expect(unfinishedVerdict(columns, format, { percentile: 85, days: 20 })).toBe(
      '1 of 3 items is past the expectation of 20 days; 1 more is likelier than not to miss it.',
    )
    expect(unfinishedVerdict(columns, format)).toContain('The oldest of 3 items is 30 days old.')
  })
})
