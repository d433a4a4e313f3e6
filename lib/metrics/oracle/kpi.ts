import type { FlowKpi, Kpi } from '@/lib/model/kpi'
import { studentQuantile } from '@/lib/stats/student-t'
import { parseDay } from '@/lib/time/day'
import { firstOfPeriod } from './days'
import type { OracleRow, Question } from './history'
import { spanPercentiles } from './percentiles'
import { isCut, throughput } from './rates'
import { type Line, lineThrough } from './trend-line'
import { ownParams } from './variants'
import { wip } from './work'
import { servesGoal, type World } from './world'

const LATEST = 12
const FEWEST = 6

/** Metrics that KPIs of tests are measured by, and the column of each that is its figure. */
const MEASURES: Readonly<Record<string, { of: (world: World) => OracleRow[]; figure: string }>> = {
  throughput: { of: throughput, figure: 'item_count' },
  'span-percentiles': { of: spanPercentiles, figure: 'value' },
  wip: { of: wip, figure: 'item_count' },
}

interface Point {
  readonly day: number
  readonly value: number
  readonly partial: boolean
  readonly enough: boolean
  readonly others: OracleRow
}

/** The points of KPIs, their paths and what the trend of the latest points says of these (definitions §13). */
export function kpiTrend(world: World): OracleRow[] {
  const { kpi: asked } = ownParams(world.question, 'kpi-trend')
  const goals = world.question.filters.goal
  const inScope = (kpi: Kpi) => !goals || goals.some((goal) => goal !== null && servesGoal(world.history, kpi.goal, goal))
  const kpis = (world.history.kpis ?? []).filter((kpi) => (asked === undefined ? inScope(kpi) : kpi.id === asked))
  return kpis.flatMap((kpi) => {
    const points = kpi.kind === 'flow' ? flowPoints(kpi, world) : seriesPoints(kpi.series, world)
    points.sort((a, b) => a.day - b.day)
    const path = pathOf(kpi, points, world)
    const status = statusOf(kpi, points, path, isOver(kpi, world))
    const trend = trendOf(points)
    const due = dueDay(kpi, world)
    const isAhead = trend !== undefined && due !== undefined && due > trend.last && !isOver(kpi, world)
    const projected = heights('projected', isAhead ? trend.told.at(due) : undefined)
    return points.map(({ day, value, partial, others }) => ({
      ...{ kpi_id: kpi.id, goal_id: kpi.goal, at: day, value, low: null, high: null, n: null, ...others },
      ...{ partial, target_path: path ? path(day) : null, status },
      ...{ ...heights('trend', trend && day >= trend.first && day <= trend.last ? trend.told.at(day) : undefined), ...projected },
    }))
  })
}

function flowPoints(kpi: FlowKpi, world: World): Point[] {
  const grain = (world.question.grain ?? kpi.params.grain ?? 'month') as NonNullable<Question['grain']>
  const streams = [kpi.params.stream ?? []].flat().map(String)
  const question: Question = {
    ...{ span: 'flow', policy: 'first_start_last_finish', ...kpi.params, streams, filters: {}, grain },
    percentiles: [kpi.params.percentiles ?? []].flat().map(Number),
  }
  const lives = world.allLives().filter((life) => !streams.length || streams.includes(life.stream.id))
  const measure = MEASURES[kpi.metric]
  const own = { ...world, question, lives }
  const measured = (measure?.of(own) ?? []).map((row) => {
    const day = Number(row.period_on ?? row.day_on)
    const figure = row[measure?.figure ?? ''] ?? null
    const others = { value: figure, low: row.low ?? null, high: row.high ?? null, n: row.n ?? null }
    return { day, value: Number(figure), partial: isCut(own, firstOfPeriod(day, grain), grain), enough: row.enough !== false, others }
  })
  return kpi.metric === 'wip' ? [...measured, ...emptyDays(own, measured)] : measured
}

