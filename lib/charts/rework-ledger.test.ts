import { describe, expect, it } from 'vitest'
import { reworkLoops, reworkVerdict } from './rework-ledger'
import { LIGHT_CONTEXT, rows, STAGES } from './testing/fixture'

const NAMES = ['from_stage', 'to_stage', 'move_count', 'item_count', 'days_lost', 'open_count']
const { format } = LIGHT_CONTEXT

describe('rework ledger', () => {
  const loops = reworkLoops(
    rows(NAMES, [
      ['work', 'new', 3, 2, 3, 0],
      ['done', 'work', 1, 1, 9, 1],
    ]),
    STAGES,
  )

  it('puts the dearest loop first', () => {
    expect(loops.map(({ fromName, toName, moves, items, days, open }) => [fromName, toName, moves, items, days, open])).toEqual([
      ['Done', 'In work', 1, 1, 9, 1],
      ['In work', 'New', 3, 2, 3, 0],
    ])
  })

  it('says what it cost, where most of it is, and what still lasts', () => {
    expect(reworkVerdict(loops, format)).toBe(
      '4 moves back cost 12 days in all. The costliest loop, with 75 % of the days, is Done back to In work: 9 days a move. 1 move is not made good yet.',
    )
  })

  it('keeps the id of a stage that has no name, and says nothing of nothing', () => {
    expect(reworkLoops(rows(NAMES, [['gone', 'new', 1, 1, 1, 0]]), STAGES)[0]?.fromName).toBe('gone')
    expect(reworkVerdict([], format)).toBeUndefined()
  })
})
