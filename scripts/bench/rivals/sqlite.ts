import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { openRawDuckdb, quoted } from './duckdb'
import type { FactTable } from './fact-tables'
import { type Facts, factFile } from './facts'
import { loadPackage } from './install'
import type { Rival, RivalRows } from './rival'

const BETTER_SQLITE = '12.6.2'
/** Has its binary in its package, but hands out rows at half the speed. */
const LIBSQL = '0.5.29'
const CACHE_KB = 1_000_000
const MAPPED_BYTES = 8_000_000_000

/** The part of a SQLite driver that is used; better-sqlite3, libsql and node:sqlite share it. */
interface Statement {
  run(...values: unknown[]): unknown
  all(): unknown[]
  raw?(on: boolean): Statement
}
interface Database {
  exec(text: string): unknown
  prepare(text: string): Statement
  close(): void
}
type Driver = new (file: string) => Database

/** SQLite with covering and partial indexes, a gigabyte of cache and its file mapped. @throws where no driver can be had */
export async function openSqlite(facts: Facts, packages: string): Promise<Rival> {
  const { driver, name } = await findDriver(packages)
  const file = path.join(facts.folder, 'sqlite.db')
  if (!existsSync(file)) await fill(file, driver, { facts, packages })
  const database = new driver(file)
  tune(database)
  const version = String(Object.values(database.prepare('SELECT sqlite_version() AS version').all()[0] as object)[0])
  return {
    name: 'SQLite',
    about: `SQLite ${version} (${name}), covering and partial indexes, ANALYZE, 1 GB of cache, file mapped`,
    hasCubes: false,
    hasGroupingSets: false,
    ask: async (statement) => {
      const prepared = database.prepare(statement)
      if (prepared.raw) return prepared.raw(true).all() as RivalRows
      return (prepared.all() as object[]).map((row) => Object.values(row)) as unknown as RivalRows
    },
    close: async () => database.close(),
  }
}

interface Source {
  readonly facts: Facts
  readonly packages: string
}

async function findDriver(packages: string): Promise<{ driver: Driver; name: string }> {
  const own = await import('node:sqlite' as string).catch(() => undefined)
  if (own) return { driver: own.DatabaseSync as Driver, name: 'node:sqlite' }
  const better = await loadPackage(packages, 'better-sqlite3', BETTER_SQLITE, { isBuilt: true }).catch(() => undefined)
  if (better) return { driver: better as Driver, name: `better-sqlite3 ${BETTER_SQLITE}` }
  return { driver: (await loadPackage(packages, 'libsql', LIBSQL)) as Driver, name: `libsql ${LIBSQL}` }
}

function tune(database: Database): void {
  for (const pragma of [`cache_size = -${CACHE_KB}`, `mmap_size = ${MAPPED_BYTES}`, 'temp_store = MEMORY', 'threads = 2']) {
    database.exec(`PRAGMA ${pragma}`)
  }
}

async function fill(file: string, driver: Driver, { facts, packages }: Source): Promise<void> {
  const aside = `${file}.writing`
  await rm(aside, { force: true })
  const database = new driver(aside)
  try {
    for (const pragma of ['page_size = 8192', 'journal_mode = OFF', 'synchronous = OFF']) database.exec(`PRAGMA ${pragma}`)
    tune(database)
    for (const table of facts.tables) if (!table.cube) await fillTable(database, table, { facts, packages })
    database.exec('ANALYZE')
  } finally {
    database.close()
  }
  await rename(aside, file)
}

async function fillTable(database: Database, table: FactTable, { facts, packages }: Source): Promise<void> {
  const names = Object.keys(table.columns)
  database.exec(
    `CREATE TABLE ${table.name} (${names.map((name) => `${name} ${table.columns[name] === 'text' ? 'TEXT' : 'INTEGER'}`).join(', ')})`,
  )
  const insert = database.prepare(`INSERT INTO ${table.name} VALUES (${names.map(() => '?').join(', ')})`)
  const casts = names.map((name) => (table.columns[name] === 'big' ? `CAST(${name} AS DOUBLE)` : name)).join(', ')
  const duckdb = await openRawDuckdb(packages)
  database.exec('BEGIN')
  for await (const rows of duckdb.batches(`SELECT ${casts} FROM ${quoted(factFile(facts, table.name))}`))
    for (const row of rows) insert.run(...row)
  database.exec('COMMIT')
  duckdb.close()
  table.indexes.forEach(({ on, carries = [], where }, index) => {
    database.exec(
      `CREATE INDEX ${table.name}_${index} ON ${table.name} (${[...on, ...carries].join(', ')}) ${where ? `WHERE ${where}` : ''}`,
    )
  })
}
