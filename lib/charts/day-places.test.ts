import { describe, expect, it } from 'vitest'
import { formatDay } from '../time/day'
import { dayPlaces } from './day-places'

const DAY = 86_400_000
const weeks = [20_000, 20_007, 20_014]

describe('dayPlaces', () => {
  it('knows the days of a time axis, as far as it reaches', () => {
    const places = dayPlaces({ xAxis: { type: 'time', min: 20_000 * DAY, max: 20_010 * DAY } })
    expect(places?.dayAt(20_003.4 * DAY)).toBe(20_003)
    expect(places?.placeOf(20_010)).toBe(20_010 * DAY)
    expect(places?.placeOf(20_011)).toBeUndefined()
    expect(places?.placeOf(19_999)).toBeUndefined()
  })

  it.each([
    ['dates', weeks.map(formatDay)],
    ['day numbers', weeks.map(String)],
  ])('finds the period that holds a day, called by %s', (_, data) => {
    const places = dayPlaces({ xAxis: { type: 'category', data } })
    expect(weeks.map((day) => places?.placeOf(day))).toEqual([0, 1, 2])
    expect(places?.placeOf(20_013)).toBe(1)
    expect(places?.placeOf(20_020)).toBe(2)
    expect(places?.placeOf(20_021)).toBeUndefined()
    expect(places?.placeOf(19_999)).toBeUndefined()
    for (const place of [0, 1, 2]) expect(places?.placeOf(places.dayAt(place) ?? 0)).toBe(place)
    expect(places?.dayAt(3)).toBeUndefined()
  })

  it('has nothing to do with stages, lengths or a single period', () => {
    expect(dayPlaces({ xAxis: { type: 'category', data: ['Backlog', 'Done'] } })).toBeUndefined()
    expect(dayPlaces({ xAxis: { type: 'value', min: 0, max: 30 } })).toBeUndefined()
    expect(dayPlaces({ xAxis: { type: 'category', data: ['2024-01-01'] } })).toBeUndefined()
    expect(dayPlaces({})).toBeUndefined()
  })
})
