import { describe, expect, it } from 'vitest'
import { costChart, slugOf } from './chart'
import type { SizeResult } from './size'

const size = (items: number, ms: number): SizeResult => ({
  items,
  changes: 0,
  madeIn: {},
  rivals: [],
  missing: [],
  views: [
    {
      view: 'wip · portfolio',
      metric: 'wip',
      params: {},
      results: [{ name: 'A & B', spread: { median: ms, low: ms, high: ms, runs: 3 } }],
    },
  ],
})

describe('costChart', () => {
  it('names view, unit and contenders', () => {
    const svg = costChart('wip · portfolio', [size(1_000_000, 50), size(100_000, 5)]) ?? ''
    for (const text of ['wip · portfolio', '100 ms', '1,000,000', 'A &amp; B']) expect(svg).toContain(text)
  })

  it('is logarithmic: ten times the items and ten times the time lie in opposite corners', () => {
    const svg = costChart('wip · portfolio', [size(100_000, 10), size(1_000_000, 100)]) ?? ''
    expect(svg).toContain('points="76.0,370.0 772.0,76.0"')
  })

  it('is none where nobody was timed', () => {
    expect(costChart('throughput', [size(1, 1)])).toBeUndefined()
  })
})

describe('slugOf', () => {
  it('is a plain file name', () => {
    expect(slugOf('items page, oldest in progress · stream')).toBe('items-page-oldest-in-progress-stream')
  })
})
