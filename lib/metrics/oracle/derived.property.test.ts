import { createHash } from 'node:crypto'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { deriveDatabase } from '@/lib/engine/duckdb/derive'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { encodeArrow } from '@/lib/engine/encode/arrow'
import type { Engine } from '@/lib/engine/engine'
import { sql } from '@/lib/engine/sql'
import type { RawParams } from '@/lib/metrics/params'
import { METRICS } from '@/lib/metrics/registry'
import { runMetric } from '@/lib/metrics/run'
import { nativeLayout } from '@/lib/snapshot/native'
import { type Snapshot, SnapshotStore } from '@/lib/snapshot/store'
import { drawBatches } from '@/lib/testing/batches'
import { buildHistory } from '@/lib/testing/build'
import { drawCases, eachOf, historyOf } from '@/lib/testing/cases'
import { paramsOf } from '@/lib/testing/questions'
import { runSize } from '@/lib/testing/run-size'

const { seeds, histories, timeout } = runSize()

describe('a native database answers as its Parquet files do', () => {
  it.each(seeds.slice(0, Math.max(1, seeds.length / 6)))('byte by byte, over random histories, seed %d', { timeout }, async (seed) => {
    const cases = drawCases(seed + 950_000, Math.ceil(histories / 4), 1)
    const built = await buildHistory(historyOf(cases))
    const { snapshot } = built
    const folder = path.join(snapshot.folder, '../../derived')
    await deriveDatabase(snapshot, { folder, ...nativeLayout(snapshot), except: [] })
    const native = await openDuckdb({ readable: [], derived: folder })
    const parquet = await openDuckdb({ readable: [snapshot.folder] })
    try {
      const asked = cases.flatMap((one) => one.questions.flatMap((question) => METRICS.map(({ name }) => ({ name, question }))))
      await eachOf(asked, 4, async ({ name, question }) => {
        const params = paramsOf(question, name)
        const [found, expected] = await Promise.all([native, parquet].map((engine) => answerOf(engine, snapshot, name, params)))
        expect(found, `${name}: ${JSON.stringify(params)}`).toBe(expected)
      })
      // It was reached at all: no file but the database may be read.
      await expect(native.query(sql`SELECT count(*) FROM read_parquet(${snapshot.tables.get('items')?.[0] ?? ''})`)).rejects.toThrow(
        /Permission/,
      )
    } finally {
      await Promise.all([native.close(), parquet.close(), built.close()])
    }
  })

  it(`also where it has grown and each part has one of its own, or the first part alone, seed ${seeds[0]}`, { timeout }, async () => {
    const cases = drawCases((seeds[0] ?? 0) + 960_000, Math.ceil(histories / 8), 1)
    const history = historyOf(cases)
    const built = await buildHistory(history, { batches: { ...drawBatches(history, seeds[0] ?? 0, 3), areAdded: true } })
    const { snapshot } = built
    const data = path.join(snapshot.folder, '../..')
    const origin = await new SnapshotStore(data).open(snapshot.increments?.originId ?? '')
    const folders = [path.join(data, 'derived'), path.join(data, 'derived-of-origin')]
    for (const folder of folders) await deriveDatabase(origin, { folder, ...nativeLayout(origin), except: [] })
    const [both = '', first = ''] = folders
    await deriveDatabase(snapshot, { folder: both, ...nativeLayout(snapshot), except: [] })
    const engines = await Promise.all([
      openDuckdb({ readable: [], derived: both }),
      openDuckdb({ readable: [data], derived: first }),
      openDuckdb({ readable: [data] }),
    ])
    try {
      const asked = cases.flatMap((one) => one.questions.flatMap((question) => METRICS.map(({ name }) => ({ name, question }))))
      await eachOf(asked, 4, async ({ name, question }) => {
        const params = paramsOf(question, name)
        const [inBoth, inFirst, expected] = await Promise.all(engines.map((engine) => answerOf(engine, snapshot, name, params)))
        expect([inBoth, inFirst], `${name}: ${JSON.stringify(params)}`).toEqual([expected, expected])
      })
    } finally {
      await Promise.all([...engines.map((engine) => engine.close()), built.close()])
    }
  })
})

/** The bytes of an answer, or what is wrong with the question. */
async function answerOf(engine: Engine, snapshot: Snapshot, metric: string, params: RawParams): Promise<string> {
  const answer = await runMetric({ engine, snapshot, metric, params }).catch((error: unknown) => error as Error)
  return answer instanceof Error ? answer.message : createHash('sha256').update(encodeArrow(answer.table)).digest('hex')
}
