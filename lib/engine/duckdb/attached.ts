import { stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { log } from '../../log'
import { ident, join, literal, type Sql, sql } from '../sql'
import { derivedFiles, trustedTables } from './derived'
import { duckdbDialect, renderNamed } from './dialect'
import { parquet } from './parquet'

/** Some two million rows, tens of milliseconds. */
const DEFAULT_HEAVY_BYTES = 32 * 1024 * 1024
const CORRUPT = /corrupt|checksum/i
const TABLE_NAME = /\bsnapshot_\w+\.\w+/g

type Tables = ReadonlyMap<string, readonly string[]>

/** The snapshots whose tables can be queried. */
export class Attached {
  readonly #snapshots = new Map<string, Promise<void>>()
  readonly #heavyTables = new Set<string>()
  /** Those that are read from their derived databases. */
  readonly #native = new Map<string, Tables>()
  /** Those whose derived databases turned out to be damaged. */
  readonly #left = new Map<string, Promise<void>>()

  constructor(
    private readonly setup: DuckDBConnection,
    private readonly options: { readonly inMemory?: boolean; readonly heavyBytes?: number; readonly derived?: string },
  ) {}

  /** Once for each snapshot; a failure is tried again. */
  add(snapshotId: string, tables: Tables): Promise<void> {
    const known = this.#snapshots.get(snapshotId)
    if (known) return known
    const adding = this.#create(snapshotId, tables)
    this.#snapshots.set(snapshotId, adding)
    adding.catch(() => this.#snapshots.delete(snapshotId))
    return adding
  }

  /** Whether a query names a table that takes long to go through. */
  isHeavy(text: string): boolean {
    return text.match(TABLE_NAME)?.some((name) => this.#heavyTables.has(name)) ?? false
  }

  /** Reads Parquet again where a query went to a derived database that turned out to be damaged. @returns whether it may be run again */
  async fallBack(text: string, error: unknown): Promise<boolean> {
    const reason = firstLine(error)
    const isDamaged = CORRUPT.test(reason)
    // Another query may have found the damage, and the database be gone from under this one.
    if (!isDamaged && !reason.includes('derived_')) return false
    const isNamed = ([id]: readonly [string, unknown]) => text.includes(`snapshot_${id}.`)
    for (const [id, tables] of isDamaged ? [...this.#native].filter(isNamed) : []) {
      warnOf(id, error)
      this.#left.set(id, this.#backToParquet(id, tables))
    }
    const leaving = [...this.#left].filter(isNamed).map(([, left]) => left)
    await Promise.all(leaving)
    return leaving.length > 0
  }

  async #create(snapshotId: string, tables: Tables): Promise<void> {
    await this.#run(sql`CREATE SCHEMA IF NOT EXISTS ${schemaOf(snapshotId)}`)
    const native = this.options.inMemory ? [] : await this.#attachDerived(snapshotId, tables)
    await this.#createTables(snapshotId, tables, native)
    for (const table of await largerThan(tables, this.options.heavyBytes ?? DEFAULT_HEAVY_BYTES)) {
      this.#heavyTables.add(renderNamed(duckdbDialect.table(snapshotId, table)).text)
    }
    await this.#leaveRemoved()
  }

  async #createTables(snapshotId: string, tables: Tables, native: readonly string[]): Promise<void> {
    const kind = this.options.inMemory ? sql`TABLE` : sql`VIEW`
    const statements = [...tables].map(([table, files]) => {
      const source = native.includes(table) ? sql`${catalogOf(snapshotId)}.${ident(table)}` : parquet(files)
      return sql`CREATE OR REPLACE ${kind} ${duckdbDialect.table(snapshotId, table)} AS FROM ${source}`
    })
    // At once: the first answer of a server waits for all of them.
    if (statements.length) await this.#run(join(statements, ';'))
  }

  async #backToParquet(snapshotId: string, tables: Tables): Promise<void> {
    this.#native.delete(snapshotId)
    await this.#createTables(snapshotId, tables, [])
    await this.#run(sql`DETACH ${catalogOf(snapshotId)}`)
  }

  /** A file that was removed takes its place on the disk as long as it is open. */
  async #leaveRemoved(): Promise<void> {
    for (const [id, tables] of this.#native) {
      const isThere = await stat(derivedFiles(this.options.derived ?? '', id).database).then(
        () => true,
        () => false,
      )
      // Where the snapshot is gone too, its views can't be made again, and nobody asks for them.
      if (isThere) continue
      const leaving = this.#backToParquet(id, tables).catch(() => this.#run(sql`DETACH ${catalogOf(id)}`))
      this.#left.set(id, leaving)
      await leaving
    }
  }

  /** The native database of a snapshot where there is one; whatever is wrong with it, the Parquet files hold the same. */
  async #attachDerived(snapshotId: string, tables: Tables): Promise<readonly string[]> {
    const { derived } = this.options
    if (derived === undefined) return []
    const files = derivedFiles(derived, snapshotId)
    try {
      const names = await trustedTables(files, tables)
      if (!names) return []
      await this.#run(sql`ATTACH IF NOT EXISTS ${literal(files.database)} AS ${catalogOf(snapshotId)} (READ_ONLY)`)
      await this.#requireTables(`derived_${snapshotId}`, names)
      this.#native.set(snapshotId, tables)
      return names
    } catch (error) {
      warnOf(snapshotId, error)
      return []
    }
  }

  async #requireTables(catalog: string, names: readonly string[]): Promise<void> {
    const { text, params } = renderNamed(sql`SELECT table_name FROM duckdb_tables() WHERE database_name = ${catalog}`)
    const found = new Set((await (await this.setup.run(text, params)).getRows()).map(([name]) => String(name)))
    const missing = names.find((name) => !found.has(name))
    if (missing !== undefined) throw new Error(`it lacks the table ${missing}`)
  }

  async #run(statement: Sql): Promise<void> {
    await this.setup.run(renderNamed(statement).text)
  }
}

function schemaOf(snapshotId: string): Sql {
  return ident(`snapshot_${snapshotId}`)
}

function catalogOf(snapshotId: string): Sql {
  return ident(`derived_${snapshotId}`)
}

function warnOf(snapshotId: string, error: unknown): void {
  log.warn({ snapshot: snapshotId, reason: firstLine(error) }, 'The derived database of a snapshot is not used: its Parquet files are read')
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

/** Names of the tables whose files have more bytes. */
async function largerThan(tables: Tables, bytes: number): Promise<string[]> {
  const sizes = await Promise.all([...tables].map(async ([table, files]) => ({ table, size: await bytesOf(files) })))
  return sizes.filter(({ size }) => size > bytes).map(({ table }) => table)
}

async function bytesOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map((file) => stat(file)))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}
