import type { ColumnTable } from './columns'
import type { Dialect } from './dialect'
import type { Sql } from './sql'

/** What answers questions about snapshots. A snapshot's tables are attached under its id. */
export interface Engine {
  readonly dialect: Dialect
  /** Makes the snapshot's Parquet files queryable; attaching twice is free. `tables`: name → files. */
  attach(snapshotId: string, tables: ReadonlyMap<string, readonly string[]>): Promise<void>
  /**
   * Runs one query when its turn has come. An aborted signal takes it out of the queue, or stops it within some 10 ms.
   * @throws Problem `cancelled`, `busy`, `too-slow`, `out-of-memory`, `query-failed`
   */
  query(query: Sql, options?: QueryOptions): Promise<ColumnTable>
  close(): Promise<void>
}

export interface QueryOptions {
  readonly signal?: AbortSignal
  /** On whose behalf: askers take turns. */
  readonly asker?: string
}

/** The engine as one asker sees it: all its queries are asked on that one's behalf. */
export function engineFor(engine: Engine, asker: string): Engine {
  return {
    dialect: engine.dialect,
    attach: (snapshotId, tables) => engine.attach(snapshotId, tables),
    query: (query, options) => engine.query(query, { ...options, asker }),
    close: () => engine.close(),
  }
}
