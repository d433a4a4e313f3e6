import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { disagreements, drawCases } from '@/lib/testing/cases'
import { readFixtures, writeFixture } from '@/lib/testing/fixtures'
import { runSize } from '@/lib/testing/run-size'
import { shrink } from '@/lib/testing/shrink'
import { ORACLES } from './oracle'

const METRICS = Object.keys(ORACLES)
const FIXTURES = path.join(import.meta.dirname ?? '', 'fixtures')
const { seeds, histories, timeout } = runSize()

describe('the engine says what the naive definitions say', () => {
  it.each(seeds)(`of ${histories} random histories, seed %d`, { timeout }, async (seed) => {
    const found = await disagreements(drawCases(seed, histories, 1), METRICS)
    const first = found[0]
    if (!first) return
    const smallest = await shrink(first)
    const file = await writeFixture(FIXTURES, smallest, seed)
    const metrics = [...new Set(found.map((one) => one.metric))].join(', ')
    const told = [
      `seed ${seed} (SEED=${seed}): ${found.length} answers of ${metrics} differ; the smallest case is in ${path.basename(file)}`,
    ]
    expect.fail([...told, JSON.stringify(smallest.question), ...smallest.lines.slice(0, 10)].join('\n'))
  })
})

describe('a whole portfolio', () => {
  it('answers over all of its streams', { timeout }, async () => {
    const cases = drawCases((seeds[0] ?? 1) + 700_000, 15, 1)
    const all = cases.map((one) => ({ ...one, questions: one.questions.map((question) => ({ ...question, streams: [] })) }))
    const found = await disagreements(all, METRICS)
    expect(found.flatMap((one) => [one.metric, JSON.stringify(one.question), ...one.lines.slice(0, 5)])).toEqual([])
  })
})

describe('what once differed', () => {
  it('is the same now', { timeout }, async () => {
    for (const fixture of await readFixtures(FIXTURES)) {
      const found = await disagreements([fixture.case], [fixture.metric])
      expect(
        found.flatMap((one) => one.lines),
        fixture.name,
      ).toEqual([])
    }
  })
})
