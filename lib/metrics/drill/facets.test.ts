import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import type { RawParams } from '../params'
import { runMetric } from '../run'

let built: BuiltHistory
beforeAll(async () => {
  const items = [
    smallItem('moved', '2024-03-04T10:00 Todo team=A type=bug', '2024-03-06T10:00 Doing team=B type=bug'),
    smallItem('stayed', '2024-03-04T10:00 Todo team=A type=story', '2024-03-07T10:00 Done team=A type=story'),
  ]
  built = await buildHistory(smallHistory(smallStream('small', items)))
})
afterAll(() => built.close())

interface Asked {
  readonly teams: string[]
  readonly tables: Set<string>
}

/** Items by team, and the tables that were asked. */
async function ask(params: RawParams): Promise<Asked> {
  const { engine, snapshot } = built
  const tables = new Set<string>()
  const observe = ({ query }: { readonly query: { readonly texts: readonly string[] } }) => {
    for (const [, table] of query.texts.join('?').matchAll(/snapshot_\w+\.(\w+) AS/g)) if (table !== undefined) tables.add(table)
  }
  const { table } = await runMetric({ engine, snapshot, metric: 'facets', params, observe })
  const teams = toRows(table).filter(({ dimension }) => dimension === 'team')
  return { teams: teams.map(({ value, item_count }) => `${value} ${item_count}`).sort(), tables }
}

describe('items by the values that they have now', () => {
  it.each<[RawParams, string[]]>([
    [{}, ['A 1', 'B 1']],
    [{ type: 'bug' }, ['B 1']],
    [{ team: 'B' }, ['A 1', 'B 1']],
    [{ team: 'A', type: 'bug' }, ['B 1']],
    [{ asOf: '2024-03-05' }, ['A 2']],
    [{ to: '2024-03-06' }, ['A 1', 'B 1']],
    [{ to: '2024-03-06', asOf: '2024-03-06' }, ['A 1', 'B 1']],
    [{ to: '2024-03-06', asOf: '2024-03-05' }, ['A 2']],
  ])('are counted: %j', async (params, teams) => {
    expect((await ask({ ...params, rule: 'current' })).teams).toEqual(teams)
  })

  it('are those of the last day where that is the as-of day, which the same cubes tell', async () => {
    const [now, then] = [await ask({ rule: 'current', type: 'bug' }), await ask({ rule: 'as_of', type: 'bug' })]
    expect(now).toEqual(then)
    expect(now.tables).toContain('cube_census_by_team_type')
    expect((await ask({ rule: 'current', type: 'bug', to: '2024-03-06' })).tables).toEqual(new Set(['spells']))
  })
})
