import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type ColumnTable, type Row, toRows } from '../columns'
import { literal, type Sql, sql } from '../sql'
import { appendColumns } from './append'
import { type Chunk, streamChunks } from './chunks'
import { renderNamed } from './dialect'
import { memoryShare } from './memory'
import { readColumns } from './read'
import { openWriter, type TableAppender, type Words, type WriterColumns } from './table-writer'

/** Results that are read at the same time. */
const RESULTS = 2

export interface BuilderOptions {
  /** Database file; absent: in memory. */
  readonly file?: string
  /** Rows that the file's tables keep together, a multiple of 2,048; absent: as many as the database likes. */
  readonly rowGroup?: number
  /** Whether tables in memory can be packed. */
  readonly isPacked?: boolean
  /** Folder for what does not fit into memory. */
  readonly spillFolder?: string
  readonly memoryLimit?: string
  readonly threads?: number
  /** Shut off from every file but its own: for SQL that somebody else wrote. */
  readonly sealed?: boolean
}

/** Runs one statement after the other. */
export interface Lane {
  run(statement: Sql): Promise<void>
  rows(query: Sql): Promise<Row[]>
}

/** A DuckDB of its own in which a snapshot is built. */
export interface Builder extends Lane {
  /** A result as it comes, at most two at the same time, each on a connection of its own: other statements may run in the meantime. */
  chunks(query: Sql): AsyncGenerator<Chunk>
  /** Creates a table and appends to it. */
  writer(table: string, columns: WriterColumns, words: Words): Promise<TableAppender>
  /** Another database with the same limits and nothing in it: what is dropped there is free at once, whatever this one still reads. */
  beside(): Promise<Builder>
  /** Packs the rows of all tables: as they come they take several times the memory. Nothing else may be going on. */
  pack(): Promise<void>
  /**
   * From now on each statement works in one thread: for many small ones beside each other. Who waits for a thread that does a part of a
   * statement's work does so without rest, which takes a core from the others.
   */
  narrow(): Promise<void>
  /**
   * Runs a statement beside whatever else is going on, at most two other such statements at the same time. Those that wait for each other
   * run on one connection, and none on that of writers: these can't append while anything else runs there.
   */
  runAside(statement: Sql): Promise<void>
  rowsAside(query: Sql): Promise<Row[]>
  /** Runs text that somebody else wrote, wrapped as `CREATE TABLE target AS`; exactly one SELECT is let through. */
  createFrom(target: Sql, select: string): Promise<void>
  /** Appends rows to a table whose columns are of the types of `columnTypes`, in their order. */
  append(table: string, rows: ColumnTable): Promise<void>
  close(): void
}

