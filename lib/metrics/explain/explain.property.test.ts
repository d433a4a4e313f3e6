import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { type Case, drawCases, eachOf, historyOf } from '@/lib/testing/cases'
import { paramsOf } from '@/lib/testing/questions'
import { runSize } from '@/lib/testing/run-size'
import { formatDay } from '@/lib/time/day'
import type { Question } from '../oracle/history'
import type { RawParams } from '../params'
import { METRICS } from '../registry'
import { explainMetric } from './explain'

const { seeds, timeout } = runSize()
const CASES = 3

/** Own parameters under which a metric counts other items. */
const VARIANTS: Readonly<Record<string, readonly RawParams[]>> = {
  'flow-distribution': [{ of: 'finished' }, { of: 'wip' }, { of: 'time' }],
  'process-behaviour': [{ metric: 'throughput' }, { metric: 'wip' }, { metric: 'span-percentiles' }],
  'data-quality': [{ check: 'reopened' }, { check: 'missing-team' }, { check: 'zero-length-visits' }, {}],
  items: [{ status: 'finished' }, { status: 'open' }, { status: 'in_progress' }, {}],
}

describe.each(seeds.filter((_, index) => index % 3 === 0))('items behind a number, seed %d', (seed) => {
  let built: BuiltHistory
  let cases: Case[]

  beforeAll(async () => {
    cases = drawCases(seed + 900_000, CASES, 1)
    built = await buildHistory(historyOf(cases))
  }, timeout)
  afterAll(() => built.close())

  it('are as many as the number says, and with those left out all items there are', { timeout }, async () => {
    const asked = cases.flatMap((one) =>
      one.questions.flatMap((question) => METRICS.flatMap((metric) => asksOf(metric.name, question, one))),
    )
    const checked = new Set<string>()
    await eachOf(asked, 4, async ({ metric, params }) => {
      const { number, items, left_out } = await explainMetric({ ...built, metric, params })
      const told = `seed ${seed}: ${metric} ${JSON.stringify(params)}`
      if (!items) return
      expect(items.rows.length, told).toBe(Math.min(items.total, items.limit))
      expect(items.total + left_out.reduce((sum, one) => sum + one.item_count, 0), told).toBe(built.snapshot.manifest.counts.items)
      if (!number) return
      checked.add(metric)
      expect(items.total, `${told} ${JSON.stringify(number)}`).toBe(number.value)
    })
    // A stage that nobody left has no row, so a metric or two may have given no number.
    const counting = METRICS.filter((metric) => metric.items?.counted)
    expect(checked.size, [...checked].join(', ')).toBeGreaterThanOrEqual(counting.length - 2)
  })
})

function asksOf(metric: string, question: Question, one: Case): { metric: string; params: RawParams }[] {
  const known = METRICS.find((candidate) => candidate.name === metric)
  // Stages that every stream has: the question may be about one of them alone.
  const [first, ...others] = one.streams.map(({ stream }) => stream.stages.map((stage) => stage.id))
  const stages = (first ?? []).filter((id) => others.every((ids) => ids.includes(id)))
  const places: RawParams[] = [{}, ...(stages.length ? [{ stageId: stages[question.percentiles.length % stages.length] }] : [])]
  if (question.onDay !== undefined) places.push({ onDay: formatDay(question.onDay) })
  const required = metric === 'item-life' ? { item: '1' } : {}
  const variants = VARIANTS[metric] ?? [{}]
  const { stageId: _stage, onDay: _day, ...params } = paramsOf(question, metric)
  const asks = variants.flatMap((variant) =>
    places.map((place) => ({ metric, params: { ...params, ...required, ...variant, ...place, limit: 1000 } })),
  )
  return known?.itemsOf && metric === 'kpi-trend' ? [] : asks
}
