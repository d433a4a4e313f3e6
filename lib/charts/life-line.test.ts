import { describe, expect, it } from 'vitest'
import { lifeLine, placeOf } from './life-line'
import { rows } from './testing/fixture'

const NAMES = ['kind', 'name', 'from_value', 'to_value', 'entered_at', 'left_at']

describe('lifeLine', () => {
  const life = lifeLine(
    rows(NAMES, [
      ['stage', 'new', null, null, 100, 200],
      ['change', 'team', null, 'A', 100, null],
      ['stage', 'work', null, null, 200, null],
      ['blocked', 'blocked', null, null, 250, 320],
      ['change', 'team', 'A', 'B', 300, null],
      ['blocked', 'blocked', null, null, 350, null],
    ]),
    500,
  )

  it('runs an unfinished stay to the last known instant', () => {
    expect([life.start, life.end]).toEqual([100, 500])
    expect(life.stages).toEqual([
      { lane: 'new', name: 'new', start: 100, end: 200, lasts: false },
      { lane: 'work', name: 'work', start: 200, end: 500, lasts: true },
    ])
  })

  it('shows blocked spells, an open one lasts', () => {
    expect(life.blocked.map(({ start, end, lasts }) => [start, end, lasts])).toEqual([
      [250, 320, false],
      [350, 500, true],
    ])
  })

  it('puts teams one after the other', () => {
    expect(life.teams.map(({ name, start, end }) => [name, start, end])).toEqual([
      ['A', 100, 300],
      ['B', 300, 500],
    ])
  })

  it('places segments in % of the life', () => {
    expect(placeOf({ start: 200, end: 500 }, life)).toEqual({ left: 25, width: 75 })
  })
})
