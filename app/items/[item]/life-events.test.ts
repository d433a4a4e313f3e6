import { describe, expect, it } from 'vitest'
import { lifeLine } from '@/lib/charts/life-line'
import { rows, STAGES } from '@/lib/charts/testing/fixture'
import type { ValueStream } from '@/lib/model/value-stream'
import { lifeEvents, stageTotals } from './life-events'

const stream = { id: 's', name: 'S', stages: STAGES } as unknown as ValueStream
const columns = rows(
  ['kind', 'name', 'from_value', 'to_value', 'entered_at', 'left_at', 'seconds'],
  [
    ['stage', 'new', null, null, 0, 60_000, 60],
    ['change', 'goal', null, 'g', 0, null, null],
    ['blocked', 'blocked', 'false', 'true', 10_000, null, null],
    ['stage', 'work', null, null, 60_000, null, null],
    ['change', 'service_class', 'A', null, 61_000, null, null],
  ],
)

describe('lifeEvents', () => {
  it('says in words what happened', () => {
    const goals = [{ id: 'g', name: 'Grow', level: 'strategic' as const }]
    expect(lifeEvents(columns, stream, goals).map(({ what }) => what)).toEqual([
      'Entered New',
      'Goal: Grow',
      'Blocked',
      'Entered In work',
      'Service class: from A to none',
    ])
  })
})

describe('stageTotals', () => {
  it('adds up visits, an open one up to the end of what is known', () => {
    const totals = stageTotals(lifeLine(columns, 120_000), stream)
    expect(totals.map(({ name, seconds, visits }) => [name, seconds, visits])).toEqual([
      ['New', 60, 1],
      ['In work', 60, 1],
    ])
  })
})
