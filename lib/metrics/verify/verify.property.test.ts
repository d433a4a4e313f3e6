import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyToParquet, openBuilder } from '@/lib/engine/duckdb/builder'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { literal, Sql, sql } from '@/lib/engine/sql'
import { fileSize, hashFile, type Snapshot } from '@/lib/snapshot/store'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { drawCases, historyOf } from '@/lib/testing/cases'
import type { Check } from './check'
import { type VerifyOptions, verification } from './verify'

const SEED = 4_000_001
const TIMEOUT = 120_000

let built: BuiltHistory
let copies: string

beforeAll(async () => {
  built = await buildHistory(historyOf(drawCases(SEED, 5, 1)))
  copies = await mkdtemp(path.join(tmpdir(), 'streamgauge-altered-'))
}, TIMEOUT)

afterAll(async () => {
  await built.close()
  await rm(copies, { recursive: true, force: true })
})

async function failures(snapshot: Snapshot, options: Partial<VerifyOptions> = {}): Promise<Check[]> {
  const engine = await openDuckdb({ readable: [snapshot.folder] })
  try {
    const { checks } = await verification({ engine, snapshot, ...options })
    return checks.filter((check) => !check.is_met)
  } finally {
    await engine.close()
  }
}

/** A copy of the snapshot in which one value of one row of a table is another. */
async function altered(table: string, column: string, value: string): Promise<Snapshot> {
  const { snapshot } = built
  const folder = path.join(copies, `${table}-${column}`)
  await cp(snapshot.folder, folder, { recursive: true })
  const file = path.join(folder, `${table}.parquet`)
  const source = sql`read_parquet(${literal(path.join(snapshot.folder, `${table}.parquet`))}, file_row_number = true)`
  const builder = await openBuilder()
  const raw = (piece: string) => new Sql([piece], [])
  const middle = sql`(SELECT count(*) // 2 FROM ${source} WHERE ${raw(column)} IS NOT NULL)`
  const rank = sql`(SELECT file_row_number FROM (SELECT file_row_number FROM ${source} WHERE ${raw(column)} IS NOT NULL ORDER BY file_row_number OFFSET ${middle} LIMIT 1))`
  await builder.run(
    copyToParquet(
      sql`SELECT * EXCLUDE (file_row_number) REPLACE (CASE WHEN file_row_number = ${rank} THEN ${raw(value)} ELSE ${raw(column)} END AS ${raw(column)}) FROM ${source} ORDER BY file_row_number`,
      file,
    ),
  )
  builder.close()
  return {
    ...snapshot,
    folder,
    tables: new Map([...snapshot.tables].map(([name, files]) => [name, files.map((file) => path.join(folder, path.basename(file)))])),
  }
}

async function rehashed(snapshot: Snapshot): Promise<Snapshot> {
  const files = await Promise.all(
    snapshot.manifest.files.map(async (file) => {
      const location = path.join(snapshot.folder, file.name)
      return { ...file, bytes: await fileSize(location), sha256: await hashFile(location) }
    }),
  )
  return { ...snapshot, manifest: { ...snapshot.manifest, files } }
}

describe('verification', { timeout: TIMEOUT }, () => {
  it('is all green on a snapshot as it was built, in whole and in samples', async () => {
    expect(await failures(built.snapshot)).toEqual([])
    expect(await failures(built.snapshot, { mostChanges: 1, seed: 7 })).toEqual([])
  })

  it.each([
    ['history', 'changed_at', 'changed_at + INTERVAL 3 DAY'],
    ['history', 'state', "'Limbo'"],
    ['items', 'mark', 'mark + 1'],
    ['visits', 'seconds', 'seconds + 1'],
    ['finishes', 'finish_day', 'finish_day + 1'],
    ['finishes', 'active_seconds_flow', 'active_seconds_flow + 1'],
    ['finishes', 'dim_team', "'Nobody'"],
    ['passages', 'seconds', 'seconds + 1'],
    ['passages', 'leave_day', 'leave_day - 1'],
    ['spells', 'status', "CASE WHEN status = 'open' THEN 'finished' ELSE 'open' END"],
    ['changes', 'to_value', "'altered'"],
    ['moves', 'position', 'position + 1'],
    ['handoffs', 'to_value', "'Nobody'"],
    ['handoffs', 'wait_seconds', 'wait_seconds + 1'],
    ['blocks', 'blocked_at', 'blocked_at - INTERVAL 1 SECOND'],
    ['blocks', 'dim_team', "'Nobody'"],
    ['cube_levels', 'item_delta', 'item_delta + 1'],
    ['calendar', 'workdays_through', 'workdays_through + 1'],
  ])('one other value in %s.%s is found by its hash, and without it by the recount', async (table, column, value) => {
    const changed = await altered(table, column, value)
    expect(await failures(changed)).toMatchObject([{ area: 'files', name: `file ${table}.parquet` }])
    const areas = (await failures(await rehashed(changed))).map((check) => check.area)
    expect(areas).toContain('recount')
    expect(areas).not.toContain('files')
  })
})
