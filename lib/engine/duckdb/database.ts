import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { ColumnTable } from '../columns'
import type { SnapshotTables } from '../engine'
import { literal, type SqlValue } from '../sql'
import { Attached } from './attached'
import { Connections } from './connections'
import type { Costs } from './costs'
import { renderNamed } from './dialect'
import { memoryShare } from './memory'
import { readColumns } from './read'
import { Stopping } from './stopping'

export interface DatabaseOptions {
  /** Folders that queries may read; everything else is closed to them. */
  readonly readable: readonly string[]
  readonly threads?: number
  /** As DuckDB writes it: `2GB`, `80%`. */
  readonly memoryLimit?: string
  /** Tables are read into memory when a snapshot is attached: for small ones that are asked very many questions. */
  readonly inMemory?: boolean
  /** Folder of the databases that were made from snapshots; absent: Parquet is read. */
  readonly derived?: string
  /** Going through a table of more bytes is taken for heavy work until it is known what it takes. */
  readonly heavyBytes?: number
}

/** When a query is to be stopped. */
interface Stops {
  readonly signal: AbortSignal | undefined
  readonly seconds: number | undefined
}

/** Rows of one side of a join that are looked up one by one in a table that has a key, instead of going through it. */
const LOOKED_UP = 1000

/**
 * Opens an in-memory DuckDB that reads snapshots below the given folders and nothing else.
 * @param costs told of what its statements take
 */
export async function openDatabase(options: DatabaseOptions, costs: Costs): Promise<Database> {
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
  return new Database(connections, new Attached(setup, options, () => connections.forgetPlans()), costs)
}

/** A DuckDB with the snapshots that it can be asked about. */
export class Database {
  constructor(
    private readonly connections: Connections,
    private readonly attached: Attached,
    private readonly costs: Costs,
  ) {}

  attach(snapshot: SnapshotTables): Promise<void> {
    return this.attached.add(snapshot)
  }

  /** Whether a query names a table that takes long to go through. */
  isHeavy(text: string): boolean {
    return this.attached.isHeavy(text)
  }

  /** Runs one statement, once more where a derived database turns out to be damaged. @throws TimeUp, or as DuckDB says it */
  run(text: string, params: Record<string, SqlValue>, stops: Stops): Promise<ColumnTable> {
    const once = () => this.#once(text, params, stops)
    return once().catch(async (error: unknown) => {
      if (await this.attached.fallBack(text, error)) return once()
      throw error
    })
  }

  close(): Promise<void> {
    return this.connections.close()
  }

  async #once(text: string, params: Record<string, SqlValue>, { signal, seconds }: Stops): Promise<ColumnTable> {
    const connection = await this.connections.take()
    const stopping = new Stopping(() => connection.interrupt(), { signal, seconds })
    try {
      signal?.throwIfAborted()
      return await readColumns(await this.costs.timed(text, () => connection.run(text, params)))
    } catch (error) {
      throw stopping.isLate ? new TimeUp(error) : error
    } finally {
      stopping.end()
      this.connections.give(connection)
    }
  }
}

/** A statement was stopped because its time was up. */
export class TimeUp extends Error {
  constructor(cause: unknown) {
    super('the time of the statement was up', { cause })
  }
}
