import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { BenchData } from './data'
import { type Spread, spreadOf } from './quartiles'
import { startProduction } from './server'
import { textTable } from './table'
import { milliseconds } from './verdict'

const RUNS = 5
const ASK_EVERY_MS = 5
const WITHIN_MS = 60_000

/** From the start of the server's process to the first chart, in ms. */
export interface ColdResult {
  readonly database: 'derived' | 'none'
  readonly items: number
  readonly firstByte: Spread
  readonly lastByte: Spread
  readonly bytes: number
}

/** Starts the production server some times, with and without a derived database by turns, each asked for cumulative flow of the whole portfolio. */
export async function benchCold(data: BenchData, progress: (message: string) => void): Promise<ColdResult[]> {
  const bare = await mkdtemp(path.join(tmpdir(), 'streamgauge-cold-'))
  try {
    await symlink(data.store.folder, path.join(bare, 'snapshots'))
    const kinds = [
      { database: 'derived' as const, folder: data.folder, firsts: [] as number[], lasts: [] as number[], bytes: 0 },
      { database: 'none' as const, folder: bare, firsts: [] as number[], lasts: [] as number[], bytes: 0 },
    ]
    for (let run = 0; run < RUNS; run++) {
      for (const kind of kinds) {
        progress(`cold start ${run + 1} of ${RUNS}, database: ${kind.database}`)
        const { firstByte, lastByte, bytes } = await coldStart(kind.folder, data.snapshot.id)
        kind.firsts.push(firstByte)
        kind.lasts.push(lastByte)
        kind.bytes = bytes
      }
    }
    return kinds.map(({ database, firsts, lasts, bytes }) => ({
      database,
      items: data.items,
      firstByte: spreadOf(firsts),
      lastByte: spreadOf(lasts),
      bytes,
    }))
  } finally {
    await rm(bare, { recursive: true, force: true })
  }
}

async function coldStart(folder: string, snapshotId: string): Promise<{ firstByte: number; lastByte: number; bytes: number }> {
  const { url, startedAt, ready } = await startProduction(folder)
  try {
    const response = await firstAnswer(`${url}/api/snapshots/${snapshotId}/metrics/cumulative-flow`, startedAt + WITHIN_MS)
    if (!response.ok) throw new Error(`The first question was refused: ${response.status} ${(await response.text()).slice(0, 500)}`)
    const { firstByte, bytes } = await readThrough(response)
    return { firstByte: firstByte - startedAt, lastByte: performance.now() - startedAt, bytes }
  } finally {
    await (await ready).stop()
  }
}

/** Asks again until somebody listens. */
async function firstAnswer(address: string, until: number): Promise<Response> {
  for (;;) {
    try {
      return await fetch(address)
    } catch (error) {
      if (performance.now() > until) throw error
      await delay(ASK_EVERY_MS)
    }
  }
}

/** When the first byte of the body came, and how many there were. */
async function readThrough({ body }: Response): Promise<{ firstByte: number; bytes: number }> {
  let firstByte: number | undefined
  let bytes = 0
  for await (const piece of body ?? []) {
    firstByte ??= performance.now()
    bytes += piece.byteLength
  }
  if (firstByte === undefined) throw new Error('The first answer was empty')
  return { firstByte, bytes }
}

/** Cold starts for people. */
export function coldTable(results: readonly ColdResult[]): string {
  const header = ['cold start: process → chart', 'first byte ms', 'quartiles', 'last byte ms', 'quartiles', 'runs', 'bytes']
  const rows = results.map(({ database, items, firstByte, lastByte, bytes }) => [
    `${items.toLocaleString('en')} items, ${database === 'derived' ? 'with the derived database' : 'without it'}`,
    ...[firstByte, lastByte].flatMap(({ median, low, high }) => [milliseconds(median), `${milliseconds(low)}–${milliseconds(high)}`]),
    String(firstByte.runs),
    bytes.toLocaleString('en'),
  ])
  return textTable([header, ...rows])
}
