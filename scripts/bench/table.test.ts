import { describe, expect, it } from 'vitest'
import { OURS, SCAN } from './names'
import { conversionRatio, sizeTable } from './table'

const took = (name: string, median: number) => ({ name, firstMs: 31, rows: 5, spread: { median, low: median, high: median, runs: 3 } })

describe('sizeTable', () => {
  const table = sizeTable({
    items: 100_000,
    changes: 900_000,
    madeIn: {},
    rivals: [{ name: 'SQLite', about: 'SQLite 3' }],
    missing: [{ name: 'PostgreSQL', why: 'not installed' }],
    views: [
      { view: 'wip', metric: 'wip', params: {}, results: [took(OURS, 10), took('SQLite', 2), took(SCAN, 40)] },
      { view: 'map', metric: 'map', params: {}, results: [took(OURS, 10), { name: 'SQLite', refused: 'answers 1 rows instead of 5' }] },
    ],
  })

  it('shows times as multiples of ours, of the scan our share, and who wins', () => {
    expect(table).toMatch(/wip +5 +10\.0 +10\.0–10\.0 +31\.0 +40\.0 \(ours 0\.25 ×\) +2\.00 \(0\.20 ×\) +SQLite wins, 5\.00 × quicker/)
  })

  it('says who was refused and who is missing', () => {
    expect(table).toContain('not timed: SQLite, map: answers 1 rows instead of 5')
    expect(table).toContain('missing: PostgreSQL: not installed')
  })
})

describe('conversionRatio', () => {
  it('says nothing where noise is larger than the difference', () => {
    expect(conversionRatio(30, 2)).toBe('15.0 ×')
    expect(conversionRatio(30, -0.1)).toBe('too small to tell')
  })
})
