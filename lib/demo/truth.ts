import { countOf, nearestRank } from '@/lib/stats/nearest-rank'
import { STREAMS, TEAMS } from './company'
import type { CompanyRun } from './company-run'
import { DEMO_GOALS } from './goals'
import type { Measure, MonthCount, WindowName } from './measure'
import type { StreamPlan } from './plan'
import { plannedDay } from './planned-day'
import { peopleOn } from './season'
import { BOTTLENECK, DEMO_FROM, DEMO_TO, FAKE_IMPROVEMENT, IMPROVEMENT, REORGANISATION, SLOWDOWN, STARVATION } from './story'

/** How busy people are: worked time against working time, from 0 to 1. */
export interface StationUse {
  readonly stream: string
  /** Team; absent: people who serve the whole stream. */
  readonly team?: string
  readonly stage: string
  readonly people: number
  readonly load_ratio: number
}

export interface FlowFigures {
  readonly from: string
  readonly to: string
  readonly finished: number
  readonly flow_p50_days: number | null
  readonly flow_p85_days: number | null
}

export type DemoTruth = ReturnType<typeof createTruth>

/** How busy the people of a run were while the log was written. */
export function stationUse(company: CompanyRun): StationUse[] {
  const uses: StationUse[] = []
  for (const team of company.teams) {
    for (const [stage, station] of team.stations) {
      const load_ratio = round(station.usedMs / capacity(station.people, (day) => station.hours.worth(day)), 3)
      uses.push({ stream: team.plan.stream, team: team.name, stage, people: station.people, load_ratio })
    }
  }
  for (const stream of company.streams) {
    stream.stations.forEach((station, index) => {
      if (!station) return
      const load_ratio = round(station.usedMs / capacity(station.people, (day) => station.hours.worth(day)), 3)
      uses.push({ stream: stream.plan.id, stage: stream.plan.stages[index]?.id ?? '', people: station.people, load_ratio })
    })
  }
  return uses
}

/** What is hidden in the log, as figures measured while it was written and as the finding one should come to. */
export function createTruth(known: { seed: number; items: number; measure: Measure; use: readonly StationUse[] }) {
  const { seed, items, measure, use } = known
  return {
    format: 1,
    seed,
    requested_items: items,
    from: DEMO_FROM,
    to: DEMO_TO,
    item_count: sum(measure.items),
    change_count: sum(measure.changes),
    streams: STREAMS.map((plan, index) => streamFacts(plan, measure.items[index] ?? 0, measure.changes[index] ?? 0)),
    goals: DEMO_GOALS,
    findings: {
      improvement: improvementFinding(measure),
      fake_improvement: fakeFinding(measure),
      slowdown: slowdownFinding(measure),
      bottleneck: bottleneckFinding(measure),
      starvation: starvationFinding(measure),
    },
    reorganisation: {
      on: REORGANISATION.on,
      moves: TEAMS.flatMap((team) => (team.laterStream ? [{ team: team.name, from: team.stream, to: team.laterStream }] : [])),
      handed_over_count: measure.counts.handed_over_at_reorganisation,
    },
    dirt: { ...measure.counts, unmapped_items: measure.unmappedItems },
    people: use,
    months: [...measure.months.values()].sort((a, b) => compare(a.month, b.month) || compare(a.stream, b.stream)),
  }
}

/** Share of a stream's finished items of [from, to) months (YYYY-MM) that serve a strategic goal; null without items. */
function goalShare(months: readonly MonthCount[], stream: string, goal: string, from: string, to: string): number | null {
  const chosen = months.filter((month) => month.stream === stream && month.month >= from && month.month < to)
  const all = sum(chosen.map((month) => month.all))
  return all === 0 ? null : round(sum(chosen.map((month) => month.serving[goal] ?? 0)) / all, 4)
}

function streamFacts(plan: StreamPlan, items: number, changes: number) {
  return {
    id: plan.id,
    timezone: plan.timeZone,
    item_count: items,
    change_count: changes,
    teams_before: TEAMS.filter((team) => team.stream === plan.id).map((team) => team.name),
    teams_after: TEAMS.filter((team) => (team.laterStream ?? team.stream) === plan.id).map((team) => team.name),
    stages: plan.stages.map((stage) => ({ id: stage.id, kind: stage.kind })),
    unmapped_state: plan.unmapped?.state ?? null,
  }
}

function improvementFinding(measure: Measure) {
  return {
    finding: `From ${IMPROVEMENT.on} on, work in the web shop waits about half as long for a test, and its flow time falls with it. It lasts.`,
    on: IMPROVEMENT.on,
    stream: IMPROVEMENT.stream,
    stage: IMPROVEMENT.stage,
    cause: 'Test environments on demand',
    modelled_delay_ratio: IMPROVEMENT.delayFactor,
    ...flowAndWait(measure, ['improvement-before', 'improvement-after'], IMPROVEMENT),
  }
}

