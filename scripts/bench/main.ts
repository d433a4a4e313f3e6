import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type BrowserResult, benchBrowser } from './browser'
import { browserTable } from './browser-table'
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
  --browser            only what a browser makes of the answers, on the largest size
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
    browser: { type: 'boolean', default: false },
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
  const largest = Math.max(...sizes)
  const wanted = wantedParts()
  const measured: SizeResult[] = []
  const increments: IncrementResult[] = []
  if (wanted.has('sizes')) for (const items of sizes) measured.push(await measureSize(home, items))
  if (wanted.has('increment')) for (const items of sizes) increments.push(await measureIncrement(home, items))
  const wire = wanted.has('wire') ? await benchWire(home) : []
  if (wire.length) print(wireTable(wire))
  const browser = wanted.has('browser') ? await measureBrowser(home, largest) : undefined
  const cold = wanted.has('cold') ? await measureCold(home, largest) : []
  const load = wanted.has('load') ? await measureLoad(home, largest) : []
  await keep(home, { machine: machine(), measured, increments, wire, browser, cold, load })
}

/** Those that were asked for by name alone, else what belongs to a run. */
function wantedParts(): ReadonlySet<string> {
  const named = (['increment', 'browser', 'cold', 'load'] as const).filter((part) => values[part])
  if (named.length) return new Set(named)
  const parts = ['sizes', ...(values['no-wire'] ? [] : ['wire']), ...(values.only ? [] : ['increment', 'browser'])]
  return new Set(values.full ? [...parts, 'cold', 'load'] : parts)
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

async function measureBrowser(home: string, items: number): Promise<BrowserResult> {
  const result = await benchBrowser(await benchData(home, items, { progress: progressOf(items) }), progressOf(items))
  print(browserTable(result))
  return result
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
  report: { readonly machine: string; readonly measured: readonly SizeResult[]; readonly [part: string]: unknown },
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
