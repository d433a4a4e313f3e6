import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Row, toRows } from '@/lib/engine/columns'
import { ownParams } from '@/lib/metrics/oracle/variants'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { type Case, drawCases, eachOf, historyOf } from '@/lib/testing/cases'
import { paramsOf } from '@/lib/testing/questions'
import { runSize } from '@/lib/testing/run-size'
import { formatDay } from '@/lib/time/day'
import type { RawParams } from '../params'
import { runMetric } from '../run'

const { seeds, timeout } = runSize()
const CASES = 12
const MOST_CELLS = 8

describe.each(seeds.filter((_, index) => index % 3 === 0))('cells of finished items, seed %d', (seed) => {
  let built: BuiltHistory
  let cases: Case[]

  beforeAll(async () => {
    cases = drawCases(seed + 400_000, CASES, 2)
    built = await buildHistory(historyOf(cases))
  }, timeout)
  afterAll(() => built.close())

  const ask = async (metric: string, params: RawParams): Promise<Row[]> => toRows((await runMetric({ ...built, metric, params })).table)

  it('add up to the finished items, and lead to exactly the items that they count', { timeout }, async () => {
    let asked = 0
    const questions = cases.flatMap((one) => one.questions)
    await eachOf(questions, 4, async (question) => {
      const own = ownParams(question, 'span-density')
      const shared = paramsOf(question, 'throughput')
      const { grain: _grain, groupBy: _group, percentiles: _percentiles, ...params } = shared
      const scope: RawParams = { ...params, span: paramsOf(question, 'span-density').span }
      const { lengthFrom, lengthTo } = own
      const rows = await ask('span-density', { ...scope, ...own })
      const behind = (more: RawParams) => ask('items', { ...scope, status: 'finished', limit: 1, ...more })
      const told = `seed ${seed} (SEED=${seed}): ${JSON.stringify({ ...scope, ...own })}`
      const all = Number((await behind({ lengthFrom, lengthTo }))[0]?.total_count ?? 0)
      expect(
        rows.reduce((sum, row) => sum + Number(row.item_count), 0),
        told,
      ).toBe(all)
      for (const row of rows.filter(({ kind }) => kind === 'cell').slice(0, MOST_CELLS)) {
        const edges = { from: formatDay(Number(row.day_from)), to: formatDay(Number(row.day_to)) }
        const lengths = { lengthFrom: text(row.length_from), lengthTo: text(row.length_to) }
        const items = await behind({ ...edges, ...lengths, asOf: scope.asOf })
        expect(items[0]?.total_count, `${told} ${JSON.stringify(row)}`).toBe(row.item_count)
        asked += 1
      }
    })
    expect(asked, 'cells were looked into').toBeGreaterThan(10)
  })
})

/** As the page's address has it. */
function text(days: unknown): string {
  return String(Number(Number(days).toFixed(9)))
}
