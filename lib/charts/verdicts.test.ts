import { describe, expect, it } from 'vitest'
import { formatOf, spell } from './format'
import { rows, STAGES } from './testing/fixture'
import { flowVerdict, spanVerdict, throughputVerdict, wipVerdict } from './verdicts'

const format = formatOf('en-GB')

describe('verdicts', () => {
  it('says how long finished items took, with n', () => {
    const percentiles = rows(
      ['percentile', 'value', 'n', 'enough'],
      [
        [50, 2, 24918, true],
        [85, 11, 24918, true],
      ],
    )
    expect(spanVerdict(percentiles, 'days', format, { percentile: 85, days: 10 })).toBe(
      '85 % of 24,918 items finished within 11 days, half within 2 days. The expectation is 85 % within 10 days.',
    )
  })

  it('gives no figure when there are too few', () => {
    const few = rows(['percentile', 'value', 'n', 'enough'], [[85, 3, 4, false]])
    expect(spanVerdict(few, 'days', format)).toBe('4 items finished: too few to say how long 85 % take.')
  })

  it('states rates and what is under way', () => {
    const columns = rows(
      ['day_on', 'stage_id', 'reached_count', 'behind_count'],
      [
        ['2026-03-02', 'new', 0, 0],
        ['2026-03-02', 'done', 0, 0],
        ['2026-03-12', 'new', 32, 0],
        ['2026-03-12', 'done', 20, 0],
      ],
    )
    expect(flowVerdict(columns, STAGES, format)).toBe(
      'On average 3.2 items a day arrived and 2 finished; 12 items were under way at the end.',
    )
    const slower = rows(
      ['day_on', 'stage_id', 'reached_count', 'behind_count'],
      [
        ['2026-03-02', 'new', 0, 0],
        ['2026-03-02', 'done', 0, 0],
        ['2026-06-10', 'new', 104, 0],
        ['2026-06-10', 'done', 0, 0],
      ],
    )
    expect(flowVerdict(slower, STAGES, format)).toContain('On average 1 item a day arrived')
  })

  it('leaves partial periods out of what is typical', () => {
    const columns = rows(
      ['period_on', 'item_count', 'partial'],
      [1, 4, 6, 8, 100].map((count, i) => [`2026-03-0${i + 1}`, count, count === 100]),
    )
    expect(throughputVerdict(columns, { grain: 'week', rate: 'finished' }, format)).toBe(
      'In a typical week 4 items finished; the middle half of weeks lies between 1 and 6.',
    )
  })

  it('tells WIP with its age, debt and limit', () => {
    const columns = rows(['day_on', 'item_count', 'total_age_days', 'flow_debt_days'], [['2016-05-31', 1180, 24780, 12]])
    expect(wipVerdict(columns, format, 800)).toBe(
      '1,180 items in progress on 31 May 2016, on average 21 days old; together 12 days past the SLE. That is 380 over the limit of 800.',
    )
  })
})

describe('spell', () => {
  it('names the two largest parts', () => {
    expect(spell(0)).toBe('0 min')
    expect(spell(30)).toBe('< 1 min')
    expect(spell(3 * 86400 + 4 * 3600)).toBe('3 d 4 h')
    expect(spell(5400)).toBe('1 h 30 min')
  })
})
