import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import type { RawParams } from './params'
import { runMetric } from './run'

let built: BuiltHistory
beforeAll(async () => {
  const items = [
    smallItem('moved', '2024-03-04T10:00 Todo team=A', '2024-03-06T10:00 Doing team=B'),
    smallItem('renamed', '2024-03-04T10:00 Todo team=C', '2024-03-05T10:00 Done team=C', '2024-03-08T10:00 Done team=D'),
    smallItem('returned', '2024-03-04T10:00 Todo team=E', '2024-03-05T10:00 Todo team=F', '2024-03-07T10:00 Todo team=E'),
    smallItem('corrected', '2024-03-04T10:00 Todo team=G', '2024-03-04T12:00 Todo team=H', '2024-03-09T10:00 Rejected team=H'),
    smallItem('reopened', '2024-03-04T10:00 Done team=I', '2024-03-06T10:00 Doing team=J', '2024-03-08T10:00 Done team=K'),
    smallItem('cleared', '2024-03-04T10:00 Todo team=L', '2024-03-06T10:00 Todo'),
  ]
  built = await buildHistory(smallHistory(smallStream('small', items)))
})
afterAll(() => built.close())

async function rowsOf(metric: string, params: RawParams) {
  const { engine, snapshot } = built
  return toRows((await runMetric({ engine, snapshot, metric, params })).table)
}

/** Teams that items ever had, each as often as items had it. */
async function teamsEver(params: RawParams): Promise<string> {
  const rows = (await rowsOf('facets', { ...params, rule: 'ever' })).filter(({ dimension }) => dimension === 'team')
  return rows
    .flatMap(({ value, item_count }) => Array.from({ length: Number(item_count) }, () => value ?? '-'))
    .sort()
    .join('')
}

describe('what an item ever had', () => {
  it.each<[RawParams, string]>([
    [{}, '-ABCDEFHIJKL'],
    [{ from: '2024-03-05' }, '-ABCDEFHIJKL'],
    [{ from: '2024-03-06' }, '-BCDEFHJK'],
    [{ from: '2024-03-07' }, '-BCDEHJK'],
    [{ from: '2024-03-08' }, '-BDEHK'],
    [{ to: '2024-03-05' }, 'ACEHIL'],
    [{ to: '2024-03-06' }, 'ACEFHIL'],
    [{ to: '2024-03-08' }, '-ABCEFHIJL'],
    [{ asOf: '2024-03-07' }, '-ABCEFHIJL'],
    [{ from: '2024-03-07', to: '2024-03-07' }, ''],
    [{ team: 'A' }, '-ABCDEFHIJKL'],
  ])('is what it had at the end of a day of the window: %j', async (params, teams) => {
    expect(await teamsEver(params)).toBe(teams)
  })

  it.each<[string, number]>([
    ['A', 1],
    ['B', 1],
    ['C', 1],
    ['D', 1],
    ['C,D', 1],
    ['E,F', 1],
    ['G', 0],
    ['H', 1],
    ['I,J,K', 1],
    ['J', 1],
    ['(none)', 1],
    ['A,L', 2],
  ])('lets it through once, team %s', async (team, count) => {
    const rows = await rowsOf('cumulative-flow', { team, rule: 'ever' })
    expect(rows.filter(({ stage_id }) => stage_id === 'todo').at(-1)?.reached_count).toBe(count)
  })

  it.each<[string, number]>([
    ['C', 1],
    ['D', 0],
    ['K', 1],
    ['I', 0],
    ['B', 0],
  ])('differs from what it had when it finished, team %s', async (team, count) => {
    const rows = await rowsOf('throughput', { team, rule: 'at_finish' })
    expect(rows.reduce((sum, { item_count }) => sum + Number(item_count), 0)).toBe(count)
  })

  it.each<[string, number]>([
    ['C', 1],
    ['D', 0],
    ['K', 1],
    ['B', 1],
    ['H', 1],
    ['A', 0],
  ])('at its finish, or where it stands: team %s', async (team, count) => {
    const rows = await rowsOf('cumulative-flow', { team, rule: 'at_finish' })
    expect(rows.filter(({ stage_id }) => stage_id === 'todo').at(-1)?.reached_count).toBe(count)
  })
})
