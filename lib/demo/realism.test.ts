import { beforeAll, describe, expect, it } from 'vitest'
import { Rng } from '@/lib/stats/rng'
import { isoWeekday } from '@/lib/time/day'
import { STREAMS } from './company'
import { strategicGoal } from './goals'
import { demoSeries } from './series'
import { simulate } from './simulate'
import { BOTTLENECK, DEMO_SEED, FAKE_IMPROVEMENT, IMPROVEMENT, SLOWDOWN, STARVATION } from './story'
import { flowOf, type History, localDate, localDay, mappedStages, mean, percentile, readHistories } from './testing/histories'
import type { DemoTruth } from './truth'

const SEED = DEMO_SEED
const DAY = 86_400_000

let truth: DemoTruth
let byStream: Map<string, History[]>
let flows: Map<string, NonNullable<ReturnType<typeof flowOf>>[]>

const stagesOf = new Map(STREAMS.map((plan) => [plan.id, mappedStages(plan)]))
const committedOf = new Map(STREAMS.map((plan) => [plan.id, plan.stages.findIndex((stage) => stage.id === plan.committed)]))

function isInFlow(stream: string, state: string): boolean {
  const stage = stagesOf.get(stream)?.get(state)
  return stage !== undefined && stage.kind !== 'done' && stage.position >= (committedOf.get(stream) ?? 0)
}

/** Items in flow at an instant. */
function wipAt(stream: string, at: number): number {
  return (byStream.get(stream) ?? []).filter(({ rows }) => {
    const row = rows.findLast((candidate) => candidate.at <= at)
    return row !== undefined && isInFlow(stream, row.state)
  }).length
}

function finishedIn(stream: string, window: { from: string; to: string }) {
  return (flows.get(stream) ?? []).filter((flow) => flow.finishedOn >= window.from && flow.finishedOn < window.to)
}

/** Mean days of the visits to a stage that began in [from, to). */
function meanVisit(stream: string, stage: string, from: string, to: string): number {
  const lengths: number[] = []
  for (const { rows } of byStream.get(stream) ?? []) {
    rows.forEach((row, index) => {
      const id = stagesOf.get(stream)?.get(row.state)?.id
      const before = rows[index - 1]
      if (id !== stage || (before && stagesOf.get(stream)?.get(before.state)?.id === stage)) return
      const on = localDate(stream, row.at)
      const end = rows.slice(index).find((later) => stagesOf.get(stream)?.get(later.state)?.id !== stage)
      if (end && on >= from && on < to) lengths.push((end.at - row.at) / DAY)
    })
  }
  return mean(lengths)
}

beforeAll(async () => {
  const run = await readHistories({ seed: SEED })
  truth = run.truth
  byStream = groupByStream(run.histories)
  flows = new Map(
    STREAMS.map((plan) => {
      const stages = stagesOf.get(plan.id) ?? new Map()
      const found = (byStream.get(plan.id) ?? []).map((item) => flowOf(item, stages, committedOf.get(plan.id) ?? 0, plan.stages.length - 1))
      return [plan.id, found.filter((flow) => flow !== undefined)]
    }),
  )
})

function groupByStream(histories: readonly History[]): Map<string, History[]> {
  return new Map(STREAMS.map((plan) => [plan.id, histories.filter((history) => history.stream === plan.id)]))
}

