import type { Grain } from '@/lib/model/unit'
import { firstOfPeriod, parseLocalDay } from './days'
import type { OracleCell, OracleRow } from './history'
import { spanPercentiles } from './percentiles'
import { isCut, throughput } from './rates'
import { ownParams } from './variants'
import { wip } from './work'
import { type World, windowDays } from './world'

interface Point {
  readonly at: number
  readonly value: number | null
  readonly partial: boolean
}

type Own = Readonly<Record<string, string>>

interface Limits {
  readonly centre: number
  readonly upper: number
  /** Absent below the floor. */
  readonly lower: number | undefined
}

/** The points of a figure with natural process limits and what Wheeler's rules say of them (definitions §9). */
export function processBehaviour(world: World): OracleRow[] {
  const own = ownParams(world.question, 'process-behaviour')
  const grain = (own.grain as Grain | undefined) ?? world.question.grain ?? 'week'
  const asked = { ...world, question: { ...world.question, grain, groupBy: undefined } }
  const points = pointsOf(asked, own.metric ?? 'throughput', grain)
  const rebase = own.rebase === undefined ? undefined : parseLocalDay(own.rebase)
  if (rebase === undefined) return judged(points, own, false)
  const before = points.filter((point) => point.at < rebase)
  const after = points.filter((point) => point.at >= rebase)
  return [...judged(before, own, false), ...judged(after, own, true)]
}

function pointsOf(world: World, metric: string, grain: Grain): Point[] {
  const periods = [...new Set(windowDays(world).map((day) => firstOfPeriod(day, grain)))]
  const values = new Map<OracleCell | undefined, OracleCell | undefined>()
  if (metric === 'throughput') for (const row of throughput(world)) values.set(row.period_on, row.item_count)
  if (metric === 'wip') {
    for (const period of periods) values.set(period, 0)
    for (const row of wip(world)) values.set(firstOfPeriod(Number(row.day_on), grain), row.item_count)
  }
  if (metric === 'span-percentiles') {
    const percentiles = world.question.percentiles.slice(0, 1)
    for (const row of spanPercentiles({ ...world, question: { ...world.question, percentiles } })) values.set(row.period_on, row.value)
  }
  return periods.filter((at) => values.has(at)).map((at) => ({ at, value: numberOf(values.get(at)), partial: isCut(world, at, grain) }))
}

function numberOf(cell: OracleCell | undefined): number | null {
  return cell === null || cell === undefined ? null : Number(cell)
}

function judged(points: readonly Point[], own: Own, rebased: boolean): OracleRow[] {
  const isLn = own.scale === 'ln'
  const usable = points.filter((point) => point.value !== null && !point.partial && (!isLn || point.value > 0))
  const scaled = (point: Point) => (isLn ? Math.log(point.value ?? 0) : (point.value ?? 0))
  const baseline = baselineOf(usable, own, rebased)
  const limits = baseline.length >= 6 ? limitsOf(baseline.map(scaled), own.centre === 'median', isLn ? undefined : 0) : undefined
  const back = (value: number | undefined) => (value === undefined ? null : isLn ? Math.exp(value) : value)
  return points.map((point, index) => {
    const place = usable.indexOf(point)
    const rule = limits && place >= 0 ? ruleAt(usable.slice(0, place + 1).map(scaled), limits) : null
    return {
      ...point,
      ...{ centre: back(limits?.centre), upper: back(limits?.upper), lower: back(limits?.lower) },
      ...{ signal: rule !== null, rule, baseline: baseline.includes(point), rebased: rebased && index === 0 },
    }
  })
}

function baselineOf(usable: readonly Point[], own: Own, rebased: boolean): Point[] {
  const from = own.baselineFrom === undefined || rebased ? undefined : parseLocalDay(own.baselineFrom)
  const to = own.baselineTo === undefined || rebased ? undefined : parseLocalDay(own.baselineTo)
  const chosen = usable.filter((point) => (from === undefined || point.at >= from) && (to === undefined || point.at < to))
  return own.baselineFrom === undefined && own.baselineTo === undefined ? chosen.slice(0, 20) : chosen
}

function limitsOf(values: readonly number[], isMedian: boolean, floor: number | undefined): Limits {
  const ranges = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? 0)))
  const centre = isMedian ? middle(values) : mean(values)
  const reach = isMedian ? 3.145 * middle(ranges) : 2.66 * mean(ranges)
  const lower = centre - reach
  return { centre, upper: centre + reach, lower: floor !== undefined && lower < floor ? undefined : lower }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0]
  return (low + high) / 2
}

/** Greater by more than rounding. */
function clearly(greater: number, less: number): boolean {
  return greater - less > 1e-9 * Math.max(1, greater, less)
}

/** What the last of the points shows, if it shows anything. */
function ruleAt(values: readonly number[], { centre, upper, lower }: Limits): string | null {
  const value = values.at(-1) ?? 0
  if (clearly(value, upper) || (lower !== undefined && clearly(lower, value))) return 'outside the limits'
  const lastFour = values.slice(-4)
  const isHigh = (one: number) => clearly(Math.abs(one - centre), Math.abs(one - upper))
  const isLow = (one: number) => lower !== undefined && clearly(Math.abs(one - centre), Math.abs(one - lower))
  for (const isNear of [isHigh, isLow]) {
    if (isNear(value) && lastFour.filter(isNear).length >= 3) return '3 of 4 nearer a limit'
  }
  const lastEight = values.slice(-8)
  const isRun = lastEight.every((one) => clearly(one, centre)) || lastEight.every((one) => clearly(centre, one))
  return lastEight.length === 8 && isRun ? '8 on one side' : null
}
