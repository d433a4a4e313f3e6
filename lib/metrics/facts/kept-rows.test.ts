import { afterAll, beforeAll, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { sql, takenOf } from '@/lib/engine/sql'
import { type QueryRun, runMetric } from '@/lib/metrics/run'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { drawCases, historyOf } from '@/lib/testing/cases'
import { enlarged } from '@/lib/testing/enlarged'
import { formatDay } from '@/lib/time/day'
import type { RawParams } from '../params'

const SEED = 47
/** The column of each that adds up to the same over the rows that are taken, where one does. */
const METRICS: readonly { readonly metric: string; readonly sum?: string }[] = [
  { metric: 'cumulative-flow', sum: 'reached_count' },
  { metric: 'occupancy' },
  { metric: 'wip' },
  { metric: 'throughput', sum: 'item_count' },
  { metric: 'flow-efficiency' },
  { metric: 'span-percentiles' },
  { metric: 'span-histogram', sum: 'item_count' },
  { metric: 'arrivals', sum: 'item_count' },
  { metric: 'net-flow' },
  { metric: 'predictability', sum: 'item_count' },
]
let built: BuiltHistory

beforeAll(async () => {
  built = await buildHistory(historyOf(drawCases(SEED, 6, 0)))
})
afterAll(() => built.close())

function questions(metric: string): RawParams[] {
  const { firstDay, lastDay, portfolio } = built.snapshot.manifest
  const middle = formatDay(Math.floor((firstDay + lastDay) / 2))
  const scopes = [{}, ...portfolio.streams.map(({ id }) => ({ stream: id })), metric === 'cumulative-flow' ? {} : { groupBy: 'stream' }]
  const windows = [{}, { from: middle }, { to: middle }, { asOf: middle }, { from: formatDay(lastDay) }, { from: middle, to: middle }]
  return scopes.flatMap((scope) => windows.map((window) => ({ ...scope, ...window })))
}

it.each(METRICS)(`one question to the database serves every stream, window and as-of day of $metric (seed ${SEED})`, async ({ metric }) => {
  const asked: QueryRun[] = []
  for (const params of questions(metric)) await runMetric({ ...built, metric, params, observe: (run) => asked.push(run) })
  expect(asked).toHaveLength(questions(metric).length)
  expect(new Set(asked.map(({ query }) => JSON.stringify(built.engine.dialect.render(query)))).size).toBe(1)
  expect(asked.every(({ query }) => takenOf(query))).toBe(true)
})

it.each(METRICS)(`$metric answers as if nothing was kept (seed ${SEED})`, async ({ metric }) => {
  const large = enlarged(built.snapshot)
  for (const params of questions(metric)) {
    const answers = [built.snapshot, large].map((snapshot) => runMetric({ ...built, snapshot, metric, params }))
    const [small, asked] = (await Promise.all(answers)).map(({ table }) => toRows(table))
    expect(small, JSON.stringify(params)).toEqual(asked)
  }
})

const SUMMED = METRICS.flatMap(({ metric, sum }) => (sum ? [{ metric, sum }] : []))

it.each(SUMMED)(`what is taken of it for $metric are the rows behind its numbers (seed ${SEED})`, async ({ metric, sum }) => {
  for (const params of questions(metric)) {
    let asked: QueryRun['query'] | undefined
    const { table } = await runMetric({ ...built, metric, params, observe: ({ query }) => (asked = query) })
    const taken = asked && takenOf(asked)
    if (!asked || !taken) throw new Error(`nothing was kept for ${metric} ${JSON.stringify(params)}`)
    const rows = toRows(await built.engine.query(sql`SELECT * FROM (${asked}) AS kept WHERE ${taken}`))
    const added = (all: readonly Record<string, unknown>[]) => all.reduce((total, row) => total + Number(row[sum]), 0)
    expect(added(rows), JSON.stringify(params)).toBe(added(toRows(table)))
  }
})
