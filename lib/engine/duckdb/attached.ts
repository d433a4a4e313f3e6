import { stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { log } from '../../log'
import { REPLACED_TABLE, type SnapshotTables, type TableFiles } from '../engine'
import { ident, join, list, literal, quotedName, type Sql, sql } from '../sql'
import { derivedFiles, trustedTables } from './derived'
import { duckdbDialect, renderNamed, textType } from './dialect'
import { enumName } from './enumerations'
import { rowsOf, visibleRows } from './parquet'

/** Some two million rows, tens of milliseconds. */
const DEFAULT_HEAVY_BYTES = 32 * 1024 * 1024
const CORRUPT = /corrupt|checksum/i
const TABLE_NAME = /\bsnapshot_\w+\.\w+/g

/** A folder's worth of files from which a derived database may have been made: a snapshot's own, or those of its origin. */
interface Part {
  readonly id: string
  readonly tables: TableFiles
}

interface Native {
  readonly tables: ReadonlySet<string>
  /** Snapshots whose views read it, by id. */
  readonly readers: Map<string, SnapshotTables>
}

/** The snapshots whose tables can be queried. */
export class Attached {
  readonly #snapshots = new Map<string, Promise<void>>()
  readonly #heavyTables = new Set<string>()
  /** Derived databases that are open, by the id of their part. */
  readonly #native = new Map<string, Native>()
  /** Snapshots that had to leave a derived database: it was damaged or is gone. */
  readonly #left = new Map<string, Promise<void>>()

  constructor(
    private readonly setup: DuckDBConnection,
    private readonly options: { readonly inMemory?: boolean; readonly heavyBytes?: number; readonly derived?: string },
    /** Called when tables came or stand for something else. */
    private readonly onChange: () => void,
  ) {}

  /** Once for each snapshot; a failure is tried again. */
  add(snapshot: SnapshotTables): Promise<void> {
    const known = this.#snapshots.get(snapshot.id)
    if (known) return known
    const adding = this.#create(snapshot)
    this.#snapshots.set(snapshot.id, adding)
    adding.catch(() => this.#snapshots.delete(snapshot.id))
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
    const isNamed = (id: string) => text.includes(`snapshot_${id}.`)
    for (const [partId, { readers }] of isDamaged ? [...this.#native] : []) {
      if (![...readers.keys()].some(isNamed)) continue
      warnOf(partId, error)
      this.#leave(partId)
    }
    const leaving = [...this.#left].filter(([id]) => isNamed(id)).map(([, left]) => left)
    await Promise.all(leaving)
    return leaving.length > 0
  }

  async #create(snapshot: SnapshotTables): Promise<void> {
    await this.#run(sql`CREATE SCHEMA IF NOT EXISTS ${schemaOf(snapshot.id)}`)
    if (!this.options.inMemory) for (const part of partsOf(snapshot)) await this.#attachDerived(part, snapshot)
    await this.#createTables(snapshot)
    await this.#createTypes(snapshot)
    for (const table of await largerThan(snapshot.tables, this.options.heavyBytes ?? DEFAULT_HEAVY_BYTES)) {
      this.#heavyTables.add(renderNamed(duckdbDialect.table(snapshot.id, table)).text)
    }
    await this.#leaveRemoved()
    // Plans keep the files of snapshots open that nobody may ask any more.
    this.onChange()
  }

  async #createTables(snapshot: SnapshotTables): Promise<void> {
    const kind = this.options.inMemory ? sql`TABLE` : sql`VIEW`
    const replaced = this.#stored(snapshot, REPLACED_TABLE)
    const statements = [...snapshot.tables.keys()].map((table) => {
      const source = visibleRows(snapshot, table, this.#stored(snapshot, table), replaced)
      return sql`CREATE OR REPLACE ${kind} ${duckdbDialect.table(snapshot.id, table)} AS FROM ${source}`
    })
    // At once: the first answer of a server waits for all of them.
    if (statements.length) await this.#run(join(statements, ';'))
  }

  /** A type for the texts of each column name, so that values are compared as numbers where all parts of the snapshot number these texts alike. */
  async #createTypes(snapshot: SnapshotTables): Promise<void> {
    const parts = partsOf(snapshot)
    const [part] = parts
    const named = await this.#rows(sql`SELECT DISTINCT column_name FROM duckdb_columns()
      WHERE schema_name = ${`snapshot_${snapshot.id}`} AND (data_type = 'VARCHAR' OR starts_with(data_type, 'ENUM'))`)
    const numbered =
      await this.#rows(sql`SELECT type_name FROM duckdb_types() WHERE database_name IN ${list(parts.map(({ id }) => `derived_${id}`))}
      GROUP BY type_name HAVING count(DISTINCT database_name) = ${parts.length}`)
    const enumerations = new Set(parts.every(({ id }) => this.#native.has(id)) ? numbered.flat() : [])
    const types = named.flat().map((column) => {
      const name = enumName(String(column))
      const like = part && enumerations.has(name) ? sql`${catalogOf(part.id)}.${quotedName(name)}` : sql`VARCHAR`
      return sql`CREATE OR REPLACE TYPE ${textType(snapshot.id, String(column))} AS ${like}`
    })
    if (types.length) await this.#run(join(types, ';'))
  }

  /** Where all rows of a table stand. */
  #stored(snapshot: SnapshotTables, table: string): Sql {
    const parts = partsOf(snapshot).filter(({ tables }) => tables.has(table))
    if (!parts.some(({ id }) => this.#native.get(id)?.tables.has(table))) return rowsOf(snapshot, table, snapshot.tables.get(table) ?? [])
    const sources = parts.map(({ id, tables }) =>
      this.#native.get(id)?.tables.has(table) ? sql`${catalogOf(id)}.${ident(table)}` : rowsOf(snapshot, table, tables.get(table) ?? []),
    )
    const all = join(
      sources.map((source) => sql`SELECT * FROM ${source}`),
      ' UNION ALL ',
    )
    return sources.length === 1 && sources[0] ? sources[0] : sql`(${all})`
  }

  /** Has all its readers read Parquet again, and closes it. */
  #leave(partId: string): void {
    const native = this.#native.get(partId)
    this.#native.delete(partId)
    const moving = this.#moveReaders(partId, [...(native?.readers.values() ?? [])])
    for (const id of native?.readers.keys() ?? []) this.#left.set(id, moving)
  }

  async #moveReaders(partId: string, readers: readonly SnapshotTables[]): Promise<void> {
    for (const snapshot of readers) {
      // Where the snapshot is gone too, its views can't be made again, and nobody asks for them.
      await this.#createTables(snapshot).catch(() => undefined)
    }
    this.onChange()
    await this.#run(sql`DETACH ${catalogOf(partId)}`)
  }

  /** A file that was removed takes its place on the disk as long as it is open. */
  async #leaveRemoved(): Promise<void> {
    for (const [partId, { readers }] of [...this.#native]) {
      const isThere = await stat(derivedFiles(this.options.derived ?? '', partId).database).then(
        () => true,
        () => false,
      )
      if (isThere) continue
      this.#leave(partId)
      await Promise.all([...readers.keys()].map((id) => this.#left.get(id)))
    }
  }

  /** The native database of a part where there is one; whatever is wrong with it, the Parquet files hold the same. */
  async #attachDerived({ id, tables }: Part, reader: SnapshotTables): Promise<void> {
    const { derived } = this.options
    if (derived === undefined) return
    const open = this.#native.get(id)
    if (open) {
      open.readers.set(reader.id, reader)
      return
    }
    const files = derivedFiles(derived, id)
    try {
      const names = await trustedTables(files, tables)
      if (!names) return
      await this.#run(sql`ATTACH IF NOT EXISTS ${literal(files.database)} AS ${catalogOf(id)} (READ_ONLY)`)
      await this.#requireTables(`derived_${id}`, names)
      this.#native.set(id, { tables: new Set(names), readers: new Map([[reader.id, reader]]) })
    } catch (error) {
      warnOf(id, error)
    }
  }

  async #requireTables(catalog: string, names: readonly string[]): Promise<void> {
    const rows = await this.#rows(sql`SELECT table_name FROM duckdb_tables() WHERE database_name = ${catalog}`)
    const found = new Set(rows.flat().map(String))
    const missing = names.find((name) => !found.has(name))
    if (missing !== undefined) throw new Error(`it lacks the table ${missing}`)
  }

  async #rows(query: Sql) {
    const { text, params } = renderNamed(query)
    return (await this.setup.run(text, params)).getRows()
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

function partsOf({ id, tables, increments }: SnapshotTables): Part[] {
  if (!increments) return [{ id, tables }]
  return [
    { id: increments.originId, tables: increments.origin },
    { id, tables: increments.added },
  ]
}

/** Names of the tables whose files have more bytes. */
async function largerThan(tables: TableFiles, bytes: number): Promise<string[]> {
  const sizes = await Promise.all([...tables].map(async ([table, files]) => ({ table, size: await bytesOf(files) })))
  return sizes.filter(({ size }) => size > bytes).map(({ table }) => table)
}

async function bytesOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map((file) => stat(file)))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}
