import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DEMO_SEED } from '@/lib/demo/story'
import { makeNative } from '@/lib/snapshot/native'
import type { Snapshot } from '@/lib/snapshot/store'
import { SnapshotStore } from '@/lib/snapshot/store'
import { writeDemoLog } from '../cli/demo-log'
import { makeSnapshot } from '../cli/make-snapshot'

/** What making the data cost, in ms; kept from the run that made it. */
export interface MadeIn {
  readonly simulateMs?: number
  readonly buildMs?: number
}

export interface BenchData {
  readonly items: number
  readonly folder: string
  readonly snapshot: Snapshot
  readonly store: SnapshotStore
  readonly madeIn: MadeIn
}

export interface DataOptions {
  /** Makes the snapshot anew from the log that is there: what lies there was made by another version of the build. */
  readonly isRebuilt?: boolean
  progress(message: string): void
}

/** Simulated data of a size and its snapshot, made when first wanted, or when the layout has changed since. */
export async function benchData(home: string, items: number, options: DataOptions): Promise<BenchData> {
  const { progress } = options
  const folder = path.join(home, String(items))
  const log = path.join(folder, 'demo-log')
  const store = new SnapshotStore(folder)
  const notes = path.join(folder, 'made-in.json')
  await mkdir(folder, { recursive: true })
  let madeIn: MadeIn = existsSync(notes) ? JSON.parse(await readFile(notes, 'utf8')) : {}
  if (!existsSync(path.join(log, 'portfolio.yaml'))) {
    const simulateMs = await timed(() => writeDemoLog({ seed: DEMO_SEED, items, folder: log, progress }))
    madeIn = { ...madeIn, simulateMs }
    await writeFile(notes, JSON.stringify(madeIn))
  }
  if (options.isRebuilt) for (const place of [store.folder, store.derivedFolder]) await rm(place, { recursive: true, force: true })
  if (!(await isReadable(store))) {
    const buildMs = await timed(() => makeSnapshot(path.join(log, 'portfolio.yaml'), store, { isWhole: true, progress }))
    madeIn = { ...madeIn, buildMs }
    await writeFile(notes, JSON.stringify(madeIn))
  }
  const snapshot = await store.current()
  progress('native database')
  await makeNative(snapshot, { folder: store.derivedFolder })
  return { items, folder, store, snapshot, madeIn }
}

async function isReadable(store: SnapshotStore): Promise<boolean> {
  return store.current().then(
    () => true,
    () => false,
  )
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await action()
  return performance.now() - started
}
