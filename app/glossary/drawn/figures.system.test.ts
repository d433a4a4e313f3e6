import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Row } from '@/lib/engine/columns'
import { compareWeeks } from '@/lib/metrics/flow/compare-weeks'
import { nearestRank } from '@/lib/stats/nearest-rank'
import { xmrLimits, xmrSignals } from '@/lib/stats/process-behaviour'
import { parseDay } from '@/lib/time/day'
import { agesInCells, isOldest, OPEN } from './aging'
import { FIGURES } from './figures'
import { dateOf, SCORES_FROM, tellStory } from './fixture'
import { lastExitAge, survivalSteps } from './lengths'
import { reachedOn, standingOn } from './levels'
import { AFTER, BEFORE, WEEKLY } from './signals'
import { cellCounts, isOutlier, LENGTHS, pilesOf, WEEKS } from './spread'
import { FINISHED, lengthOf, openOn, STAGES, STORY, stageOn, storyDays } from './story'

const F = FIGURES
const percent = (ratio: unknown) => Math.round(Number(ratio) * 100)
const rounded = (value: number | undefined) => Math.round((value ?? Number.NaN) * 10) / 10
const byKey = (rows: readonly Row[], key: string, value: string) => Object.fromEntries(rows.map((row) => [String(row[key]), row[value]]))
const nth = (rows: readonly Row[], name: string) => rows.map((row) => row[name])
/** One row for both weeks. */
const WHOLE = { grain: 'month' }

