import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UNMAPPED_STAGE } from '@/lib/model/stage'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { type Case, drawCases, eachOf, engineRows, historyOf } from '@/lib/testing/cases'
import { runSize } from '@/lib/testing/run-size'
import { firstFinishesOn, flowsOn } from './flows'
import type { OracleRow, Question } from './history'
import { endOfDay, type Life, livesOf } from './life'
import { firstStart } from './span'
import { extentOf, passes, type World, windowDays, worldOf } from './world'

const { seeds, timeout } = runSize()
const HISTORIES = 30

/** definitions §15, on the engine's own answers. */
describe.each(seeds.filter((_, index) => index % 3 === 0))('what must hold of every snapshot, seed %d', (seed) => {
  let built: BuiltHistory
  let cases: Case[]
  let lives: Life[]
  let extent: { firstDay: number; lastDay: number }

  beforeAll(async () => {
    cases = drawCases(seed + 500_000, HISTORIES, 1).map((one) => ({
      ...one,
      questions: one.questions.map(({ ownSpan: _, ...question }) => question),
    }))
    const history = historyOf(cases)
    lives = livesOf(history)
    extent = extentOf(lives) ?? { firstDay: 0, lastDay: 0 }
    built = await buildHistory(history)
  }, timeout)
  afterAll(() => built.close())

  const ask = (metric: string, question: Question) => engineRows(built, metric, question)
  const each = async (check: (question: Question) => Promise<void>) => {
    await eachOf(
      cases.flatMap((one) => one.questions),
      4,
      check,
    )
  }
  const livesIn = (question: Question) => lives.filter((life) => question.streams.includes(life.stream.id))

  it('WIP changes by arrivals − departures + restorations − removals', { timeout }, async () => {
    await each(async (question) => {
      const whole = wholeOf(question)
      const rows = await ask('wip', whole)
      expect(rows).toHaveLength(extent.lastDay + 1 - extent.firstDay)
      let level = 0
      for (const row of rows) {
        const { arrivals, departures, restorations, removals } = flowsOn(livesIn(question), question.span, Number(row.day_on))
        level += arrivals - departures + restorations - removals
        expect(row.item_count, `${JSON.stringify(whole)} on ${row.day_on}`).toBe(level)
      }
    })
  })

  it('WIP of a slice changes by the columns of net-flow, transfers included', { timeout }, async () => {
    await each(async (question) => {
      const asked = { ...question, ...settledRule(question), from: undefined, to: undefined, grain: 'day' as const }
      const flows = byGroup(await ask('net-flow', asked))
      for (const [group, levels] of byGroup(await ask('wip', asked))) {
        const netOf = new Map((flows.get(group) ?? []).map((row) => [row.period_on, row]))
        let level = 0
        for (const row of levels) {
          const net = netOf.get(row.day_on ?? null) ?? {}
          const [arrivals = 0, departures = 0, restorations = 0, removals = 0, into = 0, out = 0] = FLOWS.map((name) =>
            Number(net[name] ?? 0),
          )
          level += arrivals - departures + restorations - removals + into - out
          expect(row.item_count, `${JSON.stringify(asked)} ${group} on ${row.day_on}`).toBe(level)
        }
      }
    })
  })

  it('Σ WIP over days = Σ over items of the day ends that they spent in WIP (definitions §8)', { timeout }, async () => {
    await each(async (question) => {
      const asked = { ...question, ownSpan: undefined, groupBy: undefined, grain: undefined, rule: 'as_of' as const }
      const levels = (await ask('wip', asked)).reduce((sum, row) => sum + Number(row.item_count), 0)
      const world = worldOf(historyOf(cases), asked, lives)
      let dayEnds = 0
      for (const life of world.lives) for (const day of windowDays(world)) if (isInWip(world, life, day)) dayEnds++
      expect(levels, JSON.stringify(asked)).toBe(dayEnds)
    })
  })

  it('types and goals add up to the whole, shares to 1', { timeout }, async () => {
    await each(async (question) => {
      const asked = { ...question, ...settledRule(question), groupBy: undefined, grain: question.grain ?? ('week' as const) }
      const throughput = summed(await ask('throughput', asked), ['period_on'], ['item_count'])
      for (const [metric, of] of SHARES) {
        const rows = await ask(metric, { ...asked, own: { of } })
        const told = `${metric} of ${of} ${JSON.stringify(asked)}`
        if (of !== 'wip') expect(summed(rows, ['period_on'], ['item_count']), told).toEqual(throughput)
        for (const [period, own] of listsBy(rows, (row) => row.period_on)) {
          const total = own.reduce((sum, row) => sum + Number(row.ratio), 0)
          const isNothing = of === 'time' && own.every((row) => row.total_days === 0)
          expect(total, `${told} in ${period}`).toBeCloseTo(isNothing ? 0 : 1, 9)
        }
      }
      const ends = await ask('wip', { ...asked, ...standingRule(question) })
      const standing = await ask('flow-distribution', { ...asked, ...standingRule(question), own: { of: 'wip' } })
      const counts = [...Object.values(summed(standing, ['period_on'], ['item_count']))].flat()
      expect(counts, JSON.stringify(asked)).toEqual(ends.map((row) => row.item_count).filter((count) => count !== 0))
    })
  })

  it('lines never fall and never cross; the top one is arrivals, the bottom one first finishes', { timeout }, async () => {
    await each(async (question) => {
      if (question.streams.length > 1) return
      const whole = wholeOf(question)
      const lines = byDay(await ask('cumulative-flow', whole))
      const arrived = new Map(
        (await ask('arrivals', { ...whole, span: 'lead', grain: 'day' })).map((row) => [row.period_on, Number(row.item_count)]),
      )
      const stages = livesIn(question)[0]?.stream.stages ?? []
      let before = stages.map(() => 0)
      for (const [day, rows] of lines) {
        const line = stages.map((stage) => Number(rows.find((row) => row.stage_id === stage.id)?.reached_count))
        line.forEach((count, index) => {
          expect(count).toBeGreaterThanOrEqual(before[index] ?? 0)
          if (index > 0) expect(count).toBeLessThanOrEqual(line[index - 1] ?? 0)
        })
        const bottom = stages.findIndex((stage) => stage.id === livesIn(question)[0]?.stream.finished)
        if (bottom >= 0) expect((line[bottom] ?? 0) - (before[bottom] ?? 0)).toBe(firstFinishesOn(livesIn(question), day))
        if (line.length) expect((line[0] ?? 0) - (before[0] ?? 0)).toBe(arrived.get(day))
        before = line
      }
    })
  })

  it('groups add up to the whole under the first three rules', { timeout }, async () => {
    await each(async (question) => {
      const rule = question.rule === 'ever' ? 'as_of' : question.rule
      const asked = { ...question, rule, groupBy: undefined }
      for (const [metric, keys, sums] of ADDITIVE) {
        const whole = await ask(metric, asked)
        const parts = await ask(metric, { ...asked, groupBy: question.groupBy ?? 'team' })
        expect(summed(parts, keys, sums), `${metric} ${JSON.stringify(asked)}`).toEqual(summed(whole, keys, sums))
      }
    })
  })

  it('cycle ≤ flow ≤ lead for every finished item and policy', { timeout }, async () => {
    await each(async (question) => {
      const [cycle, flow, lead] = await Promise.all(
        (['cycle', 'flow', 'lead'] as const).map((span) => ask('finished-items', { ...question, span })),
      )
      for (const [index, row] of (flow ?? []).entries()) {
        for (const name of ['span_days', 'elapsed_days']) {
          expect(Number(cycle?.[index]?.[name])).toBeLessThanOrEqual(Number(row[name]) + 1e-9)
          expect(Number(row[name])).toBeLessThanOrEqual(Number(lead?.[index]?.[name]) + 1e-9)
        }
      }
    })
  })

  it('percentiles rise with p, inside their intervals', { timeout }, async () => {
    await each(async (question) => {
      const rows = await ask('span-percentiles', {
        ...question,
        groupBy: undefined,
        grain: undefined,
        percentiles: [5, 25, 50, 75, 90, 99],
      })
      rows.forEach((row, index) => {
        if (index > 0) expect(Number(row.value)).toBeGreaterThanOrEqual(Number(rows[index - 1]?.value))
        if (row.low !== null) expect(row.low).toBeLessThanOrEqual(Number(row.value))
        if (row.high !== null) expect(row.high).toBeGreaterThanOrEqual(Number(row.value))
      })
    })
  })

  it('[a, m) and [m, b) are [a, b)', { timeout }, async () => {
    await each(async (question) => {
      const from = question.from ?? extent.firstDay
      const to = Math.max(from, question.to ?? extent.lastDay + 1)
      const middle = Math.floor((from + to) / 2)
      const asked = { ...question, grain: 'day' as const, groupBy: undefined, rule: question.rule === 'ever' ? undefined : question.rule }
      for (const metric of ['finished-items', 'throughput', 'arrivals', 'wip', 'cumulative-flow', 'occupancy']) {
        const parts = [await ask(metric, { ...asked, from, to: middle }), await ask(metric, { ...asked, from: middle, to })].flat()
        expect(sorted(parts), `${metric} ${JSON.stringify(asked)}`).toEqual(sorted(await ask(metric, { ...asked, from, to })))
      }
    })
  })

  it('the items behind a number count to that number', { timeout }, async () => {
    await each(async (question) => {
      const asked = { ...question, groupBy: undefined, grain: 'year' as const, onDay: undefined, stageId: undefined }
      const finished = (await ask('throughput', asked)).reduce((sum, row) => sum + Number(row.item_count), 0)
      expect(await ask('items', { ...asked, status: 'finished' }), JSON.stringify(asked)).toHaveLength(finished)
      const levels = {
        ...asked,
        grain: undefined,
        status: undefined,
        rule: question.rule === 'ever' ? ('current' as const) : question.rule,
      }
      const level = (await ask('wip', levels)).at(-1)
      if (!level) return
      const open = await ask('items', { ...levels, onDay: Number(level.day_on), status: 'in_progress' })
      expect(open).toHaveLength(Number(level.item_count))
      const stages = (await ask('occupancy', levels)).filter((row) => row.day_on === level.day_on)
      for (const stage of stages) {
        expect(await ask('items', { ...levels, onDay: Number(level.day_on), stageId: String(stage.stage_id) })).toHaveLength(
          Number(stage.item_count),
        )
      }
    })
  })
})

