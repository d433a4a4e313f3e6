import { expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { type Life, livesOf } from '@/lib/metrics/oracle/life'
import { firstStart } from '@/lib/metrics/oracle/span'
import { runMetric } from '@/lib/metrics/run'
import { SPANS, type SpanName } from '@/lib/model/unit'
import { buildHistory } from '@/lib/testing/build'
import { drawCases, historyOf } from '@/lib/testing/cases'

const SEED = 31

it(`Σ WIP over days = Σ day-ends that items spent in WIP, exactly (definitions §8; seed ${SEED})`, { timeout: 120_000 }, async () => {
  const history = historyOf(drawCases(SEED, 12, 0))
  const lives = livesOf(history)
  const { engine, snapshot, close } = await buildHistory(history)
  try {
    const { firstDay, lastDay } = snapshot.manifest
    for (const span of SPANS) {
      for (const { stream } of history.streams) {
        const rows = toRows((await runMetric({ engine, snapshot, metric: 'wip', params: { stream: stream.id, span } })).table)
        const levels = rows.reduce((sum, row) => sum + Number(row.item_count), 0)
        const own = lives.filter((life) => life.stream.id === stream.id)
        expect(levels, `${stream.id} ${span}`).toBe(own.reduce((sum, life) => sum + dayEnds(life, span, firstDay, lastDay), 0))
      }
    }
  } finally {
    await close()
  }
})

/** Ends of days at which the item was inside the span, neither finished nor removed. */
function dayEnds(life: Life, span: SpanName, firstDay: number, lastDay: number): number {
  let count = 0
  for (let day = firstDay; day <= lastDay; day++) {
    const known = { ...life, moments: life.moments.filter((moment) => moment.day <= day) }
    if (known.moments.at(-1)?.status === 'open' && firstStart(known, span)) count++
  }
  return count
}
