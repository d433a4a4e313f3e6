import { type DayNumber, formatDay, isoWeekday } from '@/lib/time/day'

const GOLDEN_RATIO = 0.6180339887
const WEEKDAY_ARRIVALS = [1.14, 1.08, 1.02, 0.96, 0.8]

interface Season {
  /** Month and day, MM-DD, both inclusive. */
  readonly from: string
  readonly until: string
  readonly arrivals: number
  readonly people: number
}

const SEASONS: readonly Season[] = [
  { from: '12-20', until: '12-31', arrivals: 0.42, people: 0.45 },
  { from: '01-01', until: '01-06', arrivals: 0.55, people: 0.55 },
  { from: '07-15', until: '08-31', arrivals: 0.82, people: 0.83 },
]

/** Arrivals of a working day against an ordinary one. */
export function arrivalFactor(day: DayNumber): number {
  return (WEEKDAY_ARRIVALS[isoWeekday(day) - 1] ?? 0.8) * (seasonOf(day)?.arrivals ?? 1)
}

/** People at work of `count`: vacations spread so that the mean over days is right (golden-ratio dither). */
export function peopleOn(day: DayNumber, count: number): number {
  const present = count * (seasonOf(day)?.people ?? 1)
  const whole = Math.floor(present)
  const dither = (day * GOLDEN_RATIO) % 1
  return Math.max(1, dither < present - whole ? whole + 1 : whole)
}

const seasons = new Map<DayNumber, Season | undefined>()

function seasonOf(day: DayNumber): Season | undefined {
  if (!seasons.has(day)) seasons.set(day, findSeason(day))
  return seasons.get(day)
}

function findSeason(day: DayNumber): Season | undefined {
  const rest = formatDay(day).slice(5)
  return SEASONS.find((season) => season.from <= rest && rest <= season.until)
}
