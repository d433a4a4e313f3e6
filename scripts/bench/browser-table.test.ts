import { expect, it } from 'vitest'
import { browserTable } from './browser-table'

it('says what was in scope, how long a chart took and how many frames a gesture had', () => {
  const spread = (median: number) => ({ median, low: median - 1, high: median + 1, runs: 5 })
  const text = browserTable({
    items: 1_000_000,
    stream: 'web-shop',
    scope: '200,000 items',
    drawn: [{ chart: 'cumulative-flow', afterAnswer: spread(260), afterStart: spread(742) }],
    gestures: [{ gesture: 'pointer over cumulative-flow', frames: { perSecond: 59.52, longestMs: 33.3 } }],
  })
  expect(text).toContain('browser, 1,000,000 items, flow of web-shop: 200,000 items')
  expect(text).toMatch(/cumulative-flow +260 +259–261 +742 +741–743 +5/)
  expect(text).toMatch(/pointer over cumulative-flow +59\.5 +33\.3/)
})