describe('the simulated company', () => {
  it.each(STREAMS.map((plan) => plan.id))('%s has right-skewed flow times, about lognormal', (stream) => {
    const elapsed = (flows.get(stream) ?? []).map((flow) => (flow.finishAt - flow.startAt) / DAY)
    expect(percentile(elapsed, 95) - percentile(elapsed, 50)).toBeGreaterThan(1.1 * (percentile(elapsed, 50) - percentile(elapsed, 5)))
    expect(skewness(elapsed)).toBeGreaterThan(0.7)
    expect(Math.abs(skewness(elapsed.filter((days) => days > 0.1).map(Math.log)))).toBeLessThan(skewness(elapsed))
  })

  it.each(STREAMS.map((plan) => plan.id))('%s obeys Little’s law over 2023 and 2024', (stream) => {
    const window = { from: '2023-01-09', to: '2024-12-09' }
    const done = finishedIn(stream, window)
    const days: number[] = []
    for (let at = Date.parse('2023-01-09T23:00:00Z'); at < Date.parse('2024-12-09T00:00:00Z'); at += 5 * DAY) days.push(wipAt(stream, at))
    const throughput = done.length / 700
    const flowTime = mean(done.map((flow) => (flow.finishAt - flow.startAt) / DAY))
    expect(Math.abs(mean(days) / throughput / flowTime - 1)).toBeLessThan(0.15)
    expect(Math.max(...days)).toBeLessThan(3.2 * mean(days))
  })

  it('keeps people busy, not overloaded', () => {
    for (const { load_ratio } of truth.people) {
      expect(load_ratio).toBeGreaterThan(0.66)
      expect(load_ratio).toBeLessThan(0.93)
    }
  })

  it('rests at weekends and around Christmas', () => {
    const rows = [...byStream.values()].flat().flatMap((history) => history.rows.slice(1).map((row) => ({ stream: history.stream, row })))
    const atWeekend = rows.filter(({ stream, row }) => row.state !== 'Closed' && isoWeekday(localDay(stream, row.at)) > 5)
    expect(atWeekend.length / rows.length).toBeLessThan(0.005)
    const perDay = (from: string, to: string, days: number) => {
      return STREAMS.reduce((sum, plan) => sum + finishedIn(plan.id, { from, to }).length, 0) / days
    }
    expect(perDay('2023-12-23', '2024-01-02', 10)).toBeLessThan(0.5 * perDay('2023-11-06', '2023-12-16', 40))
  })

  it('cancels about 6 %, reopens about 2 % and sends work back', () => {
    expect(truth.dirt.cancelled / truth.item_count).toBeGreaterThan(0.045)
    expect(truth.dirt.cancelled / truth.item_count).toBeLessThan(0.07)
    expect(truth.dirt.reopened / truth.dirt.finished).toBeGreaterThan(0.015)
    expect(truth.dirt.reopened / truth.dirt.finished).toBeLessThan(0.03)
    const web = byStream.get('web-shop') ?? []
    const reworked = web.filter(({ rows }) => rows.some((row) => row.state === 'Changes requested'))
    expect(reworked.length / web.length).toBeGreaterThan(0.12)
    expect(reworked.length / web.length).toBeLessThan(0.35)
  })

  it('moves two teams between streams on one day, and hands over some of what is on the way', () => {
    const teamsAround = (stream: string, from: string, to: string) => {
      const items = (byStream.get(stream) ?? []).filter(
        (item) => localDate(stream, item.created) >= from && localDate(stream, item.created) < to,
      )
      return new Set(items.map((item) => item.rows[0]?.team))
    }
    expect(teamsAround('web-shop', '2023-01-01', '2023-09-04')).toEqual(new Set(['Storefront', 'Checkout']))
    expect(teamsAround('web-shop', '2023-09-05', '2025-10-01')).toEqual(new Set(['Storefront', 'Growth']))
    expect(teamsAround('mobile-app', '2023-09-05', '2025-10-01')).toEqual(new Set(['App Core', 'Checkout']))
    expect(truth.reorganisation.handed_over_count).toBeGreaterThan(40)
  })
})