describe('the story answers as it is drawn', () => {
  let story: Awaited<ReturnType<typeof tellStory>>
  beforeAll(async () => {
    story = await tellStory()
  })
  afterAll(() => story.close())

  it('stands each day where it is drawn', async () => {
    for (const day of storyDays()) {
      const rows = await story.ask('items', { onDay: dateOf(day) })
      const standing = byKey(
        rows.filter((row) => row.stage_id !== 'cancelled'),
        'item_id',
        'stage_id',
      )
      const drawn = STORY.flatMap((item) => (stageOn(item, day) ? [[item.id, stageOn(item, day)]] : []))
      expect(standing, `day ${day}`).toEqual(Object.fromEntries(drawn))
    }
  })

  it('how long it takes', async () => {
    const finished = await story.ask('finished-items')
    expect(byKey(finished, 'item_id', 'span_days')).toEqual(F['finished-items'].days)
    expect(Object.fromEntries(FINISHED.map((item) => [item.id, lengthOf(item)]))).toEqual(F['finished-items'].days)
    expect(finished).toHaveLength(F['finished-items'].finished)
    const aging = await story.ask('aging-work', { to: dateOf(F['aging-work'].day + 1) })
    expect(byKey(aging, 'item_id', 'age_days')).toEqual(F['aging-work'].ages)
    const pace = await story.ask('pace', { percentiles: '50' })
    expect(byKey(pace, 'stage_id', 'age_days')).toEqual(F.pace.medians)
    expect(new Set(nth(pace, 'n'))).toEqual(new Set([F.pace.n]))
    for (const { stage_id, age_days } of await story.ask('pace', { percentiles: '99' })) {
      expect(Math.max(...FINISHED.map((item) => lastExitAge(item, String(stage_id))))).toBe(age_days)
    }
    const survival = await story.ask('survival')
    expect(survival[0]?.at_risk_count).toBe(F.survival.started)
    expect(percent(byKey(survival, 'days', 'survival_ratio')[F.survival.days])).toBe(F.survival.share)
    for (const { days, share } of survivalSteps()) expect(byKey(survival, 'days', 'survival_ratio')[days]).toBeCloseTo(share)
  })

  it('how much gets through, and how much is under way', async () => {
    expect(nth(await story.ask('throughput'), 'item_count')).toEqual(F.throughput.weeks)
    expect(nth(await story.ask('arrivals'), 'item_count')).toEqual(F.arrivals.weeks)
    const net = await story.ask('net-flow')
    for (const name of ['arrivals', 'departures', 'removals', 'net'] as const) expect(nth(net, name)).toEqual(F['net-flow'][name])
    expect(nth(await story.ask('wip'), 'item_count')).toEqual(storyDays().map((day) => openOn(day).length))
    expect(await story.ask('wip', { from: dateOf(F.wip.day), to: dateOf(F.wip.day + 1) })).toMatchObject([
      { item_count: F.wip.items, total_age_days: F.wip.totalAge },
    ])
  })

  it('the lines of the cumulative flow, and what stands in each stage', async () => {
    const flow = F['cumulative-flow']
    const drawn = storyDays().flatMap((day) => STAGES.map((_stage, index) => reachedOn(index, day)))
    expect(nth(await story.ask('cumulative-flow'), 'reached_count')).toEqual(drawn)
    const days = storyDays()
    expect([reachedOn(0, flow.day), reachedOn(4, flow.day)]).toEqual([flow.started, flow.finished])
    expect([flow.started - flow.finished, flow.to - flow.from + 1]).toEqual([flow.between, flow.days])
    expect([0, 4].map((stage) => days.find((day) => reachedOn(stage, day) >= 2))).toEqual([flow.from, flow.to])
    const rows = await story.ask('occupancy')
    for (const row of rows) {
      const day = Number(row.day_on) - Number(rows[0]?.day_on) + 1
      const known = STAGES.find(({ id }) => id === row.stage_id)
      if (known) expect(row.item_count, `${known.id} on day ${day}`).toBe(standingOn(known.id, day))
    }
    const { day, build, test } = F.occupancy
    expect([standingOn('build', day), standingOn('test', day)]).toEqual([build, test])
  })

  it('where the time goes', async () => {
    const times = await story.ask('stage-times')
    expect(byKey(times, 'stage_id', 'total_days')).toMatchObject(F['stage-times'].days)
    expect(percent(byKey(times, 'stage_id', 'share_ratio').build)).toBe(F['stage-times'].share)
    expect(Object.values(F['stage-times'].days).reduce((sum, days) => sum + days, 0)).toBe(F['stage-times'].all)
    expect(await story.ask('flow-efficiency', WHOLE)).toMatchObject([
      {
        active_days: F['flow-efficiency'].active,
        waiting_days: F['flow-efficiency'].waiting,
        blocked_days: F['flow-efficiency'].blocked,
        n: F['stage-times'].finished,
      },
    ])
    expect(percent((await story.ask('flow-efficiency', WHOLE))[0]?.efficiency_ratio)).toBe(F['flow-efficiency'].share)
    expect(F['flow-efficiency'].active + F['flow-efficiency'].waiting).toBe(F['flow-efficiency'].all)
    const { spells, days, from, to } = F.blocked
    expect(STORY.find(({ blocked }) => blocked)?.blocked).toEqual({ from, to })
    expect(await story.ask('blocked')).toMatchObject([{ episode_count: spells, blocked_days: days, open_count: 0 }])
    const { day, back: again, lost } = F.rework
    expect(again - day).toBe(lost)
    const back = { item_id: 'C', from_stage: 'test', to_stage: 'build', moved_on: parseDay(dateOf(day)), days_lost: lost }
    expect(await story.ask('rework')).toMatchObject([back])
    const { moves: backMoves, items: backItems, lost: days_lost, open: open_count } = F['rework-loops']
    const loop = { from_stage: 'test', to_stage: 'build', move_count: backMoves, item_count: backItems, days_lost, open_count }
    expect(await story.ask('rework-loops')).toMatchObject([loop])
    const { day: given, next, moves, wait } = F.handoffs
    expect([next - given, STORY.find(({ handed }) => handed)?.handed?.day]).toEqual([wait, given])
    expect(await story.ask('handoffs')).toMatchObject([{ from_team: 'Web', to_team: 'Data', move_count: moves, wait_days: wait }])
  })

  it('the value stream map and its bottleneck', async () => {
    const map = await story.ask('value-stream-map')
    const drawn = F['value-stream-map']
    const nodes = map.filter((row) => row.kind === 'node')
    expect(byKey(nodes, 'from_stage', 'active_days')).toMatchObject({ ready: 0, ...drawn.worked, 'for-test': 0 })
    expect(byKey(nodes, 'from_stage', 'waiting_days')).toMatchObject({ ...drawn.waited, test: 0 })
    const edges = Object.fromEntries(
      map.flatMap((row) => (row.kind === 'edge' ? [[`${row.from_stage} ${row.to_stage}`, row.departures]] : [])),
    )
    const { intoBuild, intoForTest, intoTest, pastForTest, intoDone, back } = drawn.moves
    expect(edges).toMatchObject({ 'ready build': intoBuild, 'build for-test': intoForTest, 'for-test test': intoTest })
    expect(edges).toMatchObject({ 'build test': pastForTest, 'test done': intoDone, 'test build': back })
    const { days, all, share, threshold } = F.bottlenecks
    expect(byKey(nodes, 'from_stage', 'waiting_days').ready).toBe(days.ready)
    expect(days.build).toBe(drawn.worked.build + drawn.waited.build)
    expect(Object.values(days).reduce((sum, one) => sum + one, 0)).toBe(all)
    const found = await story.ask('bottlenecks')
    expect(found).toMatchObject([{ stage_id: 'build', evidence: 'share of time' }])
    expect(Number(found[0]?.strength)).toBeCloseTo(share / threshold)
  })

  it('what the work is for', async () => {
    const types = await story.ask('flow-distribution', WHOLE)
    expect(byKey(types, 'type', 'item_count')).toEqual(F['flow-distribution'].counts)
    expect(types.map((row) => percent(row.ratio)).sort()).toEqual(Object.values(F['flow-distribution'].shares).sort())
    const goals = await story.ask('alignment', WHOLE)
    expect(byKey(goals, 'goal_id', 'item_count')).toMatchObject({ checkout: F.alignment.linked })
    expect(goals.map((row) => percent(row.ratio)).sort()).toEqual(Object.values(F.alignment.shares).sort())
    const kpi = await story.ask('kpi-trend', { kpi: 'score', from: SCORES_FROM })
    expect(kpi).toHaveLength(F['kpi-trend'].points)
    expect(kpi.at(-1)).toMatchObject({ status: 'on track' })
    expect(Number(kpi.at(-1)?.trend_value)).toBeCloseTo(F['kpi-trend'].trend)
    expect(Number(kpi.at(-1)?.target_path)).toBeCloseTo(F['kpi-trend'].path)
  })

  it('how steady it is', async () => {
    const sure = (await story.ask('predictability', WHOLE))[0]
    expect([percent(sure?.sle_attainment_ratio), sure?.item_count]).toEqual([F.predictability.share, F.predictability.finished])
    expect(F.predictability.days).toEqual(F['finished-items'].days)
    expect(Object.values(F.predictability.days).filter((days) => days <= F.predictability.expected)).toHaveLength(F.predictability.within)
    const { wip, finished, days, predicted, measured } = F['littles-law']
    const evidence = `Mean time ${measured} days; ${wip} items in progress at ${(finished / days).toFixed(2)} a day give ${predicted.toFixed(1)}.`
    expect((wip * days) / finished).toBe(predicted)
    expect(await story.ask('littles-law')).toContainEqual(expect.objectContaining({ evidence, holds: false }))
  })

  it('the items and the data themselves', async () => {
    const odd = F['data-quality']
    const found = { rule: 'missing-type', item_count: odd.items, example_keys: 'F', wip_with: odd.with, wip_without: odd.without }
    expect(await story.ask('data-quality', { check: 'missing-type' })).toMatchObject([found])
    const facets = await story.ask('facets')
    const of = (name: string) =>
      Object.fromEntries(facets.flatMap((row) => (row.dimension === name ? [[row.value ?? 'none', row.item_count]] : [])))
    expect([of('team'), of('type')]).toEqual([F.facets.team, F.facets.type])
    const listed = await story.ask('items', { onDay: dateOf(F.items.day) })
    const inStage = (stage: string) => listed.filter((row) => row.stage_id === stage).length
    expect([listed[0]?.total_count, inStage('done'), inStage('test'), inStage('build')]).toEqual([
      ...[F.items.items, F.items.finished, F.items.test, F.items.build],
    ])
    const life = await story.ask('item-life', { item: 'B', stream: 'story' })
    const days = Object.fromEntries(life.map((row) => [row.name, Number(row.seconds) / 86_400]))
    expect(days).toMatchObject({ ...F['item-life'].days, blocked: F['item-life'].blocked })
  })
})

