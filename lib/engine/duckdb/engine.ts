import { availableParallelism } from 'node:os'
import type { ColumnTable } from '../columns'
import type { Engine, QueryOptions, SnapshotTables } from '../engine'
import { FairQueue, type Weight } from '../fair-queue'
import { KeptAnswers } from '../kept-answers'
import { type Sql, type SqlValue, takenOf } from '../sql'
import { Costs } from './costs'
import { type Database, type DatabaseOptions, openDatabase, TimeUp } from './database'
import { duckdbDialect, renderNamed } from './dialect'
import { memoryShare } from './memory'
import { cancelled, queryProblem, tooSlow } from './problems'

export interface DuckdbOptions extends DatabaseOptions {
  /** Connections, and so queries, at the same time. */
  readonly connections?: number
  /** A query that runs longer is stopped; absent: none is. */
  readonly querySeconds?: number
  /** Queries that may wait for their turn. */
  readonly queueLength?: number
  /** What takes longer is heavy work. */
  readonly heavyMs?: number
  /** What takes longer in one thread is worth the waking of others. */
  readonly wideMs?: number
}

const DEFAULT_CONNECTIONS = 4
const DEFAULT_QUEUE_LENGTH = 1024
/** With other work beside it; a few times what most questions take. */
const DEFAULT_HEAVY_MS = 50
/** What takes so many times as long as heavy work is long. */
const LONG_TIMES = 10
const DEFAULT_WIDE_MS = 25
/** Texts that are remembered to be wide. */
const MOST_WIDE = 1_000
const MS_PER_SECOND = 1000
/** Of the memory: a quarter for what one thread does, the rest for what takes all of them. */
const [NARROW_PARTS, WIDE_PARTS] = [4, 4 / 3]

/**
 * Opens DuckDB over snapshots below the given folders. Most questions are answered by one thread each, since for some milliseconds of work the
 * threads of a database cost each other more than they save; another database with all threads takes what is longer, from its first on.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Engine> {
  const threads = options.threads ?? availableParallelism()
  const costs = new Costs()
  const open = (own: Partial<DatabaseOptions>) => openDatabase({ ...options, ...own }, costs)
  if (threads === 1 || options.inMemory) return new DuckdbEngine({ ...options, threads, costs }, await open({}))
  const share = (parts: number) => memoryShare(options.memoryLimit, parts)
  const narrow = await open({ threads: 1, memoryLimit: share(NARROW_PARTS) })
  return new DuckdbEngine({ ...options, threads, costs }, narrow, () => open({ threads, memoryLimit: share(WIDE_PARTS) }))
}

class DuckdbEngine implements Engine {
  readonly dialect = duckdbDialect
  readonly #queue: FairQueue
  readonly #snapshots = new Map<string, SnapshotTables>()
  readonly #wideTexts = new Set<string>()
  readonly #kept = new KeptAnswers()
  #wide: Promise<Database> | undefined

  constructor(
    private readonly options: DuckdbOptions & { readonly threads: number; readonly costs: Costs },
    private readonly narrow: Database,
    private readonly openWide?: () => Promise<Database>,
  ) {
    const slots = options.connections ?? DEFAULT_CONNECTIONS
    const slowSlots = Math.max(1, Math.floor(slots / 2))
    const alikeSlots = Math.max(1, Math.floor(slowSlots / 2))
    this.#queue = new FairQueue({ slots, slowSlots, alikeSlots, longest: options.queueLength ?? DEFAULT_QUEUE_LENGTH })
  }

  async attach(snapshot: SnapshotTables): Promise<void> {
    await this.narrow.attach(snapshot)
    this.#snapshots.set(snapshot.id, snapshot)
  }

  async query(query: Sql, options: QueryOptions = {}): Promise<ColumnTable> {
    const { signal, asker = '' } = options
    const { text, params } = renderNamed(query)
    try {
      if (!takenOf(query)) return await this.#inTurn(text, params, { asker, signal })
      const key = JSON.stringify([text, params])
      return await this.#kept.get(key, (own) => this.#inTurn(text, params, { asker, signal: own }), signal)
    } catch (error) {
      throw signal?.aborted ? cancelled() : queryProblem(error)
    }
  }

  async #inTurn(
    text: string,
    params: Record<string, SqlValue>,
    { asker, signal }: { readonly asker: string; readonly signal: AbortSignal | undefined },
  ): Promise<ColumnTable> {
    const release = await this.#queue.enter({ asker, weight: this.#weightOf(text), signal })
    try {
      return await this.#run(text, params, signal)
    } finally {
      release()
    }
  }

  async close(): Promise<void> {
    const wide = await this.#wide?.catch(() => undefined)
    await Promise.all([this.narrow.close(), wide?.close()])
  }

  /** By what it took; before that is known by the tables that it names, large ones of which may mean anything. */
  #weightOf(text: string): Weight {
    const known = this.options.costs.of(text)
    if (known === undefined) return this.narrow.isHeavy(text) ? 'long' : 'light'
    const { heavyMs = DEFAULT_HEAVY_MS } = this.options
    return known > heavyMs * LONG_TIMES ? 'long' : known > heavyMs ? 'heavy' : 'light'
  }

  async #run(text: string, params: Record<string, SqlValue>, signal: AbortSignal | undefined): Promise<ColumnTable> {
    const { querySeconds: seconds } = this.options
    const database = this.openWide && this.#isWide(text) ? await this.#wideFor(text, this.openWide) : this.narrow
    try {
      return await database.run(text, params, { signal, seconds })
    } catch (error) {
      if (!(error instanceof TimeUp)) throw error
      this.options.costs.note(text, (seconds ?? 0) * MS_PER_SECOND)
      throw tooSlow(seconds ?? 0, error.cause)
    }
  }

  /** What was wide stays so until all threads together are quicker than one would have to be. */
  #isWide(text: string): boolean {
    const known = this.options.costs.settled(text)
    const { threads, wideMs = DEFAULT_WIDE_MS } = this.options
    const least = this.#wideTexts.has(text) ? wideMs / threads : wideMs
    const isWide = known === undefined ? this.narrow.isHeavy(text) : known > least
    if (!isWide) this.#wideTexts.delete(text)
    else if (this.#wideTexts.size < MOST_WIDE) this.#wideTexts.add(text)
    return isWide
  }

  #opened(open: () => Promise<Database>): Promise<Database> {
    const opening = open()
    this.#wide = opening
    opening.catch(() => {
      this.#wide = undefined
    })
    return opening
  }

  /** The database of all threads, with the snapshots that a query names. */
  async #wideFor(text: string, open: () => Promise<Database>): Promise<Database> {
    const wide = await (this.#wide ?? this.#opened(open))
    const named = [...this.#snapshots.values()].filter(({ id }) => text.includes(`snapshot_${id}.`))
    await Promise.all(named.map((snapshot) => wide.attach(snapshot)))
    return wide
  }
}
