import path from 'node:path'
import { readEnvironment } from '@/lib/config/environment'
import { SnapshotStore } from '@/lib/snapshot/store'

/** The project folder. */
export const ROOT = path.resolve(import.meta.dirname, '../..')

/** Options that every command about data takes. */
export interface DataOption {
  /** Data folder, relative to the current folder. */
  readonly data?: string
}

/** Absolute path of the data folder: the one named, else STREAMGAUGE_DATA, else `data` in the project. */
export function dataFolder(options: DataOption): string {
  return options.data === undefined ? (readEnvironment().dataFolder ?? path.join(ROOT, 'data')) : path.resolve(options.data)
}

export function openStore(options: DataOption): SnapshotStore {
  return new SnapshotStore(dataFolder(options))
}
