import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type ColumnKind, fromRows } from '@/lib/engine/columns'
import { encodeTextTable } from '@/lib/engine/encode/text-table'
import { SnapshotStore } from '@/lib/snapshot/store'
import { measureBuild } from './build'
import { measureCommandLine } from './command-line'
import type { Measurement } from './measurement'
import { measureMetrics } from './metrics'

const USAGE = `Usage: npm run bench -- [options]
  --data <dir>   measure the current snapshot of a data folder (default: a demo portfolio, made for the purpose)
  --items <n>    size of that demo portfolio (default: 30000)
  --json         one JSON document instead of a table
`
const KINDS = new Map<string, ColumnKind>([
  ['what', 'text'],
  ['runs', 'int'],
  ['median_ms', 'float'],
  ['slowest_ms', 'float'],
  ['rows', 'int'],
  ['arrow_kb', 'float'],
])

const { values } = parseArgs({
  options: { data: { type: 'string' }, items: { type: 'string', default: '30000' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
})
if (values.help) process.stdout.write(USAGE)
else await bench()

async function bench(): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'streamgauge-bench-'))
  try {
    const built = values.data === undefined ? await measureBuild(scratch, Number(values.items)) : []
    const data = path.resolve(values.data ?? scratch)
    const snapshot = await new SnapshotStore(data).current()
    const measured = [...built, ...(await measureCommandLine(data)), ...(await measureMetrics(data, snapshot))]
    report(
      measured,
      `${snapshot.manifest.counts.items} items, ${snapshot.manifest.counts.changes} changes, ${cpus().length} cores, Node ${process.versions.node}`,
    )
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function report(measured: readonly Measurement[], about: string): void {
  if (values.json) process.stdout.write(`${JSON.stringify({ about, measured }, null, 2)}\n`)
  else
    process.stdout.write(
      `${about}\n${encodeTextTable(
        fromRows(
          measured.map((row) => ({ ...row })),
          KINDS,
        ),
      )}`,
    )
}
