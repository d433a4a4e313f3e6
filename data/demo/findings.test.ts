import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_SEED } from '@/lib/demo/story'
import type { DemoTruth } from '@/lib/demo/truth'
import { toRows } from '@/lib/engine/columns'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import type { Engine } from '@/lib/engine/engine'
import { runMetric } from '@/lib/metrics/run'
import { type Snapshot, SnapshotStore } from '@/lib/snapshot/store'
import { writeDemoLog } from '@/scripts/cli/demo-log'
import { makeSnapshot } from '@/scripts/cli/make-snapshot'
import { everyMetricAnswers, everyMetricEverywhere } from '@/scripts/testing/every-metric'

const ITEMS = 30_000

describe(`what is hidden in the demo (seed ${DEMO_SEED})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'streamgauge-findings-'))
  const data = path.join(folder, 'data')
  let engine: Engine
  let snapshot: Snapshot
  let truth: DemoTruth['findings']

  beforeAll(async () => {
    const log = path.join(folder, 'log')
    const file = await writeDemoLog({ seed: DEMO_SEED, items: ITEMS, folder: log, progress: () => undefined })
    truth = (JSON.parse(readFileSync(path.join(log, 'truth.json'), 'utf8')) as DemoTruth).findings
    const store = new SnapshotStore(data)
    await makeSnapshot(file, store, { progress: () => undefined })
    snapshot = await store.current()
    engine = await openDuckdb({ readable: [folder] })
  }, 300_000)
  afterAll(async () => {
    await engine?.close()
    await rm(folder, { recursive: true, force: true })
  })

  everyMetricAnswers(() => ({ engine, snapshot, data }))
  everyMetricEverywhere(() => ({ engine, snapshot, data }))

  const verdictOn = async (
    finding: { stream: string; before: { from: string; to: string }; after: { from: string; to: string } },
    slice: Readonly<Record<string, string>> = {},
  ) => {
    const { before, after, stream } = finding
    const params = { ...slice, stream, from: after.from, to: after.to, beforeFrom: before.from, beforeTo: before.to }
    const [row] = toRows((await runMetric({ engine, snapshot, metric: 'change', params })).table)
    return row
  }

  it('the real improvement is found', async () => {
    const row = await verdictOn(truth.improvement)
    expect(row).toMatchObject({ verdict: 'signal' })
    expect(row?.effect_ratio).toBeLessThan(0)
    expect(Number(row?.low)).toBeLessThanOrEqual(truth.improvement.flow_p85_change_ratio ?? Number.NaN)
    expect(Number(row?.high)).toBeGreaterThanOrEqual(truth.improvement.flow_p85_change_ratio ?? Number.NaN)
  })

  it('the slowdown is found in the stream and its team, and not in the other one', async () => {
    const { slowdown } = truth
    for (const row of [await verdictOn(slowdown), await verdictOn(slowdown, { team: slowdown.team })]) {
      expect(row).toMatchObject({ verdict: 'signal' })
      expect(row?.effect_ratio).toBeGreaterThan(0)
    }
    expect(await verdictOn(slowdown, { team: 'Gateway' })).toMatchObject({ verdict: 'could be noise' })
  })

  it('the announced one is not, though its figure may have moved', async () => {
    expect(await verdictOn(truth.fake_improvement)).toMatchObject({ verdict: 'could be noise' })
  })
})
