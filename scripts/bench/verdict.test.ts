import { describe, expect, it } from 'vitest'
import type { Result } from './contest'
import { OURS, SCAN } from './names'
import { closest, milliseconds, ratioTo, times, verdict } from './verdict'

const took = (name: string, median: number, low = median, high = median): Result => ({ name, spread: { median, low, high, runs: 5 } })

describe('verdict', () => {
  it('says who wins and by how much', () => {
    expect(verdict([took(OURS, 10), took('SQLite', 2.5), took('PostgreSQL', 300)])).toBe('SQLite wins, 4.00 × quicker')
  })

  it('says nobody where nobody was', () => {
    expect(verdict([took(OURS, 10), took('PostgreSQL', 300)])).toBe('nobody quicker')
  })

  it('says so where the middle halves touch', () => {
    expect(verdict([took(OURS, 10, 8, 12), took('SQLite', 8, 7, 11)])).toBe('SQLite wins, 1.25 × quicker (within the spread)')
  })

  it('does not count the bare scan, which answers nothing', () => {
    expect(verdict([took(OURS, 10), took(SCAN, 1)])).toBe('')
  })

  it('tells when ours was not timed', () => {
    expect(verdict([{ name: OURS, refused: 'no such metric' }, took('SQLite', 1)])).toBe('not timed: no such metric')
  })
})

describe('ratioTo', () => {
  it('is theirs in multiples of ours', () => {
    expect(ratioTo(took(OURS, 4), took('PostgreSQL', 100))).toBe(25)
    expect(ratioTo(took(OURS, 4), { name: 'PostgreSQL', refused: 'differs' })).toBeUndefined()
  })
})

describe('closest', () => {
  it('finds the view where each comes closest', () => {
    const views = [
      { view: 'flow', results: [took(OURS, 1), took('SQLite', 400)] },
      { view: 'page', results: [took(OURS, 10), took('SQLite', 1)] },
    ]
    expect(closest(views)).toEqual([{ name: 'SQLite', view: 'page', ratio: 0.1 }])
  })
})

describe('figures', () => {
  it('are written with about three digits', () => {
    expect([0.0123, 0.42, 3.21, 32.1, 321].map(times)).toEqual(['0.012 ×', '0.42 ×', '3.21 ×', '32.1 ×', '321 ×'])
    expect([0.5, 12.345, 1234.5].map(milliseconds)).toEqual(['0.50', '12.3', '1235'])
  })
})
