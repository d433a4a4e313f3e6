import { afterAll, beforeAll, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { sql, takenOf } from '@/lib/engine/sql'
import { BANDS_PER_PLACE, stagePlaces } from '@/lib/snapshot/cubes/stretches'
import { CANCELLED_POSITION } from '@/lib/snapshot/positions'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { drawCases, historyOf } from '@/lib/testing/cases'
import { enlarged } from '@/lib/testing/enlarged'
import { formatDay } from '@/lib/time/day'
import type { RawParams } from '../params'
import { type QueryRun, runMetric } from '../run'

const SEED = Number(process.env.SEED ?? 53)

let built: BuiltHistory
beforeAll(async () => {
  built = await buildHistory(historyOf(drawCases(SEED, 6, 0)))
})
afterAll(() => built.close())

/** Windows that are not all of history, of all streams and of each. */
function windows(): RawParams[] {
  const { firstDay, lastDay, portfolio } = built.snapshot.manifest
  const [first, second] = [1 / 3, 2 / 3].map((share) => formatDay(Math.floor(firstDay + share * (lastDay - firstDay))))
  const scopes = [{}, ...portfolio.streams.map(({ id }) => ({ stream: id }))]
  return scopes.flatMap((scope) =>
    [{ from: first }, { to: second }, { from: first, to: second }, { asOf: second }, { from: second, to: second }].map((window) => ({
      ...scope,
      ...window,
    })),
  )
}

async function asked(metric: string, params: RawParams, snapshot = built.snapshot) {
  const runs: QueryRun[] = []
  const { table } = await runMetric({ ...built, snapshot, metric, params, observe: (run) => runs.push(run) })
  return { rows: toRows(table), runs }
}

it.each(['stage-times', 'bottlenecks'])(
  `%s of a window are the same from days and bands as from the facts (seed ${SEED})`,
  async (metric) => {
    let [found, closer] = [0, 0]
    for (const params of windows()) {
      const [own, facts] = [await asked(metric, params), await asked(metric, params, enlarged(built.snapshot))]
      expect(own.rows, JSON.stringify(params)).toEqual(facts.rows)
      // Where nothing is in scope, or too little to tell, nobody looks closer.
      const names = own.runs.map(({ name }) => name)
      expect(names).toContain('bands')
      if (names.includes('stretches')) closer++
      expect(facts.runs.map(({ name }) => name)).not.toContain('bands')
      found += own.rows.length
    }
    expect(found).toBeGreaterThan(10)
    expect(closer).toBeGreaterThan(3)
  },
)

it(`the bands that are taken are those of the numbers of a window (seed ${SEED})`, async () => {
  const found: number[] = []
  const places = stagePlaces(built.snapshot.manifest.portfolio.streams)
  for (const params of windows()) {
    const { rows, runs } = await asked('stage-times', params)
    const bands = runs.find(({ name }) => name === 'bands')?.query
    const condition = bands && takenOf(bands)
    if (!bands || !condition) throw new Error(`nothing was kept for ${JSON.stringify(params)}`)
    const taken = toRows(await built.engine.query(sql`SELECT band, item_count FROM (${bands}) AS kept WHERE ${condition}`))
    // Time in a cancelled state is in no line of the answer.
    const told = taken.filter(({ band }) => places[Math.floor(Number(band) / BANDS_PER_PLACE)]?.position !== CANCELLED_POSITION)
    const count = told.reduce((sum, { item_count }) => sum + Number(item_count), 0)
    expect(count, JSON.stringify(params)).toBe(rows.reduce((sum, { n }) => sum + Number(n), 0))
    found.push(count)
  }
  expect(new Set(found).size).toBeGreaterThan(3)
})
