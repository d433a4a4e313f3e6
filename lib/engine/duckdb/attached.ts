import { stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { ident, sql } from '../sql'
import { renderNamed } from './dialect'
import { parquet } from './parquet'

/** Some two million rows, tens of milliseconds. */
const DEFAULT_HEAVY_BYTES = 32 * 1024 * 1024
const TABLE_NAME = /\bsnapshot_\w+\.\w+/g

/** The snapshots whose tables can be queried. */
export class Attached {
  readonly #snapshots = new Map<string, Promise<void>>()
  readonly #heavyTables = new Set<string>()

  constructor(
    private readonly setup: DuckDBConnection,
    private readonly options: { readonly inMemory?: boolean; readonly heavyBytes?: number },
  ) {}

  /** Once for each snapshot; a failure is tried again. */
  add(snapshotId: string, tables: ReadonlyMap<string, readonly string[]>): Promise<void> {
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

  async #create(snapshotId: string, tables: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const schema = ident(`snapshot_${snapshotId}`)
    const kind = this.options.inMemory ? sql`TABLE` : sql`VIEW`
    await this.setup.run(renderNamed(sql`CREATE SCHEMA IF NOT EXISTS ${schema}`).text)
    for (const [table, files] of tables) {
      const name = sql`${schema}.${ident(table)}`
      await this.setup.run(renderNamed(sql`CREATE OR REPLACE ${kind} ${name} AS FROM ${parquet(files)}`).text)
      if ((await bytesOf(files)) > (this.options.heavyBytes ?? DEFAULT_HEAVY_BYTES)) this.#heavyTables.add(renderNamed(name).text)
    }
  }
}

async function bytesOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map((file) => stat(file)))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}
