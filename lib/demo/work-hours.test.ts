import { describe, expect, it } from 'vitest'
import { publicHolidays } from './holidays'
import { plannedDay } from './planned-day'
import { WorkHours } from './work-hours'
import { ZoneDays } from './zone-days'

const HOUR = 3_600_000
const at = (text: string) => Date.parse(text)
const zone = (name: string) => new ZoneDays(name, plannedDay('2024-01-01'), plannedDay('2024-12-31'))
const berlin = new WorkHours(zone('Europe/Berlin'), { holidays: publicHolidays('germany', 2024, 2024), open: 9, close: 17 })
const newYork = new WorkHours(zone('America/New_York'), { holidays: publicHolidays('united-states', 2024, 2024), open: 9, close: 17 })

describe('WorkHours', () => {
  it('keeps local hours on both sides of the change of clocks', () => {
    expect(berlin.next(at('2024-03-28T20:00:00Z'))).toBe(at('2024-04-02T07:00:00Z'))
    expect(berlin.next(at('2024-03-27T20:00:00Z'))).toBe(at('2024-03-28T08:00:00Z'))
    expect(newYork.next(at('2024-03-08T23:00:00Z'))).toBe(at('2024-03-11T13:00:00Z'))
    expect(newYork.next(at('2024-03-08T10:00:00Z'))).toBe(at('2024-03-08T14:00:00Z'))
  })

  it('adds working time over nights, weekends and holidays', () => {
    expect(berlin.add(at('2024-04-30T14:00:00Z'), 2 * HOUR)).toBe(at('2024-05-02T08:00:00Z'))
    expect(berlin.add(at('2024-05-03T14:00:00Z'), 2 * HOUR)).toBe(at('2024-05-06T08:00:00Z'))
    expect(berlin.add(at('2024-06-01T12:00:00Z'), 8 * HOUR)).toBe(at('2024-06-03T15:00:00Z'))
    expect(berlin.add(at('2024-06-03T07:00:00Z'), 20 * HOUR)).toBe(at('2024-06-05T11:00:00Z'))
  })

  it('knows when people work', () => {
    expect(berlin.isOpen(at('2024-06-03T07:00:00Z'))).toBe(true)
    expect(berlin.isOpen(at('2024-06-03T15:00:00Z'))).toBe(false)
    expect(berlin.isOpen(at('2024-06-01T10:00:00Z'))).toBe(false)
    expect(newYork.isOpen(at('2024-07-04T15:00:00Z'))).toBe(false)
  })
})

describe('ZoneDays', () => {
  it('finds the local day of an instant', () => {
    const days = zone('America/New_York')
    expect(days.dayOf(at('2024-03-10T04:59:59Z'))).toBe(plannedDay('2024-03-09'))
    expect(days.dayOf(at('2024-03-10T05:00:00Z'))).toBe(plannedDay('2024-03-10'))
    expect(days.dayOf(at('2024-03-11T04:00:00Z'))).toBe(plannedDay('2024-03-11'))
    expect(days.dayOf(at('2024-11-04T04:59:59Z'))).toBe(plannedDay('2024-11-03'))
  })
})

describe('publicHolidays', () => {
  it('follows Easter in Germany and the weekday rules in the United States', () => {
    expect(publicHolidays('germany', 2025, 2025)).toEqual([
      '2025-01-01',
      '2025-04-18',
      '2025-04-21',
      '2025-05-01',
      '2025-05-29',
      '2025-06-09',
      '2025-10-03',
      '2025-12-25',
      '2025-12-26',
    ])
    expect(publicHolidays('united-states', 2024, 2024)).toEqual([
      '2024-01-01',
      '2024-01-15',
      '2024-02-19',
      '2024-05-27',
      '2024-06-19',
      '2024-07-04',
      '2024-09-02',
      '2024-10-14',
      '2024-11-11',
      '2024-11-28',
      '2024-11-29',
      '2024-12-25',
    ])
  })
})
