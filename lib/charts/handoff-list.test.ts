import { describe, expect, it } from 'vitest'
import { handoffList, handoffVerdict } from './handoff-list'
import { LIGHT_CONTEXT, rows } from './testing/fixture'

const NAMES = ['from_team', 'to_team', 'move_count', 'wait_days']
const { format } = LIGHT_CONTEXT

describe('hand-offs', () => {
  const list = handoffList(
    rows(NAMES, [
      ['B', null, 10, 4.25],
      ['A', 'B', 30, 0],
      ['B', 'A', 10, null],
    ]),
  )

  it('puts the most frequent first and names the missing team', () => {
    expect(list.map(({ from, to, wait }) => [from, to, wait])).toEqual([
      ['A', 'B', 0],
      ['B', 'No team', 4.25],
      ['B', 'A', null],
    ])
  })

  it('says where most go and where items wait', () => {
    expect(handoffVerdict(list, format)).toBe(
      '50 hand-offs, 60 % from A to B. Items wait longest from B to No team: 4.3 days on average until they move on.',
    )
    expect(handoffVerdict(list.slice(0, 1), format)).toBe('30 hand-offs, all of them from A to B. Items move on at once after them.')
    expect(handoffVerdict([], format)).toBeUndefined()
  })
})
