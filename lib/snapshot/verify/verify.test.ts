import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyToParquet, openBuilder } from '@/lib/engine/duckdb/builder'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { literal, type Sql, sql } from '@/lib/engine/sql'
import { makeSnapshot } from '@/scripts/cli/make-snapshot'
import { writeBoard } from '@/scripts/testing/board'
import { fileSize, hashFile, type Snapshot, SnapshotStore } from '../store'
import { type CheckResult, verifySnapshot } from './verify'

let folder: string
let snapshot: Snapshot

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-verify-'))
  const store = new SnapshotStore(path.join(folder, 'data'))
  const { id } = await makeSnapshot(await writeBoard(path.join(folder, 'board')), store, { progress: () => {} })
  snapshot = await store.open(id)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** The snapshot with one table exchanged and everything the manifest says of that file put right: only the figures can tell. */
async function withTable(name: string, change: (original: Sql) => Sql): Promise<Snapshot> {
  const copy = path.join(folder, `${name}-${Math.round(performance.now() * 1000)}`)
  await cp(snapshot.folder, copy, { recursive: true })
  const file = path.join(copy, `${name}.parquet`)
  const builder = await openBuilder()
  await builder.run(copyToParquet(change(sql`read_parquet(${literal(path.join(snapshot.folder, `${name}.parquet`))})`), file))
  const [counted] = await builder.rows(sql`SELECT count(*) AS n FROM read_parquet(${literal(file)})`)
  builder.close()
  const changed = { bytes: await fileSize(file), sha256: await hashFile(file), rowCount: Number(counted?.n) }
  const files = snapshot.manifest.files.map((entry) => (entry.table === name ? { ...entry, ...changed } : entry))
  const tables = new Map([...snapshot.tables].map(([table, files]) => [table, files.map((file) => path.join(copy, path.basename(file)))]))
  return { ...snapshot, folder: copy, manifest: { ...snapshot.manifest, files }, tables }
}

async function failedChecks(checked: Snapshot): Promise<CheckResult[]> {
  const engine = await openDuckdb({ readable: [folder] })
  const failed: CheckResult[] = []
  try {
    for await (const check of verifySnapshot(engine, checked)) if (!check.isMet) failed.push(check)
  } finally {
    await engine.close()
  }
  return failed
}

async function failuresOf(checked: Snapshot): Promise<string[]> {
  return (await failedChecks(checked)).map(({ name }) => name)
}

