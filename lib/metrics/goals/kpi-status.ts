import type { Kpi, KpiStatus } from '../../model/kpi'
import { fitTrend, type Trend } from '../../stats/trend'
import { type DayNumber, formatDay, parseDay } from '../../time/day'

export interface KpiPoint {
  readonly day: DayNumber
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number | null
  /** Cut off by the window: shown, but not judged by. */
  readonly partial: boolean
  /** Whether the items are enough for the value to mean something. */
  readonly enough: boolean
}

/** Straight line from the baseline to the target at the due date. */
export interface TargetPath {
  readonly fromDay: DayNumber
  readonly toDay: DayNumber
  readonly baseline: number
  readonly target: number
}

/** The trend looks at so many of the latest points, and needs at least so many. */
const LATEST_POINTS = 12
const FEWEST_POINTS = 6

/** The path of a KPI; without a due date or a baseline there is none. */
export function pathOf(kpi: Kpi, due: DayNumber | undefined, points: readonly KpiPoint[]): TargetPath | undefined {
  const first = points[0]
  if (due === undefined || kpi.baseline === undefined || !first || first.day >= due) return undefined
  return { fromDay: first.day, toDay: due, baseline: kpi.baseline, target: kpi.target }
}

/** The KPI's own due day, else its goal's. */
export function dueOf(kpi: Kpi, goalDue: string | undefined): DayNumber | undefined {
  return parseDay(kpi.due ?? goalDue ?? '')
}

/** Height of the path on a day: the baseline before it begins, the target after it ends. */
export function pathAt(path: TargetPath, day: DayNumber): number {
  const share = Math.min(1, Math.max(0, (day - path.fromDay) / (path.toDay - path.fromDay)))
  return path.baseline + share * (path.target - path.baseline)
}

interface Judgement {
  readonly status: KpiStatus
  readonly explanation: string
}

/** The trend that decided a status, with the first and the last day it looks at. */
export interface JudgedBy {
  readonly line: Trend
  readonly fromDay: DayNumber
  readonly toDay: DayNumber
}

/**
 * Status from the 95 % interval of a straight trend through the latest 12 whole points, at the latest of them: *met* when all
 * of it reaches the target; else *on track* when its middle is at least as good as the path, *at risk* when only the interval
 * reaches the path, *off track* when all of it is worse; *no evidence* below 6 points. After the due date: met or off track.
 */
export function judgeKpi(
  kpi: Kpi,
  path: TargetPath | undefined,
  points: readonly KpiPoint[],
  asOf: DayNumber,
): Judgement & { readonly by?: JudgedBy } {
  const usable = points.filter((point) => point.value !== null && point.enough && !point.partial).slice(-LATEST_POINTS)
  const [first, last] = [usable[0], usable.at(-1)]
  const trend = fitTrend(usable.map((point) => ({ x: point.day, y: point.value ?? 0 })))
  if (usable.length < FEWEST_POINTS || !first || !last || !trend) {
    return { status: 'no evidence', explanation: `Only ${count(usable.length)} with enough items: a trend needs ${FEWEST_POINTS}.` }
  }
  const by = { line: trend, fromDay: first.day, toDay: last.day }
  return { ...judgeTrend(kpi, path, by, asOf), by }
}

function judgeTrend(kpi: Kpi, path: TargetPath | undefined, { line, toDay }: JudgedBy, asOf: DayNumber): Judgement {
  const now = line.at(toDay)
  const shown = `The trend of the last ${count(line.n)} stands at ${show(now.value)} ${kpi.unit} (95 %: ${show(now.low)} … ${show(now.high)}) on ${formatDay(toDay)}`
  const reaches = (level: number) => ({
    middle: isGood(kpi, now.value, level),
    surely:
      kpi.direction === 'within'
        ? isGood(kpi, now.low, level) && isGood(kpi, now.high, level)
        : isGood(kpi, kpi.direction === 'lower' ? now.high : now.low, level),
    perhaps:
      kpi.direction === 'within' ? overlapsBand(kpi, now, level) : isGood(kpi, kpi.direction === 'lower' ? now.low : now.high, level),
  })
  const target = reaches(kpi.target)
  if (target.surely) return { status: 'met', explanation: `${shown}: all of it reaches the target of ${show(kpi.target)}.` }
  if (!path)
    return {
      status: target.perhaps ? 'at risk' : 'off track',
      explanation: `${shown}; the target is ${show(kpi.target)}. Without a baseline and a due date there is no path to hold it against.`,
    }
  if (asOf > path.toDay) {
    return {
      status: target.middle ? 'met' : 'off track',
      explanation: `${shown}; the target of ${show(kpi.target)} was due on ${formatDay(path.toDay)}.`,
    }
  }
  const level = pathAt(path, toDay)
  const onPath = kpi.direction === 'within' ? target : reaches(level)
  const held = `the path to ${show(kpi.target)} by ${formatDay(path.toDay)} asks for ${show(level)} by then`
  if (onPath.middle) return { status: 'on track', explanation: `${shown}; ${held}.` }
  if (onPath.perhaps) return { status: 'at risk', explanation: `${shown}; ${held}, which only the edge of the interval reaches.` }
  return { status: 'off track', explanation: `${shown}; ${held}, which all of it misses.` }
}

function isGood(kpi: Kpi, value: number, level: number): boolean {
  if (kpi.direction === 'higher') return value >= level
  if (kpi.direction === 'lower') return value <= level
  return Math.abs(value - level) <= (kpi.tolerance ?? 0)
}

function overlapsBand(kpi: Kpi, interval: { readonly low: number; readonly high: number }, level: number): boolean {
  const tolerance = kpi.tolerance ?? 0
  return interval.low <= level + tolerance && interval.high >= level - tolerance
}

function show(value: number): string {
  return Number(value.toPrecision(3)).toString()
}

function count(points: number): string {
  return points === 1 ? '1 point' : `${points} points`
}
