const MS_PER_DAY = 86_400_000
/** Clocks change at full quarters of an hour. */
const QUARTER = 900_000

/** Tells the local calendar day of an instant by the clock of the platform, not of the engine: days since 1970-01-01. */
export function localDays(zone: string): (at: number) => number {
  const offsetAt = offsets(zone)
  const quarters = new Map<number, number>()
  return (at) => {
    const begin = Math.floor(at / MS_PER_DAY) * MS_PER_DAY
    const early = offsetAt(begin)
    if (early === offsetAt(begin + MS_PER_DAY)) return Math.floor((at + early) / MS_PER_DAY)
    const quarter = Math.floor(at / QUARTER) * QUARTER
    const offset = quarters.get(quarter) ?? offsetAt(quarter)
    quarters.set(quarter, offset)
    return Math.floor((at + offset) / MS_PER_DAY)
  }
}

/** Local time minus UTC in milliseconds. */
function offsets(zone: string): (at: number) => number {
  const numbers = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', hourCycle: 'h23', ...numbers })
  const known = new Map<number, number>()
  return (at) => {
    const offset = known.get(at)
    if (offset !== undefined) return offset
    const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const of = (name: keyof typeof numbers) => part.get(name) ?? 0
    const found = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - at
    known.set(at, found)
    return found
  }
}