describe('what is hidden in it', () => {
  it('the improvement shortens the wait for a test, and with it the flow time', () => {
    const { before, after, flow_p85_change_ratio } = truth.findings.improvement
    const p85 = (window: { from: string; to: string }) => {
      const days = finishedIn(IMPROVEMENT.stream, window).map((flow) => flow.days)
      return percentile(days, 85)
    }
    expect(p85(IMPROVEMENT.before) / (before.flow_p85_days ?? 0)).toBeCloseTo(1, 1)
    expect(p85(IMPROVEMENT.after) / (after.flow_p85_days ?? 0)).toBeCloseTo(1, 1)
    expect(flow_p85_change_ratio).toBeLessThan(-0.2)
    const wait = (window: { from: string; to: string }) => meanVisit(IMPROVEMENT.stream, IMPROVEMENT.stage, window.from, window.to)
    expect(wait(IMPROVEMENT.after) / wait(IMPROVEMENT.before)).toBeLessThan(0.6)
    expect(permutationTest(IMPROVEMENT.stream, IMPROVEMENT)).toBeLessThan(0.01)
    expect(p85({ from: '2025-01-13', to: '2025-09-29' }) / p85(IMPROVEMENT.before)).toBeLessThan(0.85)
  })

  it('without the improvement nothing happens on its day', async () => {
    const without = await simulate({ seed: SEED, withoutImprovement: true }, () => undefined)
    expect(Math.abs(without.findings.improvement.mean_wait_change_ratio ?? 1)).toBeLessThan(0.15)
    expect(Math.abs(without.findings.improvement.flow_p85_change_ratio ?? 1)).toBeLessThan(0.15)
  })

  it('the improvement that is only announced is noise', () => {
    expect(permutationTest(FAKE_IMPROVEMENT.stream, FAKE_IMPROVEMENT)).toBeGreaterThan(0.05)
  })

  it('one team makes a whole stream slower, the other one does not', () => {
    const { before, after, flow_p85_change_ratio, of_the_team } = truth.findings.slowdown
    const p85 = (window: { from: string; to: string }, isOfTeam: (team: string) => boolean) => {
      const done = finishedIn(SLOWDOWN.stream, window).filter((flow) => isOfTeam(flow.team))
      return percentile(
        done.map((flow) => flow.days),
        85,
      )
    }
    const change = (isOfTeam: (team: string) => boolean) => p85(SLOWDOWN.after, isOfTeam) / p85(SLOWDOWN.before, isOfTeam) - 1
    const isSlowed = (team: string) => team === SLOWDOWN.team
    expect(p85(SLOWDOWN.before, () => true) / (before.flow_p85_days ?? 0)).toBeCloseTo(1, 1)
    expect(p85(SLOWDOWN.after, () => true) / (after.flow_p85_days ?? 0)).toBeCloseTo(1, 1)
    expect(change(() => true)).toBeCloseTo(flow_p85_change_ratio ?? Number.NaN, 1)
    expect(change(() => true)).toBeGreaterThan(0.2)
    expect(change(isSlowed)).toBeCloseTo(of_the_team.flow_p85_change_ratio ?? Number.NaN, 1)
    expect(change(isSlowed)).toBeGreaterThan(0.4)
    expect(Math.abs(change((team) => !isSlowed(team)))).toBeLessThan(0.15)
    const wait = (window: { from: string; to: string }) => meanVisit(SLOWDOWN.stream, SLOWDOWN.stage, window.from, window.to)
    expect(wait(SLOWDOWN.after) / wait(SLOWDOWN.before)).toBeGreaterThan(2)
  })

  it('the bottleneck of the mobile app moves', () => {
    for (const period of BOTTLENECK.periods) {
      const waits = ['ready', 'review-queue', 'test-queue'].map((queue) => {
        return { queue, days: meanVisit(BOTTLENECK.stream, queue, period.from, period.to) }
      })
      const longest = waits.reduce((a, b) => (a.days > b.days ? a : b))
      expect(longest.queue).toBe(period.queue)
      for (const wait of waits) if (wait !== longest) expect(wait.days).toBeLessThan(0.6 * longest.days)
    }
  })

  it('the goal starves, and its figure turns away from the target', () => {
    const share = (from: string, to: string) => {
      const done = finishedIn(STARVATION.stream, { from, to })
      return done.filter((flow) => strategicGoal(flow.goal) === STARVATION.goal).length / done.length
    }
    expect(share('2022-10-03', '2024-04-01')).toBeGreaterThan(0.43)
    expect(share('2025-01-01', '2025-10-01')).toBeLessThan(0.17)
    const csv = demoSeries(SEED, truth).find(({ file }) => file === `${STARVATION.kpi}.csv`)?.csv ?? ''
    const values = csv
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]))
    expect(mean(values.slice(17, 20))).toBeLessThan(mean(values.slice(0, 3)) - 3)
    expect(mean(values.slice(33))).toBeGreaterThan(mean(values.slice(20, 23)) + 3)
  })
})

function skewness(values: readonly number[]): number {
  const centre = mean(values)
  const spread = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))
  return mean(values.map((value) => ((value - centre) / spread) ** 3))
}

/** P of a difference in p85 at least as large when the weeks before and after are shuffled: weeks, because items of a week are alike. */
function permutationTest(
  stream: string,
  story: { on: string; before: { from: string; to: string }; after: { from: string; to: string } },
): number {
  const weeks = new Map<number, { isAfter: boolean; days: number[] }>()
  for (const flow of [...finishedIn(stream, story.before), ...finishedIn(stream, story.after)]) {
    const week = Math.floor((localDay(stream, flow.finishAt) + 3) / 7)
    const known = weeks.get(week) ?? { isAfter: flow.finishedOn >= story.on, days: [] }
    known.days.push((flow.finishAt - flow.startAt) / DAY)
    weeks.set(week, known)
  }
  const list = [...weeks.values()]
  const afterCount = list.filter((week) => week.isAfter).length
  const effect = (after: readonly { days: number[] }[], before: readonly { days: number[] }[]) => {
    return Math.abs(
      percentile(
        after.flatMap((week) => week.days),
        85,
      ) -
        percentile(
          before.flatMap((week) => week.days),
          85,
        ),
    )
  }
  const observed = effect(
    list.filter((week) => week.isAfter),
    list.filter((week) => !week.isAfter),
  )
  const rng = Rng.of('permutation')
  let atLeast = 0
  for (let trial = 0; trial < 400; trial++) {
    const shuffled = rng.shuffled(list)
    if (effect(shuffled.slice(0, afterCount), shuffled.slice(afterCount)) >= observed) atLeast++
  }
  return (atLeast + 1) / 401
}
