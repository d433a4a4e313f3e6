import { tableFromIPC } from 'apache-arrow'
import { parseDay } from '@/lib/time/day'
import { fixed, type LoadWorld, randomOf, varied } from './load-mix'
import { quantile } from './quartiles'
import { type Served, startProduction } from './server'
import { type Seen, watchServer } from './watch'

const READERS = [1, 8, 32]
const WARM_UP_SECONDS = 5

/** How a number of readers was served. */
export interface LoadResult extends Seen {
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
}

interface LoadOptions {
  /** Of a running server. */
  readonly url?: string
  /** Data folder for a server that is started here. */
  readonly data?: string
  readonly seconds: number
  progress(message: string): void
}

/** Readers by turns over HTTP, each asking as soon as it is answered. They share the machine with the server. */
export async function benchLoad({ url, data, seconds, progress }: LoadOptions): Promise<LoadResult[]> {
  const server: Served =
    url === undefined ? await (await startProduction(data ?? '')).ready : { url: url.replace(/\/$/, ''), stop: async () => {} }
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
  const seen = watchServer(server)
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
  return {
    requests: sorted.length,
    perSecond: sorted.length / elapsed,
    p50,
    p95,
    p99,
    errors: faults.length,
    error: faults[0],
    ...(await seen()),
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
