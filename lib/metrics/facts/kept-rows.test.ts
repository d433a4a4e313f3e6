import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Row, toRows } from '@/lib/engine/columns'
import { sql, takenOf } from '@/lib/engine/sql'
import { type QueryRun, runMetric } from '@/lib/metrics/run'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { drawCases, historyOf } from '@/lib/testing/cases'
import { enlarged } from '@/lib/testing/enlarged'
import { formatDay } from '@/lib/time/day'
import type { RawParams } from '../params'

const SEED = 47
const METRICS = [
  'cumulative-flow',
  'occupancy',
  'wip',
  'throughput',
  'flow-efficiency',
  'span-percentiles',
  'span-histogram',
  'arrivals',
  'net-flow',
  'blocked',
  'handoffs',
  'predictability',
] as const

type Sum = (rows: readonly Row[]) => number

/** What adds up to the same over the rows that are taken and over the answer. */
const SUMS: readonly { readonly metric: (typeof METRICS)[number]; readonly taken: Sum; readonly answered: Sum }[] = [
  { metric: 'cumulative-flow', taken: sumOf('reached_count'), answered: sumOf('reached_count') },
  {
    metric: 'occupancy',
    taken: sumOf('item_delta'),
    answered: (rows) => sumOf('item_count')(onLastDay(rows)),
  },
  { metric: 'wip', taken: sumOf('items'), answered: (rows) => sumOf('item_count')(onLastDay(rows)) },
  { metric: 'throughput', taken: sumOf('item_count'), answered: sumOf('item_count') },
  { metric: 'flow-efficiency', taken: sumOf('item_count'), answered: sumOf('n') },
  { metric: 'flow-efficiency', taken: (rows) => sumOf('waiting_seconds')(rows) / 86_400, answered: sumOf('waiting_days') },
  {
    metric: 'span-percentiles',
    taken: sumOf('item_count'),
    answered: (rows) => sumOf('n')(rows.filter(({ percentile }) => percentile === 50)),
  },
  { metric: 'span-histogram', taken: sumOf('item_count'), answered: sumOf('item_count') },
  { metric: 'arrivals', taken: sumOf('item_count'), answered: sumOf('item_count') },
  {
    metric: 'net-flow',
    taken: (rows) => sumOf('item_count')(rows.filter(({ kind }) => kind === 'departures')),
    answered: sumOf('departures'),
  },
  { metric: 'blocked', taken: (rows) => rows.length, answered: sumOf('episode_count') },
  { metric: 'handoffs', taken: sumOf('item_count'), answered: sumOf('move_count') },
  { metric: 'predictability', taken: sumOf('item_count'), answered: sumOf('item_count') },
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

it.each(METRICS)(`one question to the database serves every stream, window and as-of day of %s (seed ${SEED})`, async (metric) => {
  const asked: QueryRun[] = []
  for (const params of questions(metric)) await runMetric({ ...built, metric, params, observe: (run) => asked.push(run) })
  expect(asked).toHaveLength(questions(metric).length)
  expect(new Set(asked.map(({ query }) => JSON.stringify(built.engine.dialect.render(query)))).size).toBe(1)
  expect(asked.every(({ query }) => takenOf(query))).toBe(true)
})

it.each(METRICS)(`%s answers as if nothing was kept (seed ${SEED})`, async (metric) => {
  const large = enlarged(built.snapshot)
  for (const params of questions(metric)) {
    const answers = [built.snapshot, large].map((snapshot) => runMetric({ ...built, snapshot, metric, params }))
    const [small, asked] = (await Promise.all(answers)).map(({ table }) => toRows(table))
    expect(small, JSON.stringify(params)).toEqual(asked)
  }
})

it.each(SUMS)(`what is taken of it for $metric are the rows behind its numbers (seed ${SEED})`, async ({ metric, taken, answered }) => {
  const found: number[] = []
  for (const params of questions(metric)) {
    let asked: QueryRun['query'] | undefined
    const { table } = await runMetric({ ...built, metric, params, observe: ({ query }) => (asked = query) })
    const condition = asked && takenOf(asked)
    if (!asked || !condition) throw new Error(`nothing was kept for ${metric} ${JSON.stringify(params)}`)
    if (!table.rowCount) continue
    const rows = toRows(await built.engine.query(sql`SELECT * FROM (${asked}) AS kept WHERE ${condition}`))
    expect(taken(rows), JSON.stringify(params)).toBeCloseTo(answered(toRows(table)), 9)
    found.push(taken(rows))
  }
  expect(new Set(found).size).toBeGreaterThan(3)
})

function sumOf(column: string): Sum {
  return (rows) => rows.reduce((total, row) => total + Number(row[column]), 0)
}

function onLastDay(rows: readonly Row[]): Row[] {
  const last = Math.max(...rows.map(({ day_on }) => Number(day_on)))
  return rows.filter(({ day_on }) => Number(day_on) === last)
}
