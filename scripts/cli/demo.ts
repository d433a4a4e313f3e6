import path from 'node:path'
import { DEMO_SEED } from '@/lib/demo/story'
import { buildReport } from './build-report'
import { writeDemoLog } from './demo-log'
import { makeSnapshot } from './make-snapshot'
import { type DataOption, dataFolder, openStore } from './places'
import { misuse, Progress, print } from './terminal'

const MOST_ITEMS = 100_000_000

export interface DemoOptions extends DataOption {
  readonly seed?: string
  readonly items: string
}

/** `streamgauge demo`: simulates the demo company, writes its log beside the snapshots and builds a snapshot from it. */
export async function demo(options: DemoOptions): Promise<void> {
  const seed = options.seed === undefined ? DEMO_SEED : wholeNumber('--seed', options.seed, 0, 2 ** 32 - 1)
  const items = wholeNumber('--items', options.items, 1, MOST_ITEMS)
  const folder = path.join(dataFolder(options), 'demo-log')
  const store = openStore(options)
  const progress = new Progress()
  try {
    const file = await writeDemoLog({ seed, items, folder, progress: progress.report })
    const manifest = await makeSnapshot(file, store, { isWhole: true, progress: progress.report })
    progress.done()
    print(`${buildReport(manifest, store)}\nWhat is hidden in the log stands in ${path.join(folder, 'truth.json')}`)
  } finally {
    progress.done()
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d{1,12}$/.test(text) && value >= least && value <= most) return value
  throw misuse(name, `must be a whole number from ${least} to ${most}, not "${text}"`)
}