const ADDITIVE: readonly (readonly [metric: string, keys: readonly string[], sums: readonly string[]])[] = [
  ['cumulative-flow', ['day_on', 'stage_id'], ['reached_count', 'behind_count', 'removed_count']],
  ['occupancy', ['day_on', 'stage_id'], ['item_count']],
  ['wip', ['day_on'], ['item_count', 'total_age_days', 'flow_debt_days']],
  ['throughput', ['period_on'], ['item_count']],
  ['arrivals', ['period_on'], ['item_count']],
]

const FLOWS = ['arrivals', 'departures', 'restorations', 'removals', 'transfers_in', 'transfers_out']
const SHARES = [
  ['flow-distribution', 'finished'],
  ['flow-distribution', 'wip'],
  ['flow-distribution', 'time'],
  ['alignment', 'finished'],
  ['alignment', 'wip'],
] as const

/** Under `ever` an item is in several slices, which then do not add up. */
function settledRule({ rule }: Question): Pick<Question, 'rule'> {
  return { rule: rule === 'ever' ? 'current' : rule }
}

function standingRule({ rule }: Question): Pick<Question, 'rule'> {
  return { rule: rule === 'ever' ? 'as_of' : rule }
}

function byGroup(rows: readonly OracleRow[]): Map<string, OracleRow[]> {
  return listsBy(rows, (row) => String(row.group ?? ''))
}

