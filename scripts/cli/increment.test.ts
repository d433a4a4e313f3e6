import { copyFile, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { derivedFiles } from '@/lib/engine/duckdb/derived'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { log } from '@/lib/log'
import { METRICS } from '@/lib/metrics/registry'
import { runMetric } from '@/lib/metrics/run'
import { type Snapshot, SnapshotStore } from '@/lib/snapshot/store'
import { verifySnapshot } from '@/lib/snapshot/verify/verify'
import { Rng } from '@/lib/stats/rng'
import { writeBoard } from '../testing/board'
import { finished, spawnCommand } from '../testing/child'
import { makeSnapshot } from './make-snapshot'

const HEADER = 'id,at,state,team,type,title,blocked,area'
const KILLS = 6
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)

const warn = vi.spyOn(log, 'warn').mockImplementation(() => {})

let folder: string
let file: string
let store: SnapshotStore
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-increment-'))
  store = new SnapshotStore(path.join(folder, 'data'))
  file = await writeBoard(folder)
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('path: board.csv', "path: 'board-*.csv'"))
  await rename(path.join(folder, 'board.csv'), path.join(folder, 'board-00.csv'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A day's changes: B-1 is finished again, and an item is new. */
async function writeDay(day: number): Promise<void> {
  const at = (hour: number) => new Date(Date.UTC(2025, 5, day, hour)).toISOString()
  const rows = [
    `B-1,${at(8)},Doing,Ash,Bug,again,,`,
    `B-1,${at(9)},Done,Ash,Bug,again,,`,
    `N-${day},${at(10)},Open,New team,Story,new,,north`,
  ]
  await writeFile(path.join(folder, `board-${String(day).padStart(2, '0')}.csv`), `${[HEADER, ...rows].join('\n')}\n`)
}

async function make(options: { readonly isWhole?: boolean } = {}): Promise<Snapshot> {
  const { id } = await makeSnapshot(file, store, { ...options, progress: () => {} })
  return store.open(id)
}

/** What every metric answers, from the native databases where there are some. */
async function answersOf(snapshot: Snapshot, derived?: string): Promise<unknown[]> {
  const engine = await openDuckdb({ readable: [store.folder], derived })
  try {
    const answers: unknown[] = []
    for (const { name } of METRICS) {
      const params = name === 'item-life' ? { item: 'B-1' } : {}
      answers.push([name, toRows((await runMetric({ engine, snapshot, metric: name, params })).table)])
    }
    return answers
  } finally {
    await engine.close()
  }
}

async function failedChecks(snapshot: Snapshot): Promise<string[]> {
  const engine = await openDuckdb({ readable: [store.folder] })
  const failed: string[] = []
  try {
    for await (const check of verifySnapshot(engine, snapshot)) if (!check.isMet) failed.push(`${check.name}: ${check.detail}`)
  } finally {
    await engine.close()
  }
  return failed
}

describe('a day that is added', () => {
  it('answers as if all had been read at once, out of Parquet and out of native databases', async () => {
    const origin = await make()
    await writeDay(1)
    await make()
    await writeDay(2)
    const grown = await make()
    expect(grown.manifest.increments).toMatchObject({ originId: origin.id, count: 2 })
    const [native, parquet] = [await answersOf(grown, store.derivedFolder), await answersOf(grown)]
    expect(native).toEqual(parquet)
    expect(warn, 'the native databases were used').not.toHaveBeenCalled()
    expect(await failedChecks(grown)).toEqual([])

    const apart = new SnapshotStore(path.join(folder, 'apart'))
    const { id } = await makeSnapshot(file, apart, { progress: () => {} })
    expect(id).toBe(grown.id)
    store = apart
    expect(await answersOf(await apart.open(id), apart.derivedFolder)).toEqual(native)
  })

  it('needs neither the snapshot from which it came nor its database', async () => {
    const origin = await make()
    await writeDay(1)
    const grown = await make()
    const before = await answersOf(grown, store.derivedFolder)
    await store.remove(origin.id)
    expect(await answersOf(grown, store.derivedFolder)).toEqual(before)
    const { database, record } = derivedFiles(store.derivedFolder, origin.id)
    for (const each of [database, record]) await rm(each)
    expect(await answersOf(grown, store.derivedFolder)).toEqual(before)
    expect(await failedChecks(grown)).toEqual([])
  })

  it('is nothing where nothing came, and everything is read anew where a file has changed or is gone', async () => {
    const origin = await make()
    expect((await make()).id).toBe(origin.id)
    await writeDay(1)
    await writeDay(2)
    expect((await make()).manifest.increments?.count).toBe(1)
    await copyFile(path.join(folder, 'board-02.csv'), path.join(folder, 'board-01b.csv'))
    expect((await make()).manifest.increments, 'a file stands between others').toBeUndefined()
    await writeDay(3)
    expect((await make()).manifest.increments?.count).toBe(1)
    await rm(path.join(folder, 'board-01b.csv'))
    expect((await make()).manifest.increments, 'a file is gone').toBeUndefined()
    const day = path.join(folder, 'board-03.csv')
    await writeFile(day, (await readFile(day, 'utf8')).replace('New team', 'Old team'))
    await utimes(day, 1, 1)
    expect((await make()).manifest.increments, 'a file of the same length is another').toBeUndefined()
  })
})

it(`an increment that dies leaves the old snapshot served, ${KILLS} times (CRASH_SEED=${SEED})`, { timeout: 300_000 }, async () => {
  const rng = Rng.of(SEED)
  await make()
  for (let day = 1; day <= KILLS; day++) {
    await writeDay(day)
    const before = await store.currentId()
    const child = spawnCommand(['build', file, '--data', path.join(folder, 'data')])
    const ended = finished(child)
    const step = rng.int(8)
    let seen = 0
    child.stderr?.on('data', (chunk: Buffer) => {
      seen += chunk.toString('utf8').split('\n').length - 1
      if (seen >= step) child.kill('SIGKILL')
    })
    await ended
    const fresh = new SnapshotStore(path.join(folder, 'data'))
    const there = await fresh.current()
    expect([before, (await make()).id]).toContain(there.id)
    expect(await failedChecks(there)).toEqual([])
    expect((await make()).manifest.counts.items).toBe(60 + day)
  }
})

describe('the database of a snapshot that was not published', () => {
  /** Has the command line die as soon as it says something, before anything else is done. */
  async function dieAt(message: string): Promise<void> {
    const script = path.join(folder, 'die.mjs')
    await writeFile(
      script,
      `const write = process.stderr.write.bind(process.stderr)
      process.stderr.write = (text, ...more) => (String(text).includes('${message}') ? process.kill(process.pid, 'SIGKILL') : write(text, ...more))`,
    )
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(script)}` }
    const { signal } = await finished(spawnCommand(['build', file, '--data', path.join(folder, 'data')], { env }))
    expect(signal).toBe('SIGKILL')
  }

  const derivedNames = async () => (await readdir(store.derivedFolder)).sort()
  const namesOf = (...ids: readonly string[]) => ids.flatMap((id) => [`${id}.duckdb`, `${id}.json`]).sort()

  it('goes with the next build where the process died in between', async () => {
    const origin = await make()
    await writeDay(1)
    await dieAt('publishing')
    const left = (await derivedNames()).filter((name) => !name.startsWith(origin.id))
    expect(left.map((name) => path.extname(name))).toEqual(['.duckdb', '.json'])
    expect(await store.list()).toHaveLength(1)

    await writeDay(2)
    const grown = await make()
    expect(left).not.toContain(`${grown.id}.duckdb`)
    expect(await derivedNames()).toEqual(namesOf(origin.id, grown.id))
  })

  it('is made again where the next build is of the same snapshot', async () => {
    const origin = await make()
    await writeDay(1)
    await dieAt('publishing')
    const left = await derivedNames()
    const grown = await make()
    expect(await derivedNames()).toEqual(left)
    expect(left).toEqual(namesOf(origin.id, grown.id))
    expect(await answersOf(grown, store.derivedFolder)).toEqual(await answersOf(grown))
    expect(warn, 'the native databases were used').not.toHaveBeenCalled()
  })
})
