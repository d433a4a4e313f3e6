import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { Problem } from '../../problem'
import type { ColumnTable } from '../columns'
import type { Engine } from '../engine'
import { ident, literal, type Sql, sql } from '../sql'
import { duckdbDialect, renderNamed } from './dialect'
import { parquet } from './parquet'
import { readColumns } from './read'

export interface DuckdbOptions {
  /** Folders that queries may read; everything else is closed to them. */
  readonly readable: readonly string[]
  readonly threads?: number
  /** As DuckDB writes it: `2GB`, `80%`. */
  readonly memoryLimit?: string
  /** Connections, and so queries, at the same time. */
  readonly connections?: number
  /** Tables are read into memory when a snapshot is attached: for small ones that are asked very many questions. */
  readonly inMemory?: boolean
}

const DEFAULT_CONNECTIONS = 4

/** Opens an in-memory DuckDB that reads snapshots below the given folders and nothing else. */
export async function openDuckdb(options: DuckdbOptions): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
  })
  const setup = await instance.connect()
  await setup.run(`SET allowed_directories = [${options.readable.map((folder) => renderNamed(literal(folder)).text).join(', ')}]`)
  await setup.run("SET TimeZone = 'UTC'")
  await setup.run('SET parquet_metadata_cache = true')
  await setup.run('SET enable_external_access = false')
  await setup.run('SET lock_configuration = true')
  return new DuckdbEngine(instance, setup, options.connections ?? DEFAULT_CONNECTIONS, options.inMemory ? sql`TABLE` : sql`VIEW`)
}

class DuckdbEngine implements Engine {
  readonly dialect = duckdbDialect
  readonly #attached = new Map<string, Promise<void>>()
  readonly #idle: DuckDBConnection[] = []
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = []
  #open = 0

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly setup: DuckDBConnection,
    private readonly limit: number,
    private readonly kind: Sql,
  ) {}

  attach(snapshotId: string, tables: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const known = this.#attached.get(snapshotId)
    if (known) return known
    const attaching = this.#createViews(snapshotId, tables)
    this.#attached.set(snapshotId, attaching)
    attaching.catch(() => this.#attached.delete(snapshotId))
    return attaching
  }

  async query(query: Sql, options: { signal?: AbortSignal } = {}): Promise<ColumnTable> {
    const { signal } = options
    const connection = await this.#take()
    const interrupt = () => connection.interrupt()
    try {
      if (signal?.aborted) throw cancelled()
      signal?.addEventListener('abort', interrupt, { once: true })
      const { text, params } = renderNamed(query)
      return await readColumns(await connection.run(text, params))
    } catch (error) {
      throw signal?.aborted ? cancelled() : asProblem(error)
    } finally {
      signal?.removeEventListener('abort', interrupt)
      this.#give(connection)
    }
  }

  async close(): Promise<void> {
    for (const connection of [this.setup, ...this.#idle]) connection.closeSync()
    this.instance.closeSync()
  }

  async #createViews(snapshotId: string, tables: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const schema = ident(`snapshot_${snapshotId}`)
    await this.setup.run(renderNamed(sql`CREATE SCHEMA IF NOT EXISTS ${schema}`).text)
    for (const [table, files] of tables) {
      const view = sql`CREATE OR REPLACE ${this.kind} ${schema}.${ident(table)} AS
        FROM ${parquet(files)}`
      await this.setup.run(renderNamed(view).text)
    }
  }

  async #take(): Promise<DuckDBConnection> {
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#open >= this.limit) return new Promise((resolve) => this.#waiting.push(resolve))
    this.#open++
    return this.instance.connect()
  }

  #give(connection: DuckDBConnection): void {
    const next = this.#waiting.shift()
    if (next) next(connection)
    else this.#idle.push(connection)
  }
}

function cancelled(): Problem {
  return new Problem('cancelled', 'The request was cancelled before its answer was ready', { status: 499 })
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const text = error instanceof Error ? error.message : String(error)
  if (text.startsWith('Out of Memory')) {
    return new Problem('out-of-memory', 'This question needs more memory than a query may use: narrow its scope', {
      status: 503,
      cause: error,
    })
  }
  return new Problem('query-failed', 'The query failed inside the engine', {
    status: 500,
    detail: text.split('\n')[0] ?? text,
    cause: error,
  })
}
