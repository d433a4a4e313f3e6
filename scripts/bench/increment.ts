import { link, mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { copyToParquet, openBuilder } from '@/lib/engine/duckdb/builder'
import { parquet } from '@/lib/engine/duckdb/parquet'
import { sql } from '@/lib/engine/sql'
import { makeSnapshot } from '../cli/make-snapshot'
import type { BenchData } from './data'
import { spreadOf } from './quartiles'

const ROUNDS = 3

/** How long a day's changes take from their files to a snapshot that is served, its native database included. */
export interface IncrementResult {
  readonly changes: number
  readonly items: number
  readonly medianMs: number
  readonly runsMs: readonly number[]
  /** Whether they were added, and not everything read anew. */
  readonly isAdded: boolean
}

/** Adds the changes of one more day to the snapshot of a size and takes them away again, some times. */
export async function benchIncrement(data: BenchData, progress: (message: string) => void): Promise<IncrementResult> {
  const log = path.join(data.folder, 'increment-log')
  await rm(log, { recursive: true, force: true })
  const day = await writeDay(path.join(data.folder, 'demo-log'), log)
  const runsMs: number[] = []
  let isAdded = true
  for (let round = 1; round <= ROUNDS; round++) {
    progress(`a day more, ${round} of ${ROUNDS}`)
    const started = performance.now()
    const made = await makeSnapshot(path.join(log, 'portfolio.yaml'), data.store, { progress: () => {} })
    runsMs.push(performance.now() - started)
    isAdded &&= made.increments !== undefined
    await data.store.makeCurrent(data.snapshot.id)
    await data.store.remove(made.id)
  }
  return { ...day, medianMs: spreadOf(runsMs).median, runsMs, isAdded }
}

/** The same in a line. */
export function incrementText(all: number, { changes, items, medianMs, runsMs, isAdded }: IncrementResult): string {
  const runs = runsMs.map((ms) => (ms / 1000).toFixed(1)).join(', ')
  const how = isAdded ? 'added' : 'NOT added: everything was read anew'
  return `${all.toLocaleString('en')} items, a day more (${changes.toLocaleString('en')} changes of ${items.toLocaleString('en')} items) ${how}: ${(medianMs / 1000).toFixed(1)} s (${runs})`
}

/** A log that goes on for a day: what happened on the last full day of each stream happens once more, a day later, with new items for those that began on it. */
async function writeDay(from: string, to: string): Promise<{ changes: number; items: number }> {
  await mkdir(to, { recursive: true })
  const names = await readdir(from)
  for (const name of names) await link(path.join(from, name), path.join(to, name))
  const streams = new Set(names.flatMap((name) => /^(.+)-\d+\.parquet$/.exec(name)?.[1] ?? []))
  const builder = await openBuilder()
  try {
    let [changes, items] = [0, 0]
    for (const stream of streams) {
      const files = names.filter((name) => name.startsWith(`${stream}-`) && name.endsWith('.parquet')).map((name) => path.join(from, name))
      const rows = parquet(files)
      await builder.run(sql`CREATE OR REPLACE TABLE day AS WITH last_day AS (SELECT CAST(max("at") AS DATE) - 1 AS day FROM ${rows})
        SELECT * EXCLUDE (day) REPLACE ("at" + INTERVAL 1 DAY AS "at", CASE WHEN CAST(created AS DATE) = day THEN item || '-next' ELSE item END AS item,
          CASE WHEN CAST(created AS DATE) = day THEN created + INTERVAL 1 DAY ELSE created END AS created)
        FROM ${rows} JOIN last_day ON CAST("at" AS DATE) = day ORDER BY "at"`)
      await builder.run(copyToParquet(sql`SELECT * FROM day`, path.join(to, `${stream}-day.parquet`)))
      const [counted] = await builder.rows(
        sql`SELECT CAST(count(*) AS DOUBLE) AS changes, CAST(count(DISTINCT item) AS DOUBLE) AS items FROM day`,
      )
      changes += Number(counted?.changes)
      items += Number(counted?.items)
    }
    return { changes, items }
  } finally {
    builder.close()
  }
}
