import type { Manifest } from '@/lib/snapshot/manifest'
import { parts } from './parts'

/** The manifest that is served now; undefined before the first build. */
export async function currentManifest(): Promise<Manifest | undefined> {
  const { store } = parts()
  const id = await store.currentId()
  return id === undefined ? undefined : (await store.open(id)).manifest
}
