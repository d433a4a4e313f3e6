import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { canonicalConfig } from '@/lib/config/canonical'
import { readEnvironment } from '@/lib/config/environment'
import { buildSnapshot } from '@/lib/snapshot/build'
import type { Manifest } from '@/lib/snapshot/manifest'
import { makeNative } from '@/lib/snapshot/native'
import type { SnapshotStore } from '@/lib/snapshot/store'
import { readPortfolioFile, sourceReaders } from './portfolio-file'
import { say, whenInterrupted } from './terminal'

export interface MakeOptions {
  /** Reads everything, also where nothing but new files came since the current snapshot was made. */
  readonly isWhole?: boolean
  progress(message: string): void
}

/** Builds a snapshot from a portfolio file, publishes it and makes the database that answers quicker than its files. An interrupt leaves nothing behind. @throws Problem */
export async function makeSnapshot(file: string, store: SnapshotStore, { isWhole, progress }: MakeOptions): Promise<Manifest> {
  const portfolio = readPortfolioFile(file)
  const stopWatching = whenInterrupted(() => removeOwnDebris(store))
  try {
    const { memoryLimit, threads } = readEnvironment()
    const manifest = await buildSnapshot({
      store,
      portfolio,
      configuration: canonicalConfig(portfolio),
      sources: sourceReaders(portfolio, path.dirname(path.resolve(file))),
      now: new Date().toISOString(),
      memoryLimit,
      threads,
      base: isWhole ? undefined : await store.current().catch(() => undefined),
      progress,
      tell: say,
    })
    progress('making it quick to read')
    await makeNative(await store.open(manifest.id), { folder: store.derivedFolder, threads, memoryLimit }).catch((error: unknown) => {
      say(`The snapshot is published, but the database that answers quicker could not be made: ${messageOf(error)}`)
    })
    return manifest
  } finally {
    stopWatching()
  }
}

/** What an interrupted build has written so far is never read, and goes with it. */
function removeOwnDebris(store: SnapshotStore): void {
  if (!existsSync(store.folder)) return
  const own = `.building-${process.pid}-`
  for (const name of readdirSync(store.folder)) {
    if (name.startsWith(own)) rmSync(path.join(store.folder, name), { recursive: true, force: true, maxRetries: 5 })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}