describe('the examples with numbers of their own', () => {
  const histogram = (lengths: readonly number[]) =>
    pilesOf(lengths)
      .map(({ days, count }) => [days, count] as const)
      .sort(([a], [b]) => a - b)

  it('percentiles, piles and cells', () => {
    const { n, half, median, percentile, within, days } = F['span-percentiles']
    expect(LENGTHS).toHaveLength(n)
    expect([nearestRank(histogram(LENGTHS), percentile), nearestRank(histogram(LENGTHS), half)]).toEqual([days, median])
    expect([LENGTHS.filter((length) => length <= days).length, (percentile * n) / 100]).toEqual([within, within])
    const piles = F['span-histogram']
    expect([LENGTHS.length, Math.max(...LENGTHS)]).toEqual([piles.n, piles.longest])
    expect(pilesOf(LENGTHS)).toContainEqual({ days: piles.days, count: piles.count })
    const cells = F['span-density']
    expect([WEEKS.length, WEEKS.flat().length, Math.max(...WEEKS.flat())]).toEqual([cells.weeks, cells.n, cells.longest])
    expect(WEEKS.flatMap(cellCounts).reduce((sum, count) => sum + count, 0)).toBe(cells.n)
    expect(WEEKS[cells.week - 1]?.filter((length) => length >= cells.fromDays && length <= cells.toDays)).toHaveLength(cells.count)
    const limit = nearestRank(histogram(WEEKS.flat()), cells.percentile) ?? 0
    expect(WEEKS.flat().filter(isOutlier)).toEqual(WEEKS.flat().filter((length) => length > limit))
  })

  it('cells of ages', () => {
    const cells = F['aging-density']
    const ages = OPEN.flatMap((stage) => stage.ages)
    expect([OPEN.length, ages.length, ages.filter(isOldest).length]).toEqual([cells.stages, cells.n, cells.oldest])
    expect(OPEN.flatMap((stage) => agesInCells(stage.ages)).reduce((sum, count) => sum + count, 0)).toBe(cells.n)
    const build = OPEN.find(({ stage }) => stage === 'Build')?.ages ?? []
    expect(build.filter((days) => days >= cells.fromDays && days <= cells.toDays)).toHaveLength(cells.count)
    expect(agesInCells(build)[cells.toDays / (cells.toDays - cells.fromDays + 1) - 1]).toBe(cells.count)
  })

  it('limits and their signal', () => {
    const { centre, lower, upper, week, value } = F['process-behaviour']
    const limits = xmrLimits(WEEKLY, { baseline: [0, F['process-behaviour'].baseline], floor: 0 })
    expect([limits?.centre, rounded(limits?.lower), rounded(limits?.upper)]).toEqual([centre, lower, upper])
    expect(limits && xmrSignals(WEEKLY, limits).flatMap((rule, index) => (rule ? [index + 1] : []))).toEqual([week])
    expect([WEEKLY.length, WEEKLY[week - 1]]).toEqual([F['process-behaviour'].weeks, value])
  })

  it('a change with its interval', () => {
    const weeks = (counts: readonly number[]) => counts.map((count) => new Map([[1, count]]))
    const [found] = compareWeeks([{ group: null, before: weeks(BEFORE), after: weeks(AFTER) }], undefined, 1)
    const { interval } = found ?? {}
    expect([found?.before, found?.after, percent(interval?.effect), percent(interval?.low), percent(interval?.high)]).toEqual([
      ...[F.change.before, F.change.after, F.change.effect, F.change.low, F.change.high],
    ])
    expect([found?.verdict, BEFORE.length, AFTER.length]).toEqual(['signal', F.change.weeks, F.change.weeks])
  })
})
