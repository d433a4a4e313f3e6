import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { openRawDuckdb, quoted } from './duckdb'
import type { FactTable } from './fact-tables'
import { type Facts, factFile } from './facts'
import { loadPackage } from './install'
import { type PostgresServer, startPostgres } from './postgres-server'
import type { Rival, RivalRows } from './rival'

const run = promisify(execFile)
const PG = '8.23.1'
const TYPES = { int: 'integer', small: 'smallint', big: 'bigint', text: 'text' } as const

interface Client {
  connect(): Promise<void>
  query(query: string | { text: string; rowMode: 'array' }): Promise<{ rows: unknown[] }>
  end(): Promise<void>
}
interface PgModule {
  readonly Client: new (options: { host: string; user: string; database: string }) => Client
}

/** PostgreSQL with covering and partial indexes, statistics, an up-to-date visibility map, and the cubes beside. @throws where none is to be had */
export async function openPostgres(facts: Facts, packages: string): Promise<Rival> {
  const { Client } = (await loadPackage(packages, 'pg', PG)) as PgModule
  const server = await startPostgres(path.join(facts.folder, 'postgres'))
  const client = new Client({ host: server.socketFolder, user: server.user, database: 'postgres' })
  try {
    await client.connect()
    await fill(client, server, { facts, packages })
    for (const { name } of facts.tables) await client.query(`SELECT count(*) FROM ${name}`)
    const version = (await client.query('SHOW server_version')).rows[0] as { server_version: string }
    return {
      name: 'PostgreSQL',
      about: `PostgreSQL ${version.server_version}, covering and partial indexes, VACUUM ANALYZE, 2 GB of buffers, two parallel workers, its own socket`,
      hasCubes: true,
      hasGroupingSets: false,
      ask: async (text) => (await client.query({ text, rowMode: 'array' })).rows as RivalRows,
      close: async () => {
        await client.end()
        await server.stop()
      },
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    await server.stop()
    throw error
  }
}

interface Source {
  readonly facts: Facts
  readonly packages: string
}

/** Once; what a later version of this benchmark adds, on top. */
async function fill(client: Client, server: PostgresServer, source: Source): Promise<void> {
  const { rows } = await client.query({ text: 'SELECT tablename FROM pg_tables', rowMode: 'array' })
  const known = new Set((rows as RivalRows).map(([name]) => name))
  const missing = known.has('filled') ? source.facts.tables.filter(({ name }) => !known.has(name)) : source.facts.tables
  for (const table of missing) {
    await client.query(`DROP TABLE IF EXISTS ${table.name}`)
    if (table.cube) await client.query(`CREATE UNLOGGED TABLE ${table.name} AS ${table.cube} ORDER BY ${table.order.join(', ')}`)
    else await copyIn(client, server, table, source)
    for (const { on, carries, where } of table.indexes) {
      const include = carries ? `INCLUDE (${carries.join(', ')})` : ''
      await client.query(`CREATE INDEX ON ${table.name} (${on.join(', ')}) ${include} ${where ? `WHERE ${where}` : ''}`)
    }
    await client.query(`VACUUM (FREEZE, ANALYZE) ${table.name}`)
  }
  await client.query('CREATE TABLE IF NOT EXISTS filled ()')
}

async function copyIn(client: Client, server: PostgresServer, table: FactTable, { facts, packages }: Source): Promise<void> {
  const names = Object.keys(table.columns)
  await client.query(
    `CREATE UNLOGGED TABLE ${table.name} (${names.map((name) => `${name} ${TYPES[table.columns[name] ?? 'int']}`).join(', ')})`,
  )
  const csv = path.join(facts.folder, `${table.name}.csv`)
  const duckdb = await openRawDuckdb(packages)
  try {
    await duckdb.run(
      `COPY (SELECT ${names.join(', ')} FROM ${quoted(factFile(facts, table.name))}) TO ${quoted(csv)} (FORMAT csv, HEADER false)`,
    )
    const copy = `\\copy ${table.name} from ${quoted(csv)} with (format csv)`
    await run(path.join(server.bin, 'psql'), [
      '-h',
      server.socketFolder,
      '-U',
      server.user,
      '-d',
      'postgres',
      '-q',
      '-v',
      'ON_ERROR_STOP=1',
      '-c',
      copy,
    ])
  } finally {
    duckdb.close()
    await rm(csv, { force: true })
  }
}
