import { describe, expect, it } from 'vitest'
import { blockedBars, blockedReasons, blockedVerdict } from './blocked-work'
import { LIGHT_CONTEXT, rows, seriesOf, tipText } from './testing/fixture'

const NAMES = ['period_on', 'reason', 'episode_count', 'blocked_days', 'open_count']
const { format } = LIGHT_CONTEXT

describe('blocked work', () => {
  const reasons = blockedReasons(
    rows(NAMES, [
      ['2026-01-01', 'Supplier', 2, 6, 0],
      ['2026-02-01', 'Supplier', 1, 3, 1],
      ['2026-02-01', null, 4, 2, 0],
      ['2026-02-01', 'Data', 1, 9.5, 0],
    ]),
  )

  it('adds periods up by reason, the longest first', () => {
    expect(reasons.map(({ name, spells, days, open }) => [name, spells, days, open])).toEqual([
      ['Data', 1, 9.5, 0],
      ['Supplier', 3, 9, 1],
      ['No reason given', 4, 2, 0],
    ])
  })

  it('draws bars from zero and keeps what has no reason grey', () => {
    const option = blockedBars(reasons, LIGHT_CONTEXT)
    expect(option.xAxis).toMatchObject({ min: 0 })
    const data = seriesOf(option).get('blocked')?.data as { value: number; itemStyle: { color: string } }[]
    expect(data.map(({ value }) => value)).toEqual([9.5, 9, 2])
    expect(data[2]?.itemStyle.color).not.toBe(data[0]?.itemStyle.color)
    expect(tipText(option, [{ dataIndex: 1 }])).toContain('Mean 3 days')
  })

  it('says the time, the main reason and what lasts', () => {
    expect(blockedVerdict(reasons, format)).toBe(
      'Items stood blocked for 21 days in 8 spells, 2.6 days each on average. “Data” took 46 % of it. 1 spell still lasts.',
    )
    expect(blockedVerdict([], format)).toBeUndefined()
  })

  it('says so when there are no reasons', () => {
    expect(blockedVerdict(blockedReasons(rows(NAMES, [['2026-01-01', null, 2, 6, 0]])), format)).toContain('No reasons are known')
  })
})