describe('verifySnapshot', () => {
  it('finds nothing wrong with a snapshot as it was built', async () => {
    expect(await failuresOf(snapshot)).toEqual([])
  })

  it.each([
    ['items', 'every item of the history', (table: Sql) => sql`SELECT * FROM ${table} WHERE item_id <> 'B-7'`],
    ['visits', 'visits follow each other', (table: Sql) => sql`SELECT * FROM ${table} WHERE NOT (item_ix = 3 AND visit_ix = 2)`],
    ['visits', 'active + waiting = total', (table: Sql) => sql`SELECT * REPLACE (seconds - 1 AS seconds) FROM ${table}`],
    ['spells', 'day-end spells', (table: Sql) => sql`SELECT * REPLACE (to_day + 1 AS to_day) FROM ${table}`],
    [
      'finishes',
      'cycle ≤ flow ≤ lead',
      (table: Sql) => sql`SELECT * REPLACE (first_start_day_lead + 90 AS first_start_day_lead) FROM ${table}`,
    ],
    ['finishes', 'exactly one finish that lasts', (table: Sql) => sql`SELECT * FROM ${table} LIMIT 20`],
    ['finishes', 'bottom line', (table: Sql) => sql`SELECT * REPLACE (finish_day + 1 AS finish_day) FROM ${table}`],
    ['cube_levels', 'WIP(d) = WIP(d−1)', (table: Sql) => sql`SELECT * REPLACE (day + 1 AS day) FROM ${table}`],
    ['cube_levels', 'Σ WIP over days', (table: Sql) => sql`SELECT * REPLACE (day + 1 AS day) FROM ${table}`],
    ['cube_levels', 'never falls', (table: Sql) => sql`SELECT * REPLACE (-item_delta AS item_delta) FROM ${table}`],
    ['cube_levels', 'never cross', (table: Sql) => sql`SELECT * REPLACE (-item_delta AS item_delta) FROM ${table}`],
    [
      'cube_finished',
      'cubes of finished items',
      (table: Sql) => sql`SELECT * REPLACE (item_count_flow + 1 AS item_count_flow) FROM ${table}`,
    ],
    ['cube_lengths', 'cubes of finished items', (table: Sql) => sql`SELECT * REPLACE (span_days + 1 AS span_days) FROM ${table}`],
    ['cube_progress', 'cube of items in progress', (table: Sql) => sql`SELECT * REPLACE (day + 1 AS day) FROM ${table}`],
    ['cube_census', 'cube of all items', (table: Sql) => sql`SELECT * REPLACE (item_delta + 1 AS item_delta) FROM ${table}`],
    ['cube_crossings', 'cube of crossings', (table: Sql) => sql`SELECT * FROM ${table} WHERE kind <> 'departures'`],
    ['cube_stages', 'cubes of stages', (table: Sql) => sql`SELECT * REPLACE (waiting_seconds + 1 AS waiting_seconds) FROM ${table}`],
    ['cube_repeated_stages', 'cubes of stages', (table: Sql) => sql`SELECT * REPLACE (moves + 1 AS moves) FROM ${table}`],
    ['cube_exit_ages', 'cube of ages at exit', (table: Sql) => sql`SELECT * REPLACE (age_days + 1 AS age_days) FROM ${table}`],
    [
      'cube_stage_times',
      'cubes of times in stages',
      (table: Sql) => sql`SELECT * REPLACE (total_seconds + 1 AS total_seconds) FROM ${table}`,
    ],
    [
      'cube_stage_time_bands',
      'cubes of times in stages',
      (table: Sql) => sql`SELECT * REPLACE (item_count + 1 AS item_count) FROM ${table}`,
    ],
    ['cube_stay_times', 'cubes of times of stays', (table: Sql) => sql`SELECT * REPLACE (item_count + 1 AS item_count) FROM ${table}`],
    [
      'cube_stay_time_bands',
      'cubes of times of stays',
      (table: Sql) => sql`SELECT * FROM ${table} WHERE band <> (SELECT min(band) FROM ${table})`,
    ],
    ['cube_stay_time_bands', 'cube of times of stays by day', (table: Sql) => sql`SELECT * REPLACE (day + 1 AS day) FROM ${table}`],
    [
      'cube_stage_time_bands',
      'cube of times in stages by day',
      (table: Sql) => sql`SELECT * REPLACE (finish_day + 1 AS finish_day) FROM ${table}`,
    ],
    ['cube_stage_times', 'each length lies in its stretch', (table: Sql) => sql`SELECT * REPLACE (stretch + 64 AS stretch) FROM ${table}`],
    ['cube_stay_time_bands', 'each length lies in its stretch', (table: Sql) => sql`SELECT * REPLACE (band + 1 AS band) FROM ${table}`],
  ])('a wrong %s: %s', async (table, name, change) => {
    const failures = await failuresOf(await withTable(table, change))
    expect(failures.filter((failure) => failure.includes(name))).toHaveLength(1)
  })

  it('says of an item whose visits do not follow each other where that is', async () => {
    const wrong = await withTable('visits', (table) => sql`SELECT * FROM ${table} WHERE NOT (item_ix = 3 AND visit_ix = 2)`)
    const [{ detail } = { detail: '' }] = (await failedChecks(wrong)).filter(({ name }) => name.startsWith('visits follow'))
    expect(detail).toBe('does not hold in 1 places, for example board item number 3, in done from 2025-01-11 on')
  })

  it('does not ask figures of files that are not the published ones', async () => {
    const copy = path.join(folder, 'absent')
    await cp(snapshot.folder, copy, { recursive: true })
    await rm(path.join(copy, 'visits.parquet'))
    expect(await failuresOf({ ...snapshot, folder: copy })).toEqual(['file visits.parquet'])
  })
})
