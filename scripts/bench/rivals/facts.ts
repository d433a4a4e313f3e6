import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ValueStream } from '@/lib/model/value-stream'
import type { Snapshot } from '@/lib/snapshot/store'
import { NEVER } from '@/lib/time/day'
import { openRawDuckdb, quoted } from './duckdb'
import { codes, type FactTable, factQueries, factTables } from './fact-tables'

/** The facts of a snapshot as any database could hold them: integers only, texts of items apart. */
export interface Facts {
  readonly folder: string
  readonly tables: readonly FactTable[]
  /** Dimension → its values by code, the commonest first; code 0 is "none". */
  readonly values: Readonly<Record<string, readonly (string | null)[]>>
  readonly dimensions: readonly string[]
  readonly streams: readonly ValueStream[]
  readonly goals: Snapshot['manifest']['portfolio']['goals']
  readonly firstDay: number
  readonly lastDay: number
}

/** Raised when the tables below change. */
const LAYOUT = 1

export function factFile({ folder }: Facts, table: string): string {
  return path.join(folder, `${table}.parquet`)
}

/** Writes the facts beside the data, once. */
export async function extractFacts(snapshot: Snapshot, data: string, packages: string): Promise<Facts> {
  const folder = path.join(data, `facts-${LAYOUT}`)
  const { portfolio, dimensions, firstDay, lastDay } = snapshot.manifest
  if (!existsSync(folder)) await extractInto(folder, snapshot, packages)
  const values = JSON.parse(await readFile(path.join(folder, 'values.json'), 'utf8')) as Facts['values']
  const { streams, goals } = portfolio
  return { folder, tables: factTables(dimensions), values, dimensions, streams, goals, firstDay, lastDay }
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
    await writeFile(path.join(aside, 'values.json'), JSON.stringify(values))
    await rename(aside, folder)
  } finally {
    duckdb.close()
    await rm(aside, { recursive: true, force: true })
  }
}
