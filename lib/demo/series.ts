import { Rng } from '@/lib/stats/rng'
import { formatDay } from '@/lib/time/day'
import { nextPeriod, periodsIn } from '@/lib/time/grain'
import type { MonthCount } from './measure'
import { plannedDay } from './planned-day'
import { DEMO_FROM, DEMO_TO, STARVATION } from './story'

/** A figure that is measured outside, as a file beside the log: header `date,value`, one row per month, dated on its last day. */
export interface DemoSeries {
  readonly file: string
  readonly csv: string
}

interface SeriesPlan {
  readonly file: string
  readonly first: number
  readonly noise: number
  readonly digits: number
  /** Change of the level in a month, given the month before. */
  readonly step: (month: ServedMonth) => number
}

/** Share of the month's work that serves a goal, by stream. */
interface ServedMonth {
  readonly share: (stream: string, goal: string) => number
}

/** Failed payments per 10,000: they rise by themselves, and the share of payments' work that serves the goal keeps them down. */
const FAILURE_DRIFT = 1.4
const FAILURE_RELIEF = 3.75
const WITHOUT_WORK = 0.35

const SERIES: readonly SeriesPlan[] = [
  {
    file: `${STARVATION.kpi}.csv`,
    first: 42,
    noise: 0.8,
    digits: 1,
    step: (month) => FAILURE_DRIFT - FAILURE_RELIEF * month.share(STARVATION.stream, STARVATION.goal),
  },
  { file: 'conversion.csv', first: 2.1, noise: 0.035, digits: 2, step: (month) => 0.041 * month.share('web-shop', 'grow') },
  { file: 'app-rating.csv', first: 4.05, noise: 0.03, digits: 2, step: (month) => 0.016 * month.share('mobile-app', 'grow') },
  { file: 'nps.csv', first: 41, noise: 1.6, digits: 0, step: () => 0 },
]

/** The outside figures of the demo, driven by the work that the simulation finished; the same seed and work give the same files. */
export function demoSeries(seed: number, truth: { readonly months: readonly MonthCount[] }): DemoSeries[] {
  return SERIES.map((plan) => {
    const draw = Rng.of(seed).split('series', plan.file)
    let level = plan.first
    const rows = periodsIn(plannedDay(DEMO_FROM), plannedDay(DEMO_TO), 'month').map((period) => {
      const month = formatDay(period.start).slice(0, 7)
      const value = level + plan.noise * draw.normal()
      level += plan.step({ share: (stream, goal) => served(truth.months, month, stream, goal) })
      return `${formatDay(nextPeriod(period.start, 'month') - 1)},${value.toFixed(plan.digits)}`
    })
    return { file: plan.file, csv: `date,value\n${rows.join('\n')}\n` }
  })
}

function served(months: readonly MonthCount[], month: string, stream: string, goal: string): number {
  const count = months.find((candidate) => candidate.month === month && candidate.stream === stream)
  return count && count.all > 0 ? (count.serving[goal] ?? 0) / count.all : WITHOUT_WORK
}
