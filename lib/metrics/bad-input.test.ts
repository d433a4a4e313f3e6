import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '@/lib/problem'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { describeMetric } from './describe'
import type { RawParams } from './params'
import { METRICS } from './registry'
import { runMetric } from './run'

const MEGABYTE = 'x'.repeat(1_048_576)
const NEEDED: Readonly<Record<string, RawParams>> = { 'item-life': { item: '1' } }
const HOSTILE = [
  "'",
  "'; DROP TABLE items --",
  '"',
  '\\',
  '%',
  '\0',
  '$p0',
  '{p0:String}',
  '🙂',
  '-1',
  'NaN',
  'null',
  '__proto__',
  '../../etc/passwd',
]

/** What any metric refuses: parameters, the field that is named, and what the message has to say. */
const REFUSED: readonly (readonly [what: string, params: RawParams, where: string, message: RegExp])[] = [
  ['a date that does not exist', { from: '2026-02-30' }, 'from', /real date written YYYY-MM-DD/],
  ['a date in another order', { asOf: '30.02.2026' }, 'asOf', /real date written YYYY-MM-DD/],
  ['a window that ends before it begins', { from: '2024-03-05', to: '2024-03-04' }, 'from', /must not lie after "to" \(2024-03-04\)/],
  ['a percentile above 100', { percentiles: '50,101' }, 'percentiles', /above 0 and below 100/],
  ['a percentile that is no number', { percentiles: 'NaN' }, 'percentiles', /above 0 and below 100/],
  ['an endless percentile', { percentiles: 'Infinity' }, 'percentiles', /above 0 and below 100/],
  ['an unknown stream', { stream: 'bord' }, 'stream', /did you mean "board"/],
  ['an unknown rule', { rule: 'always' }, 'rule', /allowed/],
  ['an unknown span', { span: 'cycel' }, 'span', /allowed/],
  ['an unknown unit', { unit: 'hours' }, 'unit', /allowed/],
  ['an unknown grain', { grain: 'fortnight' }, 'grain', /allowed/],
  ['an unknown group', { groupBy: 'colour' }, 'groupBy', /does not have/],
  ['a dimension that is not there', { 'dim.colour': 'red' }, 'dim.colour', /does not have/],
  ['a parameter that is not there', { form: '2024-03-04' }, 'form', /did you mean "from"/],
  ['a unit that contradicts the policy', { policy: 'sum_of_visits', unit: 'days' }, 'unit', /only "elapsed"/],
  ['a parameter of a megabyte', { team: MEGABYTE }, 'team', /longer than 10000 characters/],
  ['a name of a megabyte', { [MEGABYTE]: '1' }, `${'x'.repeat(40)}…`, /not the name of a parameter/],
  ['a list of 5,000 values', { team: Array.from({ length: 1001 }, () => 'a') }, 'team', /more than 1000 values/],
]

/** What single metrics refuse among their own parameters. */
const REFUSED_OWN: readonly (readonly [metric: string, params: RawParams, where: string, message: RegExp])[] = [
  ['items', { stageId: 'buidl' }, 'stageId', /is no stage/],
  ['items', { stageId: "'" }, 'stageId', /is no stage/],
  ['rework', { fromStage: 'buidl' }, 'fromStage', /is no stage/],
  ['rework', { toStage: 'unmapped' }, 'toStage', /is no stage/],
  ['items', { onDay: '2026-02-30' }, 'onDay', /real date/],
  ['items', { limit: -1 }, 'limit', /whole number/],
  ['items', { limit: 10_001 }, 'limit', /not be more than 10000/],
  ['items', { offset: '1e9' }, 'offset', /whole number/],
  ['items', { status: 'lost' }, 'status', /allowed/],
  ['items', { search: 'x'.repeat(201) }, 'search', /200/],
  ['items', { status: 'finished', ageTo: '3' }, 'ageTo', /lengthFrom/],
  ['items', { lengthTo: '3' }, 'lengthTo', /without onDay/],
  ['aging-density', { ageFrom: '-1' }, 'ageFrom', /whole number/],
  ['item-life', {}, 'item', /./],
  ['kpi-trend', { kpi: 'none' }, 'kpi', /no KPIs/],
  ['change', { beforeFrom: '2026-02-30' }, 'beforeFrom', /real date/],
  ['change', { seed: '-1' }, 'seed', /whole number/],
  ['change', { of: 'wip' }, 'of', /allowed/],
  ['process-behaviour', { metric: 'facets' }, 'metric', /no figure per period/],
  ['process-behaviour', { metric: 'nothing' }, 'metric', /did you mean/],
  ['process-behaviour', { baselineFrom: '2026-02-30' }, 'baselineFrom', /real date/],
  ['process-behaviour', { rebase: 'soon' }, 'rebase', /real date/],
  ['process-behaviour', { centre: 'mode' }, 'centre', /allowed/],
]

