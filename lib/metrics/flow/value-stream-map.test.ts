import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Row, toRows } from '@/lib/engine/columns'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import type { RawParams } from '../params'
import { runMetric } from '../run'

let built: BuiltHistory
beforeAll(async () => {
  const items = [
    smallItem(
      'two ways',
      '2024-03-04T10:00 Todo team=A',
      '2024-03-05T10:00 Doing team=A',
      '2024-03-06T10:00 Todo team=A',
      '2024-03-07T10:00 Done team=A',
    ),
    smallItem(
      'one way',
      '2024-03-04T10:00 Todo team=A',
      '2024-03-05T10:00 Doing team=A',
      '2024-03-06T10:00 Todo team=A',
      '2024-03-07T10:00 Doing team=A',
    ),
    smallItem(
      'two ways, two teams',
      '2024-03-04T10:00 Todo team=A',
      '2024-03-05T10:00 Doing team=A',
      '2024-03-06T10:00 Todo team=B',
      '2024-03-07T10:00 Done team=B',
    ),
    smallItem(
      'one way, two teams',
      '2024-03-04T10:00 Todo team=A',
      '2024-03-05T10:00 Doing team=A',
      '2024-03-06T10:00 Todo team=B',
      '2024-03-07T10:00 Doing team=B',
    ),
    smallItem('straight', '2024-03-04T10:00 Todo team=B', '2024-03-05T10:00 Doing team=B', '2024-03-07T10:00 Done team=B'),
  ]
  built = await buildHistory(smallHistory(smallStream('small', items)))
})
afterAll(() => built.close())

async function map(params: RawParams): Promise<Row[]> {
  const { engine, snapshot } = built
  return toRows((await runMetric({ engine, snapshot, metric: 'value-stream-map', params })).table)
}

/** `from → to: items of departures`, of stages alone `from: items of departures`. */
async function counts(params: RawParams): Promise<string[]> {
  const rows = await map(params)
  return rows.map(
    ({ from_stage, to_stage, item_count, departures }) =>
      `${from_stage}${to_stage === null ? '' : ` → ${to_stage}`}: ${item_count} of ${departures}`,
  )
}

describe('items of a stage and of an edge', () => {
  it('count once, however often and along whichever edges they left', async () => {
    expect(await counts({})).toMatchInlineSnapshot(`
      [
        "todo: 5 of 9",
        "doing: 5 of 5",
        "done: 0 of 0",
        "todo → doing: 5 of 7",
        "todo → done: 2 of 2",
        "doing → todo: 4 of 4",
        "doing → done: 1 of 1",
      ]
    `)
  })

  it.each<RawParams>([{ team: 'A,B' }, { team: 'A,B', rule: 'ever' }, { team: 'A,B', rule: 'current' }])(
    'are the same where facts tell them: %j',
    async (params) => {
      for (const window of [{}, { from: '2024-03-06' }, { to: '2024-03-07' }, { from: '2024-03-05', to: '2024-03-08' }])
        expect(await map({ ...params, ...window })).toEqual(await map(window))
    },
  )

  it('count where they had the values', async () => {
    expect(await counts({ team: 'A' })).toMatchInlineSnapshot(`
      [
        "todo: 4 of 6",
        "doing: 2 of 2",
        "done: 0 of 0",
        "todo → doing: 4 of 5",
        "todo → done: 1 of 1",
        "doing → todo: 2 of 2",
      ]
    `)
    expect(await counts({ team: 'B' })).toMatchInlineSnapshot(`
      [
        "todo: 3 of 3",
        "doing: 3 of 3",
        "done: 0 of 0",
        "todo → doing: 2 of 2",
        "todo → done: 1 of 1",
        "doing → todo: 2 of 2",
        "doing → done: 1 of 1",
      ]
    `)
  })
})
