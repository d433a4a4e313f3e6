import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { enlarged } from '@/lib/testing/enlarged'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { explainMetric } from '../explain/explain'
import type { RawParams } from '../params'
import { runMetric } from '../run'

const HERE = [
  smallItem(
    'twice-a-day',
    '2024-03-04T10:00 Todo team=A',
    '2024-03-05T09:00 Todo team=B',
    '2024-03-05T15:00 Doing team=C',
    '2024-03-06T09:00 Done team=C',
  ),
  smallItem('cleared', '2024-03-04T10:00 Todo team=A', '2024-03-05T10:00 Todo', '2024-03-06T10:00 Doing team=B'),
  smallItem('waits', '2024-03-04T10:00 Doing team=B', '2024-03-06T10:00 Doing team=A type=Bug'),
  smallItem('comes', '2024-03-04T10:00 Todo team=A', '2024-03-06T10:00 Doing team=B'),
]
const THERE = [smallItem('elsewhere', '2024-03-04T10:00 Todo team=B', '2024-03-06T23:00 Todo team=C', '2024-03-07T01:00 Doing team=C')]

let built: BuiltHistory
beforeAll(async () => {
  built = await buildHistory(smallHistory(smallStream('here', HERE), smallStream('there', THERE)))
})
afterAll(() => built.close())

/** Hand-offs as `A>B 2× 0.5`: givers and takers, how often, mean days of waiting. */
async function handoffs({ engine, snapshot }: Pick<BuiltHistory, 'engine' | 'snapshot'>, params: RawParams) {
  const rows = toRows((await runMetric({ engine, snapshot, metric: 'handoffs', params })).table)
  return rows.map(({ from_team, to_team, move_count, wait_days }) => `${from_team}>${to_team} ${move_count}× ${wait_days ?? '-'}`)
}

describe('hand-offs', () => {
  it.each<[string, RawParams, string[]]>([
    ['wait for the next move, not for one that comes with them', {}, ['A>B 2× 0.25', 'B>C 2× 0.4166666666666667', 'B>A 1× -']],
    ['are those of a stream', { stream: 'there' }, ['B>C 1× 0.08333333333333333']],
    ['are those of a window', { from: '2024-03-06' }, ['A>B 1× -', 'B>A 1× -', 'B>C 1× 0.08333333333333333']],
    ['wait as of a day', { asOf: '2024-03-05' }, ['A>B 1× 0.25', 'B>C 1× -']],
    ['wait for no move of a later day', { stream: 'there', asOf: '2024-03-06' }, ['B>C 1× -']],
    ['have the values of the end of their day', { team: 'C' }, ['B>C 2× 0.4166666666666667', 'A>B 1× 0.25']],
    ['have no values in between', { team: 'B', to: '2024-03-05' }, []],
    ['have every value that is asked for', { team: 'A', type: 'Bug' }, ['B>A 1× -']],
    ['have values of now', { team: 'B', rule: 'current' }, ['A>B 1× -']],
  ])('%s', async (_, params, expected) => {
    expect(await handoffs(built, params)).toEqual(expected)
    expect(await handoffs({ ...built, snapshot: enlarged(built.snapshot) }, params)).toEqual(expected)
  })

  it.each(['handoffs', 'blocked'])('%s of a slice are read off one table', async (metric) => {
    const { queries } = await explainMetric({ ...built, metric, params: { team: 'A', type: 'Bug' } })
    expect(queries.map(({ sql }) => sql).join(' ')).not.toMatch(/spells|JOIN/)
  })
})
