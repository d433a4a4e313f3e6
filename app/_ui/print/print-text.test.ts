import { describe, expect, it } from 'vitest'
import { formatOf } from '@/lib/charts/format'
import { readScope, scopeParams } from '@/lib/client/scope'
import type { Portfolio } from '@/lib/model/portfolio'
import { printedFilters, printedPage } from './print-text'

const portfolio = {
  name: 'Shop',
  streams: [{ id: 'web shop', name: 'Web shop' }],
  goals: [{ id: 'trust', name: 'Be trusted' }],
} as unknown as Portfolio

const shell = { portfolio, format: formatOf('en-GB'), lastDay: '2025-09-30' }
const filters = (path: string, search: string) =>
  printedFilters(scopeParams(readScope(new URLSearchParams(search))), printedPage(path, portfolio), shell)

describe('printedPage', () => {
  it.each([
    ['/', 'Portfolio'],
    ['/explore', 'Explore'],
    ['/streams/web%20shop', 'Web shop: Overview'],
    ['/streams/web%20shop/flow', 'Web shop: Flow'],
    ['/items/A%2F1', 'Item A/1'],
  ])('%s is %s', (path, name) => {
    expect(printedPage(path, portfolio).name).toBe(name)
  })
})

describe('printedFilters', () => {
  it('names every value and every choice, ids by their names', () => {
    expect(filters('/', 'team=A,B&goal=trust,(none)&span=cycle&rule=as_of&asOf=2025-06-30')).toBe(
      'Filters: Goal Be trusted, None · Team A, B · Whole history · as of 30 Jun 2025 · span cycle · rule as of',
    )
  })

  it('says so when there are none, with the day that figures are of', () => {
    expect(filters('/', '')).toBe('No filters: all streams · Whole history · as of 30 Sept 2025')
  })

  it('names the stream that the page itself is of', () => {
    expect(filters('/streams/web%20shop', 'stream=other&from=2025-01-01&to=2025-02-01')).toBe(
      'Filters: Stream Web shop · 1 Jan 2025 – 31 Jan 2025 · as of 30 Sept 2025',
    )
  })

  it('claims no filter where none acts', () => {
    expect(filters('/sources', 'team=A')).toBe('This page is the same under any filter.')
  })
})