/** Ends of periods at which nothing was in progress, for which there is no row. */
function emptyDays(world: World, points: readonly Point[]): Point[] {
  const grain = world.question.grain ?? 'day'
  const found: Point[] = []
  for (let day = world.from; day < world.to; day++) {
    const isEnd = day === world.to - 1 || firstOfPeriod(day + 1, grain) === day + 1
    if (!isEnd || points.some((point) => point.day === day)) continue
    found.push({ day, value: 0, partial: isCut(world, firstOfPeriod(day, grain), grain), enough: true, others: { value: 0 } })
  }
  return found
}

function seriesPoints(series: readonly { on: string; value: number }[], world: World): Point[] {
  return series
    .map(({ on, value }) => ({ day: parseDay(on) ?? 0, value, partial: false, enough: true, others: {} }))
    .filter(({ day }) => day >= world.from && day < world.to)
}

/** From the baseline on the day of the first point straight to the target on the due day; level before and after. */
function pathOf(kpi: Kpi, points: readonly Point[], world: World): ((day: number) => number) | undefined {
  const due = dueDay(kpi, world)
  const first = points[0]?.day
  const { baseline, target } = kpi
  if (due === undefined || baseline === undefined || first === undefined || first >= due) return undefined
  return (day) => baseline + (target - baseline) * Math.min(1, Math.max(0, (day - first) / (due - first)))
}

function dueDay(kpi: Kpi, world: World): number | undefined {
  return parseDay(kpi.due ?? world.history.goals.find((goal) => goal.id === kpi.goal)?.due ?? '')
}

/** Whether the due day has passed as of the day of the question. */
function isOver(kpi: Kpi, world: World): boolean {
  const due = dueDay(kpi, world)
  return due !== undefined && world.asOf > due
}

interface LatestTrend {
  readonly first: number
  readonly last: number
  readonly line: Line
  /** The same with the approximated quantile of the engine, which is up to 0.04 % off: enough for a status, not for equal numbers. */
  readonly told: Line
}

function trendOf(points: readonly Point[]): LatestTrend | undefined {
  const usable = points.filter((point) => point.enough && !point.partial)
  const latest = usable.slice(Math.max(0, usable.length - LATEST))
  const [first, last] = [latest[0]?.day, latest[latest.length - 1]?.day]
  if (first === undefined || last === undefined || latest.length < FEWEST) return undefined
  const places = latest.map(({ day, value }) => [day, value] as const)
  return { first, last, line: lineThrough(places), told: lineThrough(places, (freedom) => studentQuantile(0.975, freedom)) }
}

function heights(name: string, at: Height | undefined): OracleRow {
  return { [`${name}_value`]: at?.value ?? null, [`${name}_low`]: at?.low ?? null, [`${name}_high`]: at?.high ?? null }
}

function statusOf(kpi: Kpi, points: readonly Point[], path: ((day: number) => number) | undefined, isDue: boolean): string {
  const trend = trendOf(points)
  if (!trend) return 'no evidence'
  const now = trend.line.at(trend.last)
  if (isAllGood(kpi, now, kpi.target)) return 'met'
  if (!path) return isPartlyGood(kpi, now, kpi.target) ? 'at risk' : 'off track'
  if (isDue) return isGood(kpi, now.value, kpi.target) ? 'met' : 'off track'
  const level = kpi.direction === 'within' ? kpi.target : path(trend.last)
  if (isGood(kpi, now.value, level)) return 'on track'
  return isPartlyGood(kpi, now, level) ? 'at risk' : 'off track'
}

type Height = ReturnType<Line['at']>

function isGood(kpi: Kpi, value: number, level: number): boolean {
  if (kpi.direction === 'within') return Math.abs(value - level) <= (kpi.tolerance ?? 0)
  return kpi.direction === 'higher' ? value >= level : value <= level
}

/** Whether the whole interval is good; a band is one piece, so that both ends tell. */
function isAllGood(kpi: Kpi, { low, high }: Height, level: number): boolean {
  return isGood(kpi, low, level) && isGood(kpi, high, level)
}

/** Whether anything of the interval is good. */
function isPartlyGood(kpi: Kpi, { low, high }: Height, level: number): boolean {
  if (kpi.direction !== 'within') return isGood(kpi, low, level) || isGood(kpi, high, level)
  const nearest = Math.min(high, Math.max(low, level))
  return isGood(kpi, nearest, level)
}
