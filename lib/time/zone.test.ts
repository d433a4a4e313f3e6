import { describe, expect, it } from 'vitest'
import { parseDay } from './day'
import { dayStart } from './zone'

const startOf = (day: string, zone: string) => new Date(dayStart(parseDay(day) ?? 0, zone)).toISOString()

describe('dayStart', () => {
  it.each([
    ['2024-03-25', 'UTC', '2024-03-25T00:00:00.000Z'],
    ['2024-03-31', 'Europe/Zurich', '2024-03-30T23:00:00.000Z'],
    ['2024-04-01', 'Europe/Zurich', '2024-03-31T22:00:00.000Z'],
    ['2024-10-27', 'Europe/Zurich', '2024-10-26T22:00:00.000Z'],
    ['2024-10-28', 'Europe/Zurich', '2024-10-27T23:00:00.000Z'],
    ['2024-03-10', 'America/New_York', '2024-03-10T05:00:00.000Z'],
    ['2024-03-11', 'America/New_York', '2024-03-11T04:00:00.000Z'],
    ['2024-01-01', 'Asia/Kolkata', '2023-12-31T18:30:00.000Z'],
    ['2024-01-01', 'Pacific/Auckland', '2023-12-31T11:00:00.000Z'],
  ])('%s in %s', (day, zone, instant) => {
    expect(startOf(day, zone)).toBe(instant)
  })
})
