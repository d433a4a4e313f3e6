import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ValueStream } from '@/lib/model/value-stream'
import type { Snapshot } from '@/lib/snapshot/store'
import { NEVER } from '@/lib/time/day'
import { openRawDuckdb, quoted, type RawDuckdb } from './duckdb'
import { codes, type FactTable, factQueries, factTables } from './fact-tables'

/** The facts of a snapshot as any database could hold them: integers only, texts of items apart. */
export interface Facts {
  readonly folder: string
  readonly tables: readonly FactTable[]
  /** Dimension → its values by code, the commonest first; code 0 is "none". */
  readonly values: Readonly<Record<string, readonly (string | null)[]>>
  readonly dimensions: readonly string[]
  /** Values to filter by, for the portfolio and for its first stream. */
  readonly filters: Readonly<Record<'portfolio' | 'stream', Filters>>
  readonly streams: readonly ValueStream[]
  readonly firstDay: number
  readonly lastDay: number
}

/** Codes of common values, chosen so that items have several of them at once. */
export interface Filters {
  readonly teams: readonly number[]
  readonly types: readonly number[]
  readonly priorities: readonly number[]
  /** The commonest pair. */
  readonly team: number
  readonly type: number
}

/** Raised when the tables below change. */
const LAYOUT = 3

export function factFile({ folder }: Facts, table: string): string {
  return path.join(folder, `${table}.parquet`)
}

/** Writes the facts beside the data, once. */
export async function extractFacts(snapshot: Snapshot, data: string, packages: string): Promise<Facts> {
  const folder = path.join(data, `facts-${LAYOUT}`)
  const { portfolio, dimensions, firstDay, lastDay } = snapshot.manifest
  if (!existsSync(folder)) await extractInto(folder, snapshot, packages)
  const told = JSON.parse(await readFile(path.join(folder, 'values.json'), 'utf8')) as Pick<Facts, 'values' | 'filters'>
  const { streams } = portfolio
  return { folder, tables: factTables(portfolio, dimensions, { firstDay, lastDay }), ...told, dimensions, streams, firstDay, lastDay }
}

async function extractInto(folder: string, snapshot: Snapshot, packages: string): Promise<void> {
  const aside = `${folder}.writing`
  await rm(aside, { recursive: true, force: true })
  await mkdir(aside, { recursive: true })
  const duckdb = await openRawDuckdb(packages)
  try {
    for (const [table, files] of snapshot.tables) {
      await duckdb.run(`CREATE VIEW source_${table} AS FROM read_parquet([${files.map(quoted).join(', ')}], hive_partitioning = false)`)
    }
    const { dimensions, portfolio } = snapshot.manifest
    const values: Record<string, (string | null)[]> = {}
    for (const dimension of dimensions) {
      await duckdb.run(codes(dimension))
      const rows = await duckdb.rows(`SELECT value FROM code_${dimension} ORDER BY code`)
      values[dimension] = [null, ...rows.map(([value]) => String(value))]
    }
    for (const [table, query] of factQueries(portfolio.streams, dimensions, NEVER)) {
      await duckdb.run(`COPY (${query}) TO ${quoted(path.join(aside, `${table}.parquet`))}
        (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, PARQUET_VERSION v2)`)
    }
    const spells = path.join(aside, 'spells.parquet')
    const filters = { portfolio: await filtersOf(duckdb, spells, 'TRUE'), stream: await filtersOf(duckdb, spells, 'stream = 0') }
    await writeFile(path.join(aside, 'values.json'), JSON.stringify({ values, filters }))
    await rename(aside, folder)
  } finally {
    duckdb.close()
    await rm(aside, { recursive: true, force: true })
  }
}

async function filtersOf(duckdb: RawDuckdb, spells: string, scope: string): Promise<Filters> {
  const commonest = async (columns: string, count: number) =>
    (
      await duckdb.rows(`SELECT ${columns} FROM ${quoted(spells)} WHERE ${scope} AND team > 0 AND type > 0 AND priority > 0
        GROUP BY ALL ORDER BY count(*) DESC, ${columns} LIMIT ${count}`)
    ).map((row) => row.map(Number))
  const codesOf = async (column: string, count: number) => (await commonest(column, count)).map(([code]) => code ?? 0)
  const [pair] = await commonest('team, type', 1)
  return {
    teams: await codesOf('team', 3),
    types: await codesOf('type', 2),
    priorities: await codesOf('priority', 2),
    team: pair?.[0] ?? 0,
    type: pair?.[1] ?? 0,
  }
}
