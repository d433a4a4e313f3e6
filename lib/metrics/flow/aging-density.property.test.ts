import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Row, toRows } from '@/lib/engine/columns'
import { ownParams } from '@/lib/metrics/oracle/variants'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { type Case, drawCases, eachOf, historyOf } from '@/lib/testing/cases'
import { paramsOf } from '@/lib/testing/questions'
import { runSize } from '@/lib/testing/run-size'
import type { RawParams } from '../params'
import { runMetric } from '../run'

const { seeds, timeout } = runSize()
const CASES = 12
const MOST_CELLS = 8

describe.each(seeds.filter((_, index) => index % 3 === 0))('cells of unfinished items, seed %d', (seed) => {
  let built: BuiltHistory
  let cases: Case[]

  beforeAll(async () => {
    cases = drawCases(seed + 600_000, CASES, 2)
    built = await buildHistory(historyOf(cases))
  }, timeout)
  afterAll(() => built.close())

  const ask = async (metric: string, params: RawParams): Promise<Row[]> => toRows((await runMetric({ ...built, metric, params })).table)

  it('add up to the unfinished items, and lead to exactly the items that they count', { timeout }, async () => {
    let asked = 0
    await eachOf(
      cases.flatMap((one) => one.questions),
      4,
      async (question) => {
        const own = ownParams(question, 'aging-density')
        const { grain: _grain, groupBy: _group, percentiles: _percentiles, ...scope } = paramsOf(question, 'aging-work')
        const { ageFrom, ageTo } = own
        const rows = await ask('aging-density', { ...scope, ...own })
        const behind = async (more: RawParams) =>
          Number((await ask('items', { ...scope, status: 'in_progress', limit: 1, ...more }))[0]?.total_count ?? 0)
        const told = `seed ${seed} (SEED=${seed}): ${JSON.stringify({ ...scope, ...own })}`
        const sumOf = (name: string) => rows.reduce((sum, row) => sum + Number(row[name]), 0)
        expect(sumOf('item_count'), told).toBe(await behind({ ageFrom, ageTo }))
        expect(sumOf('blocked_count'), told).toBe(await behind({ ageFrom, ageTo, blocked: 'yes' }))
        for (const row of rows.filter(({ kind }) => kind === 'cell').slice(0, MOST_CELLS)) {
          const ages = { ageFrom: String(row.age_from), ageTo: String(row.age_to) }
          const cell = { stream: String(row.stream_id), stageId: String(row.stage_id), ...ages }
          expect(await behind(cell), `${told} ${JSON.stringify(row)}`).toBe(row.item_count)
          asked += 1
        }
      },
    )
    expect(asked, 'cells were looked into').toBeGreaterThan(10)
  })
})
