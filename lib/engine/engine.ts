import type { ColumnTable } from './columns'
import type { Dialect } from './dialect'
import type { Sql } from './sql'

/** What answers questions about snapshots. A snapshot's tables are attached under its id. */
export interface Engine {
  readonly dialect: Dialect
  /** Makes the snapshot's Parquet files queryable; attaching twice is free. `tables`: name → files. */
  attach(snapshotId: string, tables: ReadonlyMap<string, readonly string[]>): Promise<void>
  /** Runs one query. An aborted signal stops it within some 10 ms. @throws Problem `cancelled`, `query-failed`, `out-of-memory` */
  query(query: Sql, options?: { signal?: AbortSignal }): Promise<ColumnTable>
  close(): Promise<void>
}
