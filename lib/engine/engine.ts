import type { ColumnTable } from './columns'
import type { Dialect } from './dialect'
import type { Sql } from './sql'

/** Table name → Parquet files, in the order of their rows. */
export type TableFiles = ReadonlyMap<string, readonly string[]>

/** Rows of a table out of those of its files. */
export type ReadAs = (rows: Sql) => Sql

/** The tables of a snapshot. */
export interface SnapshotTables {
  readonly id: string
  readonly tables: TableFiles
  /** How the rows of a table are read out of its files, with constants alone; of others: as they are. */
  readonly readAs?: ReadonlyMap<string, ReadAs>
  /** Present where it was made from another snapshot by adding files to it. */
  readonly increments?: AddedTables
}

/** Table of the numbers of items whose rows are not to be read any more: they stand in the tables again, with another number. */
export const REPLACED_TABLE = 'replaced'

/** What was added to a snapshot that was made as a whole. */
export interface AddedTables {
  readonly originId: string
  /** Those of the files that came with the origin, and those that were added. */
  readonly origin: TableFiles
  readonly added: TableFiles
  /** Files that hold the `item_ix` of items whose rows are not to be read any more. */
  readonly replaced: readonly string[]
  /** Tables that hold such rows. */
  readonly replacedIn: ReadonlySet<string>
}

/** What answers questions about snapshots. A snapshot's tables are attached under its id. */
export interface Engine {
  readonly dialect: Dialect
  /** Makes a snapshot queryable; attaching twice is free. */
  attach(snapshot: SnapshotTables): Promise<void>
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
    attach: (snapshot) => engine.attach(snapshot),
    query: (query, options) => engine.query(query, { ...options, asker }),
    close: () => engine.close(),
  }
}
