import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** The data folder: the one named, else STREAMGAUGE_DATA, else `data` in the project. Relative paths are relative to the current folder. */
export function dataFolder(named) {
  const chosen = named ?? process.env.STREAMGAUGE_DATA
  return chosen ? resolve(chosen) : resolve(ROOT, 'data')
}