function slowdownFinding(measure: Measure) {
  return {
    finding: `From ${SLOWDOWN.on} on, work of the team ${SLOWDOWN.team} in payments waits several times as long before it is developed, and the flow time of the whole stream rises with it. The other team is as before.`,
    on: SLOWDOWN.on,
    stream: SLOWDOWN.stream,
    team: SLOWDOWN.team,
    stage: SLOWDOWN.stage,
    cause: 'Designs need an approval',
    modelled_delay_ratio: SLOWDOWN.delayFactor,
    ...flowAndWait(measure, ['slowdown-before', 'slowdown-after'], SLOWDOWN),
    of_the_team: flowAndWait(measure, ['slowed-team-before', 'slowed-team-after'], SLOWDOWN),
  }
}

type Stretch = { readonly from: string; readonly to: string }

/** Flow times of what finished in two windows, and waits in a stage that began in them. */
function flowAndWait(
  measure: Measure,
  names: readonly [WindowName, WindowName],
  story: { readonly before: Stretch; readonly after: Stretch },
) {
  const before = { ...flowFigures(measure, names[0], story.before), mean_wait_days: meanOf(measure.waitDays.get(names[0])) }
  const after = { ...flowFigures(measure, names[1], story.after), mean_wait_days: meanOf(measure.waitDays.get(names[1])) }
  return {
    before,
    after,
    flow_p85_change_ratio: change(before.flow_p85_days, after.flow_p85_days),
    mean_wait_change_ratio: change(before.mean_wait_days, after.mean_wait_days),
  }
}

function fakeFinding(measure: Measure) {
  const before = flowFigures(measure, 'fake-before', FAKE_IMPROVEMENT.before)
  const after = flowFigures(measure, 'fake-after', FAKE_IMPROVEMENT.after)
  return {
    finding: `Nothing changed in customer care on ${FAKE_IMPROVEMENT.on}: what is announced there is noise.`,
    on: FAKE_IMPROVEMENT.on,
    stream: FAKE_IMPROVEMENT.stream,
    announced: 'Reply assistant',
    before,
    after,
    flow_p85_change_ratio: change(before.flow_p85_days, after.flow_p85_days),
  }
}

function bottleneckFinding(measure: Measure) {
  const waits = [...measure.queueDays].filter(([key]) => key.startsWith(`${BOTTLENECK.stream} `))
  const halves = [...new Set(waits.map(([key]) => key.split(' ')[2] ?? ''))].sort()
  return {
    finding: 'In the mobile app work waits longest for development until the end of 2023, for review in 2024 and for a test in 2025.',
    stream: BOTTLENECK.stream,
    periods: BOTTLENECK.periods,
    mean_wait_days: halves.map((half) => ({
      half,
      ...Object.fromEntries(waits.filter(([key]) => key.endsWith(half)).map(([key, mean]) => [key.split(' ')[1], meanOf(mean)])),
    })),
  }
}

function starvationFinding(measure: Measure) {
  const months = [...measure.months.values()]
  return {
    finding:
      'Payments works less and less for the goal trust, from spring 2024 on; failed payments first fall and then rise away from the target.',
    stream: STARVATION.stream,
    goal: STARVATION.goal,
    kpi: STARVATION.kpi,
    falls_from: STARVATION.from,
    falls_to: STARVATION.to,
    finished_share_before_ratio: goalShare(months, STARVATION.stream, STARVATION.goal, '2022-10', '2024-04'),
    finished_share_after_ratio: goalShare(months, STARVATION.stream, STARVATION.goal, '2025-01', '2025-10'),
  }
}

function flowFigures(measure: Measure, name: WindowName, window: Stretch): FlowFigures {
  const days = [...(measure.flowDays.get(name) ?? [])].sort((a, b) => a[0] - b[0])
  return {
    from: window.from,
    to: window.to,
    finished: countOf(days),
    flow_p50_days: nearestRank(days, 50) ?? null,
    flow_p85_days: nearestRank(days, 85) ?? null,
  }
}

function capacity(people: number, worth: (day: number) => number): number {
  let total = 0
  for (let day = plannedDay(DEMO_FROM); day < plannedDay(DEMO_TO); day++) total += worth(day) * peopleOn(day, people)
  return total
}

function meanOf(mean: { sum: number; n: number } | undefined): number | null {
  return mean && mean.n > 0 ? round(mean.sum / mean.n, 2) : null
}

function change(before: number | null, after: number | null): number | null {
  return before && after !== null ? round(after / before - 1, 3) : null
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
