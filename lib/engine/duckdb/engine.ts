import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { ColumnTable } from '../columns'
import type { Engine, QueryOptions, SnapshotTables } from '../engine'
import { FairQueue } from '../fair-queue'
import { literal, type Sql, type SqlValue } from '../sql'
import { Attached } from './attached'
import { Connections } from './connections'
import { Costs } from './costs'
import { duckdbDialect, renderNamed } from './dialect'
import { memoryShare } from './memory'
import { cancelled, queryProblem, tooSlow } from './problems'
import { readColumns } from './read'
import { Stopping } from './stopping'

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
  /** A query that runs longer is stopped; absent: none is. */
  readonly querySeconds?: number
  /** Queries that may wait for their turn. */
  readonly queueLength?: number
  /** Folder of the databases that were made from snapshots; absent: Parquet is read. */
  readonly derived?: string
  /** Going through a table of more bytes is taken for heavy work until it is known what it takes. */
  readonly heavyBytes?: number
  /** What takes longer is heavy work. */
  readonly heavyMs?: number
}

const DEFAULT_CONNECTIONS = 4
const DEFAULT_QUEUE_LENGTH = 1024
/** With other work beside it; a few times what most questions take. */
const DEFAULT_HEAVY_MS = 100
/** Rows of one side of a join that are looked up one by one in a table that has a key, instead of going through it. */
const LOOKED_UP = 1000

/** Opens an in-memory DuckDB that reads snapshots below the given folders and nothing else. */
export async function openDuckdb(options: DuckdbOptions): Promise<Engine> {
  // Of its own: processes that shared one would take each other's files for theirs.
  const spill = path.join(tmpdir(), `streamgauge-${process.pid}-${randomUUID().slice(0, 8)}`)
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    dynamic_or_filter_threshold: String(LOOKED_UP),
    // The first rows of a table would be found by their place and then looked for in all of it.
    late_materialization_max_rows: '0',
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    ...(options.memoryLimit === undefined ? {} : { memory_limit: memoryShare(options.memoryLimit) }),
  })
  const setup = await instance.connect()
  const readable = [...options.readable, ...(options.derived === undefined ? [] : [options.derived])]
  await setup.run(`SET allowed_directories = [${readable.map((folder) => renderNamed(literal(folder)).text).join(', ')}]`)
  await setup.run("SET TimeZone = 'UTC'")
  await setup.run('SET parquet_metadata_cache = true')
  await setup.run('SET enable_external_access = false')
  await setup.run('SET lock_configuration = true')
  const connections = new Connections(instance, setup, spill)
  return new DuckdbEngine(options, connections, new Attached(setup, options, () => connections.forgetPlans()))
}

class DuckdbEngine implements Engine {
  readonly dialect = duckdbDialect
  readonly #queue: FairQueue
  readonly #costs = new Costs()

  constructor(
    private readonly options: DuckdbOptions,
    private readonly connections: Connections,
    private readonly attached: Attached,
  ) {
    const slots = options.connections ?? DEFAULT_CONNECTIONS
    const heavySlots = Math.max(1, Math.floor(slots / 2))
    this.#queue = new FairQueue({ slots, heavySlots, longest: options.queueLength ?? DEFAULT_QUEUE_LENGTH })
  }

  attach(snapshot: SnapshotTables): Promise<void> {
    return this.attached.add(snapshot)
  }

  async query(query: Sql, options: QueryOptions = {}): Promise<ColumnTable> {
    const { signal, asker = '' } = options
    const { text, params } = renderNamed(query)
    try {
      const release = await this.#queue.enter({ asker, isHeavy: this.#isHeavy(text), signal })
      try {
        return await this.#run(text, params, signal).catch(async (error: unknown) => {
          if (await this.attached.fallBack(text, error)) return this.#run(text, params, signal)
          throw error
        })
      } finally {
        release()
      }
    } catch (error) {
      throw signal?.aborted ? cancelled() : queryProblem(error)
    }
  }

  close(): Promise<void> {
    return this.connections.close()
  }

  /** By what it took; before that is known by the tables that it names. */
  #isHeavy(text: string): boolean {
    const known = this.#costs.of(text)
    return known === undefined ? this.attached.isHeavy(text) : known > (this.options.heavyMs ?? DEFAULT_HEAVY_MS)
  }

  async #run(text: string, params: Record<string, SqlValue>, signal: AbortSignal | undefined): Promise<ColumnTable> {
    const connection = await this.connections.take()
    const stopping = new Stopping(() => connection.interrupt(), { signal, seconds: this.options.querySeconds })
    try {
      signal?.throwIfAborted()
      return await readColumns(await this.#costs.timed(text, () => connection.run(text, params)))
    } catch (error) {
      if (stopping.isLate) this.#costs.note(text, (this.options.querySeconds ?? 0) * 1000)
      throw stopping.isLate ? tooSlow(this.options.querySeconds ?? 0, error) : error
    } finally {
      stopping.end()
      this.connections.give(connection)
    }
  }
}
