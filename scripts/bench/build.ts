import path from 'node:path'
import { DEMO_SEED } from '@/lib/demo/story'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { SnapshotStore } from '@/lib/snapshot/store'
import { verifySnapshot } from '@/lib/snapshot/verify/verify'
import { writeDemoLog } from '../cli/demo-log'
import { makeSnapshot } from '../cli/make-snapshot'
import { type Measurement, measure } from './measurement'

/** Simulation, build and check of a demo portfolio in a folder. */
export async function measureBuild(data: string, items: number): Promise<Measurement[]> {
  const store = new SnapshotStore(data)
  const folder = path.join(data, 'demo-log')
  const quiet = () => {}
  return [
    await measure('demo: simulate and write the log', 1, () => writeDemoLog({ seed: DEMO_SEED, items, folder, progress: quiet })),
    await measure('build: log to snapshot', 1, () => makeSnapshot(path.join(folder, 'portfolio.yaml'), store, quiet)),
    await measure('verify', 1, () => verifyAll(store)),
  ]
}

async function verifyAll(store: SnapshotStore): Promise<void> {
  const engine = await openDuckdb({ readable: [store.folder] })
  try {
    for await (const { name, isMet, detail } of verifySnapshot(engine, await store.current()))
      if (!isMet) throw new Error(`${name}: ${detail}`)
  } finally {
    await engine.close()
  }
}
