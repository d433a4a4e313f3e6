import { describe, expect, it } from 'vitest'
import type { Portfolio } from '@/lib/model/portfolio'
import { findPlaces, placesOf } from './places'

const portfolio = {
  streams: [
    { id: 'web-shop', name: 'Web shop' },
    { id: 'käse & co', name: 'Käse' },
  ],
  goals: [{ id: 'grow', name: 'Grow online sales', owner: 'Mara' }],
} as unknown as Portfolio
const places = placesOf(portfolio, [{ name: 'span-percentiles', title: 'Percentiles of the span' }], '?team=A')

describe('the palette', () => {
  it('leads to pages, streams with their tabs, goals and metrics, the scope along', () => {
    const hrefs = places.map(({ href }) => href)
    expect(hrefs).toContain('/sources?team=A')
    expect(hrefs).toContain('/streams/web-shop/map?team=A')
    expect(hrefs).toContain('/streams/k%C3%A4se%20%26%20co?team=A')
    expect(hrefs).toContain('/?team=A#goal-grow')
    expect(hrefs).toContain('/glossary#metric-span-percentiles')
    expect(new Set(places.map(({ id }) => id)).size).toBe(places.length)
  })

  it('finds by all words, in label, description or id, what begins with them first', () => {
    expect(findPlaces(places, 'shop map').map(({ label }) => label)).toEqual(['Web shop · Map'])
    expect(findPlaces(places, 'mara')[0]?.label).toBe('Grow online sales')
    expect(findPlaces(places, 'span-perc')[0]?.group).toBe('Metrics')
    expect(findPlaces(places, 'we')[0]?.label).toBe('Web shop')
    expect(findPlaces(places, 'nothing like it')).toEqual([])
  })

  it('offers pages and streams before anything is typed', () => {
    expect(new Set(findPlaces(places, '  ').map(({ group }) => group))).toEqual(new Set(['Pages', 'Value streams']))
  })
})
