import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import type { RawParams } from '@/lib/metrics/params'
import { runMetric } from '@/lib/metrics/run'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'

const TWO_DONE = {
  stages: [
    { id: 'todo', name: 'To do', kind: 'queue', states: ['Todo'], waiting: [] },
    { id: 'built', name: 'Built', kind: 'done', states: ['Built'], waiting: [] },
    { id: 'live', name: 'Live', kind: 'done', states: ['Live'], waiting: [] },
  ],
  committed: 'todo',
  started: 'todo',
  finished: 'live',
} as const

const HISTORY = smallHistory(
  smallStream('rushed', [
    smallItem('1', '2024-03-04T09:00 Doing', '2024-03-04T10:00 Todo', '2024-03-04T10:00 Doing', '2024-03-04T15:00 Done'),
  ]),
  smallStream('moved', [
    smallItem('1', '2024-03-04T09:00 Doing team=A', '2024-03-05T09:00 Done team=A', '2024-03-06T09:00 Done team=B'),
    smallItem('2', '2024-03-04T09:00 Doing team=B'),
  ]),
  smallStream('live', [smallItem('1', '2024-03-04T09:00 Todo', '2024-03-05T09:00 Built', '2024-03-08T09:00 Live')], TWO_DONE),
  smallStream(
    'slices',
    [
      smallItem('1', '2024-03-04T09:00 Doing type=Bug', '2024-03-04T15:00 Done type=Bug'),
      smallItem('2', '2024-03-01T09:00 Doing type=Story', '2024-03-10T15:00 Done type=Story'),
      smallItem('3', '2024-03-10T09:00 Doing type=Bug'),
      smallItem('4', '2024-03-10T09:00 Doing type=Story'),
    ],
    { sle: { percentile: 85, days: 5 } },
  ),
  smallStream('reopened', [
    smallItem('1', '2024-03-04T09:00 Doing team=A', '2024-03-05T09:00 Done team=A', '2024-03-07T09:00 Doing team=A'),
    smallItem('2', '2024-03-04T09:00 Doing team=A', '2024-03-05T09:00 Done team=A', '2024-03-08T09:00 Done team=B'),
    smallItem('3', '2024-03-04T09:00 Doing team=A', '2024-03-06T09:00 Rejected team=A'),
  ]),
)

describe('what oracle and engine once disagreed on', () => {
  let built: BuiltHistory
  beforeAll(async () => {
    built = await buildHistory(HISTORY)
  })
  afterAll(() => built.close())

  const ask = async (metric: string, params: RawParams) => toRows((await runMetric({ ...built, metric, params })).table)

  it('a policy matters also when only the elapsed time differs, within one day', async () => {
    expect(await ask('finished-items', { stream: 'rushed' })).toMatchObject([{ span_days: 1, policy_matters: true }])
  })

  it('a facet counts the value that the rule in force picks', async () => {
    const counted = async (rule: string) => {
      const rows = await ask('facets', { stream: 'moved', rule })
      return rows.filter((row) => row.dimension === 'team').map((row) => `${row.value} ${row.item_count}`)
    }
    expect(await counted('as_of')).toEqual(['B 2'])
    expect(await counted('at_finish')).toEqual(['A 1', 'B 1'])
    expect(await counted('ever')).toEqual(['B 2', 'A 1'])
  })

  it('nothing was ever true inside an empty window', async () => {
    expect(await ask('items', { stream: 'moved', rule: 'ever', team: 'B', from: '2024-04-01' })).toEqual([])
  })

  it('a stage of the kind done that does not finish an item has a pace', async () => {
    const rows = await ask('pace', { stream: 'live', percentiles: '50' })
    expect(rows.map((row) => [row.stage_id, row.age_days, row.n])).toEqual([
      ['todo', 2, 1],
      ['built', 5, 1],
    ])
  })

  it('an age is judged by what finished in the same slice', async () => {
    const judged = async (params: RawParams) =>
      (await ask('aging-work', { stream: 'slices', ...params })).map((row) => [row.item_id, row.percentile_rank, row.miss_risk_ratio])
    expect(await judged({})).toEqual([
      ['3', 50, 1],
      ['4', 50, 1],
    ])
    expect(await judged({ type: 'Bug' })).toEqual([['3', 100, null]])
    expect(await judged({ type: 'Story' })).toEqual([['4', 0, 1]])
  })

  it('the finished items of a window are those that its throughput counts', async () => {
    const window = { stream: 'reopened', from: '2024-03-05', to: '2024-03-06', team: 'A' }
    expect(await ask('throughput', { ...window, grain: 'day' })).toMatchObject([{ item_count: 1 }])
    const items = await ask('items', { ...window, status: 'finished' })
    expect(items.map((row) => [row.item_id, row.team])).toEqual([['2', 'B']])
    const asOf = await ask('items', { ...window, status: 'finished', asOf: '2024-03-05' })
    expect(asOf.map((row) => row.item_id)).toEqual(['1', '2'])
  })

  it('pages follow each other without a gap', async () => {
    const all = await ask('items', { stream: 'moved,slices' })
    const pages = [
      await ask('items', { stream: 'moved,slices', limit: 4 }),
      await ask('items', { stream: 'moved,slices', limit: 4, offset: 4 }),
    ]
    expect(pages.flat()).toEqual(all)
    expect(all.map((row) => row.total_count)).toEqual(all.map(() => 6))
  })

  it('a removed item stands in the stage "cancelled" and has no age', async () => {
    const items = await ask('items', { stream: 'reopened', stageId: 'cancelled' })
    expect(items).toMatchObject([{ item_id: '3', status: 'removed', age_days: null }])
  })
})
