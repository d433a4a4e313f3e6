/** Whether the name is a time zone this machine knows (IANA). */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** All IANA zone names that this machine lists, UTC first. */
export function timeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]
}

const MS_PER_DAY = 86_400_000

/** The instant at which a local day begins in a zone, milliseconds UTC; where the clock skips midnight, the first instant after it. */
export function dayStart(day: number, zone: string): number {
  const midnight = day * MS_PER_DAY
  const guess = midnight - offsetAt(midnight, zone)
  return midnight - offsetAt(guess, zone)
}

/** Local minus universal time at an instant, milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const format = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - Math.floor(instant / 1000) * 1000
}