/** @throws what DuckDB says, as it says it: the build gives it a context. */
export async function openBuilder(options: BuilderOptions = {}): Promise<Builder> {
  const { file, rowGroup } = options
  const own = ownDatabase(options)
  const instance = await DuckDBInstance.create((rowGroup === undefined ? file : undefined) ?? ':memory:', {
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Packed is when somebody says so: what is little and gone soon costs more to pack than it takes.
    ...(options.isPacked ? { checkpoint_threshold: '1TB' } : {}),
    ...(options.spillFolder === undefined ? {} : { temp_directory: options.spillFolder }),
    ...(options.memoryLimit === undefined ? {} : { memory_limit: memoryShare(options.memoryLimit) }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  })
  const [connection, ...others] = [
    await instance.connect(),
    await instance.connect(),
    await instance.connect(),
    await instance.connect(),
    await instance.connect(),
    await instance.connect(),
  ]
  const connections = [connection, ...others]
  for (const each of connections) await each.run("SET TimeZone = 'UTC'")
  // A snapshot has dozens of files of a table, and they are read again and again.
  await connection.run('SET GLOBAL parquet_metadata_cache = true')
  if (own !== undefined) {
    await connection.run(`ATTACH ${own}`)
    for (const each of connections) await each.run('USE own')
  }
  if (options.sealed) {
    await connection.run('SET enable_external_access = false')
    await connection.run('SET lock_configuration = true')
  }
  return new DuckdbBuilder(instance, connection, { reading: others.splice(0, RESULTS), aside: others }, options)
}

/** What is to be attached: only of a database that is can be said how its rows are kept. */
function ownDatabase({ file, rowGroup, isPacked }: BuilderOptions): string | undefined {
  if (file !== undefined && rowGroup !== undefined) return `${renderNamed(literal(file)).text} AS own (ROW_GROUP_SIZE ${rowGroup})`
  return isPacked ? "':memory:' AS own (COMPRESS)" : undefined
}

class DuckdbBuilder implements Builder {
  constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    /** Those that nothing runs on. */
    private readonly free: { readonly reading: DuckDBConnection[]; readonly aside: DuckDBConnection[] },
    private options: BuilderOptions,
  ) {}

  async run(statement: Sql): Promise<void> {
    await runOn(this.connection, statement)
  }

  async rows(query: Sql): Promise<Row[]> {
    return toRows(await readColumns(await runOn(this.connection, query)))
  }

  async *chunks(query: Sql): AsyncGenerator<Chunk> {
    const free = this.free.reading.pop()
    if (!free) throw new Error('two results are being read already')
    try {
      yield* streamChunks(free, query)
    } finally {
      this.free.reading.push(free)
    }
  }

  writer(table: string, columns: WriterColumns, words: Words): Promise<TableAppender> {
    return openWriter(this.connection, table, columns, words)
  }

  async runAside(statement: Sql): Promise<void> {
    await this.#aside((connection) => runOn(connection, statement))
  }

  rowsAside(query: Sql): Promise<Row[]> {
    return this.#aside(async (connection) => toRows(await readColumns(await runOn(connection, query))))
  }

  async #aside<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const free = this.free.aside.pop()
    if (!free) throw new Error('three statements run aside already')
    try {
      return await work(free)
    } finally {
      this.free.aside.push(free)
    }
  }

  async pack(): Promise<void> {
    await this.connection.run('CHECKPOINT')
  }

  async narrow(): Promise<void> {
    await this.connection.run('SET threads = 1')
    this.options = { ...this.options, threads: 1 }
  }

  beside(): Promise<Builder> {
    const { spillFolder } = this.options
    // Two databases that spill into one folder overwrite each other.
    return openBuilder({
      ...this.options,
      file: undefined,
      isPacked: false,
      spillFolder: spillFolder === undefined ? undefined : besideSpill(spillFolder),
    })
  }

  async createFrom(target: Sql, select: string): Promise<void> {
    const wrapped = `CREATE TABLE ${renderNamed(target).text} AS SELECT * FROM (${select.trim().replace(/;\s*$/, '')}\n)`
    const statements = await this.connection.extractStatements(wrapped)
    if (statements.count !== 1) throw new Error('exactly one SELECT is allowed')
    await this.connection.run(wrapped)
  }

  append(table: string, rows: ColumnTable): Promise<void> {
    return appendColumns(this.connection, table, rows)
  }

  close(): void {
    for (const each of [this.connection, ...this.free.reading, ...this.free.aside]) each.closeSync()
    this.instance.closeSync()
  }
}

/** What runs beside whatever else is going on in a database. */
export function asideOf(builder: Builder): Lane {
  return { run: (statement) => builder.runAside(statement), rows: (query) => builder.rowsAside(query) }
}

/** Does pieces of work in any order, one at a time in each lane. A failure is told when all lanes are at rest. */
export async function inLanes(lanes: readonly Lane[], work: readonly ((lane: Lane) => Promise<void>)[]): Promise<void> {
  const waiting = work.values()
  const ended = await Promise.allSettled(
    lanes.map(async (lane) => {
      for (const piece of waiting) await piece(lane)
    }),
  )
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

function runOn(connection: DuckDBConnection, statement: Sql) {
  const { text, params } = renderNamed(statement)
  return connection.run(text, params)
}

/** Where a database that was opened beside another one spills. */
export function besideSpill(spillFolder: string): string {
  return `${spillFolder}-beside`
}

/** One transaction: each statement in one of its own would wait for the disk. */
export async function inTransaction<T>(builder: Lane, work: () => Promise<T>): Promise<T> {
  await builder.run(sql`BEGIN`)
  try {
    const done = await work()
    await builder.run(sql`COMMIT`)
    return done
  } catch (error) {
    await builder.run(sql`ROLLBACK`)
    throw error
  }
}

/** Writes the rows of a query into a compressed Parquet file. @returns how many */
export async function writeParquet(builder: Lane, query: Sql, file: string): Promise<number> {
  const [written] = await builder.rows(copyToParquet(query, file))
  return Number(written?.Count)
}

/** `COPY (query) TO file` as compressed Parquet. Numbers of which there are many take more room as a dictionary, and longer, than without one. */
export function copyToParquet(query: Sql, file: string): Sql {
  return sql`COPY (${query}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 4096, ROW_GROUP_SIZE 122880)`
}
