import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { canonicalConfig } from '@/lib/config/canonical'
import { readEnvironment } from '@/lib/config/environment'
import { ASIDE } from '@/lib/engine/aside'
import { removeDerived } from '@/lib/engine/duckdb/derived'
import { memoryShare } from '@/lib/engine/duckdb/memory'
import type { SnapshotTables } from '@/lib/engine/engine'
import { buildSnapshot } from '@/lib/snapshot/build'
import type { Manifest } from '@/lib/snapshot/manifest'
import { makeNative, type NativeOptions } from '@/lib/snapshot/native'
import type { SnapshotStore } from '@/lib/snapshot/store'
import { readPortfolioFile, sourceReaders } from './portfolio-file'
import { say, whenInterrupted } from './terminal'

export interface MakeOptions {
  /** Reads everything, also where nothing but new files came since the current snapshot was made. */
  readonly isWhole?: boolean
  progress(message: string): void
}

/**
 * Builds a snapshot from a portfolio file, publishes it and makes the database that answers quicker than its files. An interrupt leaves at
 * most such a database, which the next build takes away. @throws Problem
 */
export async function makeSnapshot(file: string, store: SnapshotStore, { isWhole, progress }: MakeOptions): Promise<Manifest> {
  const portfolio = readPortfolioFile(file)
  const stopWatching = whenInterrupted(() => removeOwnDebris(store))
  try {
    const { memoryLimit, threads } = readEnvironment()
    const native = { folder: store.derivedFolder, threads, memoryLimit }
    const base = isWhole ? undefined : await store.current().catch(() => undefined)
    const early = new EarlyNative(store, { ...native, memoryLimit: memoryShare(memoryLimit, 2) })
    const manifest = await early.orNothing((whenWritten) =>
      buildSnapshot({
        store,
        portfolio,
        configuration: canonicalConfig(portfolio),
        sources: sourceReaders(portfolio, path.dirname(path.resolve(file))),
        now: new Date().toISOString(),
        memoryLimit,
        threads,
        base,
        whenWritten,
        progress,
        tell: say,
      }),
    )
    progress('making it quick to read')
    await makeNative(await store.open(manifest.id), native).catch((error: unknown) => {
      say(`The snapshot is published, but the database that answers quicker could not be made: ${messageOf(error)}`)
    })
    return manifest
  } finally {
    stopWatching()
  }
}

/** Makes the database of a snapshot that is about to be published: it need not wait for that. */
class EarlyNative {
  #made?: string

  constructor(
    private readonly store: SnapshotStore,
    private readonly options: NativeOptions,
  ) {}

  /** @param build whose failure leaves no database behind */
  async orNothing(build: (whenWritten: (snapshot: SnapshotTables) => Promise<void>) => Promise<Manifest>): Promise<Manifest> {
    try {
      return await build((snapshot) => this.#make(snapshot))
    } catch (error) {
      if (this.#made) await removeDerived(this.options.folder, this.#made)
      throw error
    }
  }

  async #make(snapshot: SnapshotTables): Promise<void> {
    // A snapshot of the same id is kept as it is.
    if (await this.store.has(snapshot.id)) return
    this.#made = snapshot.id
    // It is tried once more when the snapshot is published.
    await makeNative(snapshot, this.options).catch(() => undefined)
  }
}

/** What an interrupted build has written so far is never read, and goes with it. */
function removeOwnDebris(store: SnapshotStore): void {
  if (!existsSync(store.folder)) return
  const own = `${ASIDE}${process.pid}-`
  for (const name of readdirSync(store.folder)) {
    if (name.startsWith(own)) rmSync(path.join(store.folder, name), { recursive: true, force: true, maxRetries: 5 })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}
