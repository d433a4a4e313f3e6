import { describe, expect, it } from 'vitest'
import { stageTimeBars, stageTimesOf } from './stage-times'
import { LIGHT_CONTEXT, rows, seriesOf, tipText } from './testing/fixture'

const NAMES = ['stage_id', 'n', 'p50_days', 'p85_days', 'total_days', 'share_ratio', 'skipped_count']
const STAGES = [
  { id: 'ready', name: 'Ready', kind: 'queue' as const, states: [], waiting: [] },
  { id: 'work', name: 'Work', kind: 'active' as const, states: [], waiting: [] },
]

describe('time in stages', () => {
  const times = stageTimesOf(
    rows(NAMES, [
      ['ready', 4, 2, 6, 12, 0.75, 1],
      ['work', 5, 0.5, 1.25, 4, 0.25, 0],
      ['unmapped', 0, null, null, 0, null, 5],
    ]),
    new Map(STAGES.map(({ id, name }) => [id, name])),
  )

  it('names stages and takes no stay for none', () => {
    expect(times.map(({ name, items, half, most, skipped }) => [name, items, half, most, skipped])).toEqual([
      ['Ready', 4, 2, 6, 1],
      ['Work', 5, 0.5, 1.25, 0],
      ['unmapped', 0, 0, 0, 5],
    ])
  })

  it('lays the bar of half of the items over the one of 85 %, both from zero', () => {
    const option = stageTimeBars(times, STAGES, LIGHT_CONTEXT)
    expect(option.xAxis).toMatchObject({ min: 0 })
    const valuesOf = (id: string) => ((seriesOf(option).get(id)?.data ?? []) as { value: number }[]).map(({ value }) => value)
    expect([valuesOf('most'), valuesOf('half')]).toEqual([
      [6, 1.25, 0],
      [2, 0.5, 0],
    ])
    const text = tipText(option, [{ dataIndex: 0 }])
    for (const part of ['Ready', 'Half within 2', '85 % within 6', '75 %', '4 items']) expect(text).toContain(part)
  })
})
