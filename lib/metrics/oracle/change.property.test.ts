import { expect, it } from 'vitest'
import { buildHistory } from '@/lib/testing/build'
import { drawCases, eachOf, engineRows, historyOf } from '@/lib/testing/cases'
import { differences, ROW_SHAPES } from '@/lib/testing/compare'
import { runSize } from '@/lib/testing/run-size'
import { formatDay } from '@/lib/time/day'
import { change } from './change'
import type { Question } from './history'
import { livesOf } from './life'
import { extentOf, worldOf } from './world'

const { seeds, timeout } = runSize()
const SEVEN_WEEKS = 49

// Single random histories are too short for a verdict; a portfolio of many, whose periods may overlap, is not.
it('says the same change with the same seed, with an interval around it', { timeout }, async () => {
  const cases = drawCases((seeds[0] ?? 1) + 800_000, 25, 2)
  const history = historyOf(cases)
  const lives = livesOf(history)
  const from = extentOf(lives)?.firstDay ?? 0
  const built = await buildHistory(history)
  let intervals = 0
  try {
    await eachOf(cases.flatMap((one) => one.questions).map(wholePortfolio(from)), 2, async (question) => {
      const rows = await engineRows(built, 'change', question)
      expect(await engineRows(built, 'change', question)).toEqual(rows)
      const expected = change(worldOf(history, { ...question, groupBy: undefined }, lives))
      expect(differences(expected, rows, ROW_SHAPES.change ?? { keys: [] }), JSON.stringify(question)).toEqual([])
      for (const { low, effect_ratio, high } of rows) {
        if (effect_ratio === null) continue
        intervals++
        expect([low, effect_ratio, high].map(Number).toSorted((a, b) => a - b)).toEqual([low, effect_ratio, high])
      }
    })
  } finally {
    await built.close()
  }
  expect(intervals).toBeGreaterThan(10)
})

/** All streams over all days: the first seven weeks against the rest, or against all but the first week. */
function wholePortfolio(from: number): (question: Question, index: number) => Question {
  return ({ span, unit, policy, percentiles, rule, filters }, index) => {
    const own = {
      of: index % 2 ? 'throughput' : 'span',
      seed: String(index),
      beforeFrom: formatDay(from),
      beforeTo: formatDay(from + SEVEN_WEEKS),
    }
    return { streams: [], span, unit, policy, percentiles, rule, own, filters: index % 4 ? {} : filters, from: from + (index % 3) * 7 }
  }
}
