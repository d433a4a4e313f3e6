import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { costChart, slugOf } from './chart'
import { benchCold, type ColdResult, coldTable } from './cold'
import { benchData } from './data'
import { benchIncrement, type IncrementResult, incrementText } from './increment'
import { benchLoad, type LoadResult } from './load'
import { loadTable } from './load-table'
import { benchSize, type SizeResult } from './size'
import { sizeTable, wireTable } from './table'
import { benchWire } from './wire'

const USAGE = `Usage: npm run bench -- [options]
  --sizes <list>       items, separated by commas (default: 100000,1000000)
  --full               10 million items too, and cold start and load at the end: hours and some 100 GB, the first time
  --only <text>        only views whose name holds this
  --rivals <list>      of postgres, sqlite, clickhouse, or none (default: all three)
  --rivals-up-to <n>   other databases take part up to so many items (default: 1000000)
  --budget <ms>        time for each contender and view (default: 600)
  --no-wire            without Arrow against JSON
  --load               only the load of readers over HTTP, on the largest size
  --increment          only a day more, at each size
  --cold               only the cold start of the production server, on the largest size
  --url <address>      load a server that runs already
  --seconds <n>        of load for each number of readers (default: 30; 300 with --full)
  --rebuild            make snapshots anew from the logs that are there
  --home <dir>         where data, rivals and results lie (default: data/bench)
  --json               the results as JSON instead of tables
`

const { values } = parseArgs({
  options: {
    sizes: { type: 'string' },
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    rivals: { type: 'string', default: 'postgres,sqlite,clickhouse' },
    'rivals-up-to': { type: 'string', default: '1000000' },
    budget: { type: 'string', default: '600' },
    'no-wire': { type: 'boolean', default: false },
    load: { type: 'boolean', default: false },
    increment: { type: 'boolean', default: false },
    cold: { type: 'boolean', default: false },
    url: { type: 'string' },
    seconds: { type: 'string' },
    home: { type: 'string', default: path.resolve(import.meta.dirname, '../../data/bench') },
    rebuild: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) process.stdout.write(USAGE)
else await main()

async function main(): Promise<void> {
  const home = path.resolve(values.home)
  const sizes = (values.sizes ?? (values.full ? '100000,1000000,10000000' : '100000,1000000')).split(',').map(Number)
  const measured: SizeResult[] = []
  const increments: IncrementResult[] = []
  const isServing = values.load || values.cold
  if (!isServing && !values.increment) for (const items of sizes) measured.push(await measureSize(home, items))
  if (!isServing && !values.only) for (const items of sizes) increments.push(await measureIncrement(home, items))
  const wire = isServing || values.increment || values['no-wire'] ? [] : await benchWire(home)
  if (wire.length) print(wireTable(wire))
  const cold = values.cold || values.full ? await measureCold(home, Math.max(...sizes)) : []
  const load = values.load || values.full ? await measureLoad(home, Math.max(...sizes)) : []
  await keep(home, { machine: machine(), measured, increments, wire, cold, load })
}

async function measureSize(home: string, items: number): Promise<SizeResult> {
  const data = await benchData(home, items, { isRebuilt: values.rebuild, progress: progressOf(items) })
  const rivals = items <= Number(values['rivals-up-to']) ? values.rivals.split(',') : []
  const packages = path.join(home, 'competitors')
  const result = await benchSize(data, {
    packages,
    rivals,
    only: values.only,
    budgetMs: Number(values.budget),
    progress: progressOf(items),
  })
  print(sizeTable(result))
  return result
}

async function measureIncrement(home: string, items: number): Promise<IncrementResult> {
  const result = await benchIncrement(await benchData(home, items, { progress: progressOf(items) }), progressOf(items))
  print(incrementText(items, result))
  return result
}

async function measureCold(home: string, items: number): Promise<ColdResult[]> {
  const results = await benchCold(await benchData(home, items, { progress: progressOf(items) }), progressOf(items))
  print(coldTable(results))
  return results
}

async function measureLoad(home: string, items: number): Promise<LoadResult[]> {
  const seconds = Number(values.seconds ?? (values.full ? 300 : 30))
  const data = values.url === undefined ? (await benchData(home, items, { progress: progressOf(items) })).folder : undefined
  const results = await benchLoad({ url: values.url, data, seconds, progress: progressOf(items) })
  print(loadTable(results))
  return results
}

async function keep(
  home: string,
  report: { machine: string; measured: SizeResult[]; increments: unknown; wire: unknown; cold: unknown; load: unknown },
): Promise<void> {
  const folder = path.join(home, 'results', new Date().toISOString().replace(/[:.]/g, '-'))
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'results.json'), `${JSON.stringify(report, null, 2)}\n`)
  for (const view of new Set(report.measured.flatMap(({ views }) => views.map((found) => found.view)))) {
    const svg = costChart(view, report.measured)
    if (svg) await writeFile(path.join(folder, `${slugOf(view)}.svg`), svg)
  }
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  print(`${report.machine}. Kept in ${path.relative(process.cwd(), folder)}`)
}

function machine(): string {
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.versions.node}`
}

function print(text: string): void {
  if (!values.json) process.stdout.write(`${text}\n\n`)
}

/** On one line of the terminal; nothing where there is none. */
function progressOf(items: number): (message: string) => void {
  return (message) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${items.toLocaleString('en')} items: ${message}`)
  }
}
