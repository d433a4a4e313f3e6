import { describe, expect, it } from 'vitest'
import { rows } from '@/lib/charts/testing/fixture'
import type { Goal } from '@/lib/model/goal'
import { formatDay } from '@/lib/time/day'
import { servedBy } from './goal-flow-figures'

const goals: Goal[] = [
  { id: 'a', name: 'A', level: 'strategic' },
  { id: 'b', name: 'B', level: 'intermediate', parent: 'a' },
]
const answers = {
  throughput: rows(
    ['period_on', 'item_count', 'group'],
    [
      ['2025-01-01', 2, 'a'],
      ['2025-01-01', 3, 'b'],
      ['2026-01-01', 5, 'b'],
      ['2026-01-01', 10, '(none)'],
    ],
  ),
  wip: rows(
    ['day_on', 'item_count', 'group'],
    [
      ['2025-12-31', 9, 'b'],
      ['2026-03-31', 1, 'a'],
      ['2026-03-31', 4, 'b'],
    ],
  ),
}

describe('servedBy', () => {
  it('counts work for a goal with that of the goals below it', () => {
    const served = servedBy(answers, goals, undefined)
    expect(served.of('a')).toEqual({ goals: ['a', 'b'], finished: 10, wip: 5 })
    expect(served.of('b')).toEqual({ goals: ['b'], finished: 8, wip: 4 })
    expect([served.finished, served.aligned, formatDay(served.lastDay)]).toEqual([20, 10, '2026-03-31'])
  })

  it('leaves out goals that the scope filters out', () => {
    expect(servedBy(answers, goals, ['b']).of('a').goals).toEqual(['b'])
    expect(servedBy(answers, goals, ['a']).of('a').goals).toEqual(['a', 'b'])
  })
})
