import type { Snapshot } from '@/lib/snapshot/store'

const MANY_ROWS = 100_000_000

/** A snapshot said to have so many rows that none of its cubes stay in memory. */
export function enlarged(snapshot: Snapshot): Snapshot {
  const { manifest } = snapshot
  return { ...snapshot, manifest: { ...manifest, files: manifest.files.map((file) => ({ ...file, rowCount: MANY_ROWS + file.rowCount })) } }
}
