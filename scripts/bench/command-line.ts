import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Measurement, measure } from './measurement'

const RUNS = 5
const run = promisify(execFile)
const ENTRY = path.resolve(import.meta.dirname, '../streamgauge.mjs')

/** The command line as a person waits for it: process, imports, snapshot and answer. */
export async function measureCommandLine(data: string): Promise<Measurement[]> {
  const command = (...args: string[]) => run(process.execPath, [ENTRY, ...args], { maxBuffer: 1 << 28 })
  return [
    await measure('command line: --version', RUNS, () => command('--version')),
    await measure('command line: query span-percentiles', RUNS, () =>
      command('query', 'span-percentiles', '--span', 'lead', '--data', data),
    ),
    await measure('command line: query cumulative-flow', RUNS, () =>
      command('query', 'cumulative-flow', '--format', 'csv', '--data', data),
    ),
  ]
}
