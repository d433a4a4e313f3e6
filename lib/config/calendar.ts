import type { WorkCalendar } from '@/lib/model/value-stream'
import type { FaultList, Path } from './fault-list'
import { check } from './issues'
import { calendarInput } from './schema'

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const FULL_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const SATURDAY_AND_SUNDAY = [6, 7]

/** Weekend as ISO weekdays in order; default: Saturday and Sunday, no holidays. */
export function readCalendar(faults: FaultList, value: unknown, path: Path): WorkCalendar {
  const input = value === undefined ? {} : check(faults, { value, schema: calendarInput, path })
  const weekend = new Set<number>()
  for (const [index, name] of (input?.weekend ?? []).entries()) {
    const day = isoWeekday(name)
    if (day === undefined) faults.add([...path, 'weekend', index], 'is no day of the week', { value: name, names: WEEKDAYS })
    else weekend.add(day)
  }
  if (weekend.size === WEEKDAYS.length) faults.add([...path, 'weekend'], 'leaves no working day in the week')
  return {
    weekend: input?.weekend ? [...weekend].sort() : SATURDAY_AND_SUNDAY,
    holidays: [...new Set(input?.holidays ?? [])].sort(),
  }
}

/** ISO weekday of `sat`, `Saturday` or `6`. */
function isoWeekday(name: string): number | undefined {
  const lower = name.trim().toLowerCase()
  const index = Math.max(WEEKDAYS.indexOf(lower), FULL_NAMES.indexOf(lower))
  if (index >= 0) return index + 1
  return /^[1-7]$/.test(lower) ? Number(lower) : undefined
}
