import { open, readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Raised when derived databases are made in another way: older ones are then not used any more. */
const LAYOUT_VERSION = 8

/** Looked up, not written into the paths: the bundler takes every file of the project that a path could mean into its memory. */
const ENDINGS = new Map([
  ['database', '.duckdb'],
  ['record', '.json'],
])

/** Where the derived database of a snapshot lies, and what is noted about it. */
export interface DerivedFiles {
  readonly database: string
  readonly record: string
}

/** What a derived database was made from. It counts only as long as all of this is as it was. */
export interface DerivedRecord {
  readonly layout: number
  /** Of the database. */
  readonly bytes: number
  /** `table name bytes` of each Parquet file. */
  readonly sources: readonly string[]
  /** Tables that it holds. */
  readonly tables: readonly string[]
}

export function derivedFiles(folder: string, snapshotId: string): DerivedFiles {
  return {
    database: path.join(folder, `${snapshotId}${ENDINGS.get('database')}`),
    record: path.join(folder, `${snapshotId}${ENDINGS.get('record')}`),
  }
}

/** Ids of the snapshots from which something in a folder was derived; other names in it stand as they are, less their ending. */
export async function derivedIds(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(nothingThere)) ?? []
  return [...new Set(names.map((name) => path.parse(name).name))]
}

/** Removes what was derived from a snapshot; harmless at any time. */
export async function removeDerived(folder: string, snapshotId: string): Promise<void> {
  const { database, record } = derivedFiles(folder, snapshotId)
  for (const file of [record, database, `${database}.wal`]) await rm(file, { force: true })
}

export async function recordOf(
  database: string,
  from: ReadonlyMap<string, readonly string[]>,
  tables: readonly string[],
): Promise<DerivedRecord> {
  return { layout: LAYOUT_VERSION, bytes: (await stat(database)).size, sources: await sourcesOf(from), tables }
}

/** Tables of a derived database that can be trusted; undefined when there is none. @throws Error that says why one that is there can't be */
export async function trustedTables(
  files: DerivedFiles,
  from: ReadonlyMap<string, readonly string[]>,
): Promise<readonly string[] | undefined> {
  const text = await readFile(files.record, 'utf8').catch(nothingThere)
  if (text === undefined) return undefined
  const found = JSON.parse(text) as DerivedRecord
  const now = await recordOf(files.database, from, found.tables)
  if (found.layout !== now.layout) throw new Error(`it has the layout ${found.layout}, this program reads ${now.layout}`)
  if (found.bytes !== now.bytes) throw new Error(`it has ${now.bytes} bytes and was made with ${found.bytes}`)
  const made = new Set(found.sources)
  if (!now.sources.every((source) => made.has(source))) throw new Error('it was made from other Parquet files')
  return found.tables.filter((table) => from.has(table))
}

export async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function sourcesOf(tables: ReadonlyMap<string, readonly string[]>): Promise<string[]> {
  const all = [...tables].flatMap(([table, files]) => files.map((file) => ({ table, file })))
  return Promise.all(all.map(async ({ table, file }) => `${table} ${path.basename(file)} ${(await stat(file)).size}`))
}

function nothingThere(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