/** Whether the item stands inside the span, unfinished and not removed, and in the slice, at the end of a day. */
function isInWip(world: World, life: Life, day: number): boolean {
  const now = endOfDay(life, day)
  const start = firstStart(life, world.question.span)
  return now?.status === 'open' && start !== undefined && start.day <= day && passes(world, now, undefined)
}

/** The whole history of the streams asked for: no window, no slice. */
function wholeOf(question: Question): Question {
  const { streams, span, policy, percentiles } = question
  return { streams, span, policy, percentiles, filters: {} }
}

function byDay(rows: readonly OracleRow[]): Map<number, OracleRow[]> {
  return listsBy(rows, (row) => Number(row.day_on))
}

function listsBy<Key>(rows: readonly OracleRow[], keyOf: (row: OracleRow) => Key): Map<Key, OracleRow[]> {
  const lists = new Map<Key, OracleRow[]>()
  for (const row of rows) lists.set(keyOf(row), [...(lists.get(keyOf(row)) ?? []), row])
  return lists
}

/** Sums per key over all groups, rows of nothing left out. */
function summed(rows: readonly OracleRow[], keys: readonly string[], sums: readonly string[]): Record<string, number[]> {
  const totals: Record<string, number[]> = {}
  for (const row of rows) {
    const key = keys.map((name) => row[name]).join(' ')
    const total = totals[key] ?? sums.map(() => 0)
    totals[key] = total.map((value, index) => value + Number(row[sums[index] ?? '']))
  }
  return Object.fromEntries(Object.entries(totals).filter(([, values]) => values.some((value) => value !== 0)))
}

/** The band `unmapped` is there only in a window that has any. */
function sorted(rows: readonly OracleRow[]): string[] {
  return rows
    .filter((row) => row.stage_id !== UNMAPPED_STAGE || row.item_count !== 0)
    .map((row) => JSON.stringify(row))
    .sort()
}
