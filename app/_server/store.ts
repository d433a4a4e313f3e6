import { readEnvironment, servedFolder } from '@/lib/config/environment'
import type { Manifest } from '@/lib/snapshot/manifest'
import { SnapshotStore } from '@/lib/snapshot/store'

// Pages have a store of their own: pages and routes are bundled apart, each with its own copy of every class, and an object that both
// shared through globalThis would be no `instanceof` for the other.
let opened: SnapshotStore | undefined

/** The manifest that is served now; undefined before the first build. */
export async function currentManifest(): Promise<Manifest | undefined> {
  opened ??= new SnapshotStore(servedFolder(readEnvironment()))
  const id = await opened.currentId()
  return id === undefined ? undefined : (await opened.open(id)).manifest
}
