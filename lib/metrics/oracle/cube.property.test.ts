import { describe, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import type { MetricContext } from '@/lib/metrics/define'
import { cubeChanges, spellChanges } from '@/lib/metrics/facts/levels'
import { runMetric } from '@/lib/metrics/run'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { drawCases, eachOf, historyOf } from '@/lib/testing/cases'
import { paramsOf } from '@/lib/testing/questions'
import { runSize } from '@/lib/testing/run-size'
import type { Question } from './history'

const { seeds, histories, timeout } = runSize()

describe('a cube answers as the items do', () => {
  it.each(seeds.slice(0, Math.max(1, seeds.length / 3)))('levels of random histories, seed %d', { timeout }, async (seed) => {
    const cases = drawCases(seed + 900_000, histories, 1)
    const built = await buildHistory(historyOf(cases))
    try {
      await eachOf(
        cases.flatMap((one) => one.questions),
        4,
        async (question) => {
          const context = await contextOf(built, question)
          if (context.window.from >= context.window.to) return
          const [cube, spells] = await Promise.all([cubeChanges(context), spellChanges(context)].map((query) => built.engine.query(query)))
          expect(cube && toRows(cube), JSON.stringify(question)).toEqual(spells && toRows(spells))
        },
      )
    } finally {
      await built.close()
    }
  })
})

/** The context of a question without dimensions, as the metric would see it. */
async function contextOf({ engine, snapshot }: BuiltHistory, question: Question): Promise<MetricContext> {
  const asked = { ...question, filters: {}, groupBy: question.groupBy === undefined ? undefined : 'stream', rule: question.rule }
  const { params, window } = await runMetric({ engine, snapshot, metric: 'occupancy', params: paramsOf(asked, 'occupancy') })
  const { portfolio, dimensions } = snapshot.manifest
  return {
    params,
    window,
    snapshotId: snapshot.id,
    portfolio,
    dimensions,
    streams: portfolio.streams.filter((stream) => question.streams.includes(stream.id)),
    dialect: engine.dialect,
    repairs: snapshot.manifest.repairs,
    table: (name) => engine.dialect.table(snapshot.id, name),
    wholeTable: (name) => engine.dialect.table(snapshot.id, name),
  }
}