describe('bad input', () => {
  let built: BuiltHistory
  beforeAll(async () => {
    const items = [smallItem('1', '2024-03-04T10:00 Todo', '2024-03-05T10:00 Doing team=A', '2024-03-06T10:00 Done team=A')]
    built = await buildHistory(smallHistory(smallStream('board', items)))
  })
  afterAll(() => built.close())

  const problemOf = async (metric: string, params: RawParams): Promise<Problem | undefined> => {
    const { engine, snapshot } = built
    try {
      await runMetric({ engine, snapshot, metric, params })
      return undefined
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
  }

  it.each(METRICS.map((metric) => metric.name))(
    '%s refuses what no metric can answer, with the name of the field and what is allowed',
    async (metric) => {
      for (const [what, params, where, message] of REFUSED) {
        const problem = await problemOf(metric, { ...NEEDED[metric], ...params })
        expect([what, problem?.status]).toEqual([what, 400])
        const fault = problem?.faults.find((one) => one.where === where)
        expect(`${fault?.message} ${fault?.allowed?.join() ?? ''}`, what).toMatch(message)
        expect(JSON.stringify(problem?.toBody()).length, what).toBeLessThan(5000)
      }
    },
  )

  it.each(REFUSED_OWN)('%s refuses %o', async (metric, params, where, message) => {
    const problem = await problemOf(metric, params)
    expect(problem && [400, 404].includes(problem.status)).toBe(true)
    const fault = problem?.faults.find((one) => one.where === where)
    expect(`${fault?.message} ${fault?.allowed?.length ? 'allowed' : ''}`).toMatch(message)
  })

  it.each(["'", 'troughput', '', '__proto__', MEGABYTE])('the unknown metric %# is a 404 that lists those there are', async (metric) => {
    const problem = await problemOf(metric, {})
    expect(problem).toMatchObject({ status: 404, code: 'unknown-metric' })
    expect(problem?.faults[0]?.allowed).toContain('throughput')
    expect(JSON.stringify(problem?.toBody()).length).toBeLessThan(5000)
  })

  it.each(METRICS)('$name takes hostile text in any field as a value or refuses it, and never fails', async (metric) => {
    const fields = describeMetric(metric).params.map((param) => param.name.replace('dim.<name>', 'dim.colour'))
    for (const field of fields) {
      for (const text of HOSTILE) {
        const problem = await problemOf(metric.name, { ...NEEDED[metric.name], [field]: text })
        if (problem) expect([field, text, problem.status]).toEqual([field, text, problem.status === 404 ? 404 : 400])
      }
    }
    expect(await problemOf(metric.name, NEEDED[metric.name] ?? {})).toBeUndefined()
  })

  it('unknown values of a dimension are no error: nothing has them', async () => {
    expect(await problemOf('throughput', { team: 'nobody', goal: 'nothing' })).toBeUndefined()
  })
})
