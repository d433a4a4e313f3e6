import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { encodeJson } from '@/lib/engine/encode/json'
import type { Engine } from '@/lib/engine/engine'
import { runMetric } from '@/lib/metrics/run'
import { SnapshotStore } from '@/lib/snapshot/store'
import { verifySnapshot } from '@/lib/snapshot/verify/verify'
import { Rng } from '@/lib/stats/rng'
import { writeBoard } from '@/scripts/testing/board'
import { finished, spawnCommand, spawnLimited } from '@/scripts/testing/child'
import { makeSnapshot } from './make-snapshot'

const KILLS = 20
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)

let folder: string
let data: string
let store: SnapshotStore
let engine: Engine
let rows: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-crash-'))
  data = path.join(folder, 'data')
  store = new SnapshotStore(data)
  engine = await openDuckdb({ readable: [store.folder] })
  await buildHere('First')
  rows = await answer()
})

afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

/** The name is part of a snapshot's id, but of no answer: every snapshot of the board gives the same rows. */
async function buildHere(name: string): Promise<string> {
  return (await makeSnapshot(await writeBoard(path.join(folder, name), { name, items: 200 }), store, { isWhole: true, progress: () => {} }))
    .id
}

async function startBuild(name: string, spawn = spawnCommand) {
  const file = await writeBoard(path.join(folder, name), { name, items: 200 })
  return spawn(['build', file, '--whole', '--data', data])
}

/** What a reader of the served snapshot sees, from a store that remembers nothing. */
async function answer(): Promise<string> {
  const snapshot = await new SnapshotStore(data).current()
  const { table } = await runMetric({ engine, snapshot, metric: 'items', params: { limit: 500 } })
  return encodeJson(table)
}

const whole = new Set<string>()

/** Whatever is listed can be read to its end. */
async function expectWhole(): Promise<void> {
  const fresh = new SnapshotStore(data)
  for (const { id } of await fresh.list()) {
    if (whole.has(id)) continue
    for await (const check of verifySnapshot(engine, await fresh.open(id)))
      expect([id, check.name, check.isMet]).toEqual([id, check.name, true])
    whole.add(id)
  }
}

/** Resolves when the build has told of so many steps; progress, not time, so that a busy machine kills at the same places. */
function untilStep(child: ChildProcess, step: number): Promise<void> {
  if (step === 0) return Promise.resolve()
  let seen = 0
  return new Promise((resolve) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      seen += chunk.toString('utf8').split('\n').length - 1
      if (seen >= step) resolve()
    })
  })
}

describe('a build that dies', { timeout: 600_000 }, () => {
  it(`leaves the old snapshot served and readable, ${KILLS} times (CRASH_SEED=${SEED})`, async () => {
    const rng = Rng.of(SEED)
    const measured = await startBuild('Measured')
    const started = performance.now()
    const { code, stderr } = await finished(measured)
    expect(code).toBe(0)
    const steps = stderr.trim().split('\n').length
    const stepMs = (performance.now() - started) / (2 * steps)
    const moments: string[] = []
    for (let round = 0; moments.length < KILLS && round < 3 * KILLS; round++) {
      const before = await store.currentId()
      const step = rng.int(steps + 1)
      const child = await startBuild(`Killed ${round}`)
      const ended = finished(child)
      await Promise.race([ended, untilStep(child, step).then(() => delay(rng.uniform() * stepMs))])
      child.kill('SIGKILL')
      const { signal } = await ended

      const wasPublished = (await new SnapshotStore(data).currentId()) !== before
      if (signal === 'SIGKILL')
        moments.push(`after step ${step} of ${steps}: ${wasPublished ? 'published already' : 'the old one is served'}`)
      else expect(wasPublished).toBe(true)
      expect(await answer()).toBe(rows)
      await expectWhole()

      const next = await buildHere(`After ${round}`)
      expect(await new SnapshotStore(data).currentId()).toBe(next)
      const names = await readdir(store.folder)
      expect(names.filter((name) => name !== 'current' && !/^[0-9a-f]{20}$/.test(name))).toEqual([])
    }
    process.stdout.write(`CRASH_SEED=${SEED}, killed ${moments.length} times\n  ${moments.join('\n  ')}\n`)
    expect(moments).toHaveLength(KILLS)
  })

  it.skipIf(process.platform === 'win32')('leaves the old snapshot served when it cannot write any further', async () => {
    for (const kilobytes of [1, 4, 12]) {
      const before = await store.currentId()
      const failed = await finished(await startBuild(`Full ${kilobytes}`, (args) => spawnLimited(args, kilobytes)))
      expect(failed).toMatchObject({ code: 1, stdout: '' })
      expect(failed.stderr).toContain('nothing was published and the snapshot that was served is still served')
      expect(await new SnapshotStore(data).currentId()).toBe(before)
      expect(await answer()).toBe(rows)
      await expectWhole()
      expect((await readdir(store.folder)).filter((name) => name.startsWith('.'))).toEqual([])
    }
  })
})
