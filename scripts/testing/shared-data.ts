import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const announced = new Set<string>()

/** Folder of real event logs that does not belong to the project: STREAMGAUGE_SHARED, else `../shared`. Undefined, and said loudly once, when absent. */
export function sharedData(what: string): string | undefined {
  const folder = resolve(process.env.STREAMGAUGE_SHARED ?? resolve(import.meta.dirname, '../../../shared'))
  if (existsSync(resolve(folder, 'data'))) return folder
  if (!announced.has(what)) {
    announced.add(what)
    process.stderr.write(`SKIPPED: ${what}: no folder ${folder}/data (set STREAMGAUGE_SHARED to a folder that has one)\n`)
  }
  return undefined
}
