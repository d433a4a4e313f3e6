import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { tableFromIPC } from 'apache-arrow'
import { parseDay } from '@/lib/time/day'
import { fixed, type LoadWorld, randomOf, varied } from './load-mix'
import { quantile } from './quartiles'

const READERS = [1, 8, 32]
const WARM_UP_SECONDS = 5
const SCRIPTS = path.resolve(import.meta.dirname, '..')

/** How a number of readers was served. */
export interface LoadResult {
  readonly mix: 'varied' | 'cached'
  readonly readers: number
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly errors: number
  /** First of them, to begin with. */
  readonly error?: string
  /** Resident memory of the server before and after, in MB; absent for a server that was not started here. */
  readonly memoryMb?: readonly [number, number]
  /** 99th percentile of the server's event-loop delay in ms; absent where it does not tell. */
  readonly eventLoopP99?: number
}

interface LoadOptions {
  /** Of a running server. */
  readonly url?: string
  /** Data folder for a server that is started here. */
  readonly data?: string
  readonly seconds: number
  progress(message: string): void
}

interface Served {
  readonly url: string
  readonly pid?: number
  stop(): Promise<void>
}

/** Readers by turns over HTTP, each asking as soon as it is answered. They share the machine with the server. */
export async function benchLoad({ url, data, seconds, progress }: LoadOptions): Promise<LoadResult[]> {
  const server: Served = url === undefined ? await serve(data ?? '') : { url: url.replace(/\/$/, ''), stop: async () => {} }
  try {
    const world = await worldOf(server.url)
    const results: LoadResult[] = []
    const random = randomOf(1)
    const cached = fixed(world)
    const mixes = [
      { mix: 'varied' as const, next: () => varied(world, random) },
      { mix: 'cached' as const, next: () => cached[Math.floor(random() * cached.length)] ?? '' },
    ]
    for (const { mix, next } of mixes) {
      progress(`load, ${mix}: warm-up`)
      await read(server, { readers: 4, seconds: WARM_UP_SECONDS, next })
      for (const readers of READERS) {
        progress(`load, ${mix}: ${readers} readers`)
        results.push({ mix, readers, ...(await read(server, { readers, seconds, next })) })
      }
    }
    return results
  } finally {
    await server.stop()
  }
}

async function read(
  server: Served,
  { readers, seconds, next }: { readers: number; seconds: number; next: () => string },
): Promise<Omit<LoadResult, 'mix' | 'readers'>> {
  const times: number[] = []
  const faults: string[] = []
  const before = memoryMb(server.pid)
  const started = performance.now()
  const end = started + seconds * 1_000
  const reader = async (_: unknown, index: number) => {
    // As a proxy would name them: the server is fair to readers, not to requests.
    const headers = { 'x-forwarded-for': `10.0.0.${index + 1}` }
    while (performance.now() < end) {
      const address = next()
      const asked = performance.now()
      try {
        const response = await fetch(server.url + address, { headers })
        const body = await response.arrayBuffer()
        if (!response.ok) faults.push(`${response.status} ${address}: ${new TextDecoder().decode(body).slice(0, 200)}`)
      } catch (error) {
        faults.push(`${address}: ${String(error)}`)
      }
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: readers }).map(reader))
  const elapsed = (performance.now() - started) / 1_000
  const sorted = times.sort((a, b) => a - b)
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => (sorted.length ? quantile(sorted, share) : 0)) as [number, number, number]
  const after = memoryMb(server.pid)
  const memory = before !== undefined && after !== undefined ? { memoryMb: [before, after] as const } : {}
  const eventLoopP99 = await eventLoopDelay(server.url)
  return {
    requests: sorted.length,
    perSecond: sorted.length / elapsed,
    p50,
    p95,
    p99,
    errors: faults.length,
    error: faults[0],
    ...memory,
    eventLoopP99,
  }
}

async function worldOf(url: string): Promise<LoadWorld> {
  const ask = async (address: string) => {
    const response = await fetch(url + address)
    if (!response.ok)
      throw new Error(`The server can't be loaded: ${response.status} for ${address}: ${(await response.text()).slice(0, 500)}`)
    return response
  }
  const json = async (address: string) => (await (await ask(address)).json()) as Record<string, unknown>
  const current = await json('/api/snapshots/current')
  const snapshotId = String(current.id)
  const portfolio = (await json(`/api/snapshots/${snapshotId}/portfolio`)) as { streams: { id: string }[] }
  const facets = tableFromIPC(await (await ask(`/api/snapshots/${snapshotId}/metrics/facets`)).arrayBuffer())
  const values = (dimension: string) =>
    facets
      .toArray()
      .flatMap((row) => (row.dimension === dimension && row.value !== null ? [String(row.value)] : []))
      .slice(0, 8)
  const day = (value: unknown) => parseDay(String(value)) ?? 0
  return {
    snapshotId,
    streams: portfolio.streams.map(({ id }) => id),
    teams: values('team'),
    types: values('type'),
    firstDay: day(current.first_on),
    lastDay: day(current.as_of),
  }
}

/** Starts the production server as it was last built. @throws where nothing is built */
async function serve(data: string): Promise<Served> {
  const { STANDALONE } = await script<{ STANDALONE: string }>('build.mjs')
  if (!existsSync(path.join(STANDALONE, 'server.js')))
    throw new Error('Nothing is built yet: "npm run build" builds the server that is to be loaded')
  const { startServer } = await script<{ startServer(options: object): Promise<Served> }>('server.mjs')
  const { freePort } = await script<{ freePort(): Promise<number> }>('port.mjs')
  const known = new Set(children())
  const server = await startServer({ host: '127.0.0.1', port: await freePort(), data, output: 'ignore' })
  return { url: server.url, pid: children().find((pid) => !known.has(pid)), stop: () => server.stop() }
}

/** The scripts that start the product have no types. */
async function script<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(path.join(SCRIPTS, name)).href)) as T
}

/** Processes that this one started, where the system tells. */
function children(): number[] {
  const tasks = '/proc/self/task'
  if (!existsSync(tasks)) return []
  return readdirSync(tasks).flatMap((task) => {
    const text = readFileSync(path.join(tasks, task, 'children'), 'utf8').trim()
    return text ? text.split(' ').map(Number) : []
  })
}

function memoryMb(pid: number | undefined): number | undefined {
  if (pid === undefined || !existsSync(`/proc/${pid}/status`)) return undefined
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1_024)
}

async function eventLoopDelay(url: string): Promise<number | undefined> {
  const health = (await (await fetch(`${url}/api/health`)).json().catch(() => ({}))) as { eventLoopDelay?: { p99?: unknown } }
  const p99 = health.eventLoopDelay?.p99
  return typeof p99 === 'number' ? p99 : undefined
}
