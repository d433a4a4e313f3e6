import type { SnapshotTables } from '../engine'
import { join, literal, type Sql, sql } from '../sql'

/** The rows of Parquet files of one shape, file after file. */
export function parquet(files: readonly string[]): Sql {
  return sql`read_parquet([${join(files.map(literal))}], hive_partitioning = false)`
}

/** The rows of a table out of some of its files. */
export function rowsOf({ readAs }: Pick<SnapshotTables, 'readAs'>, table: string, files: readonly string[]): Sql {
  const own = readAs?.get(table)
  return own ? sql`(${own(parquet(files))})` : parquet(files)
}

/** The rows of a snapshot's table that are to be read. @param source where all of them stand, the Parquet files if absent */
export function visibleRows(
  { tables, readAs, increments }: SnapshotTables,
  table: string,
  source: Sql = rowsOf({ readAs }, table, tables.get(table) ?? []),
  replaced: Sql = parquet(increments?.replaced ?? []),
): Sql {
  return increments?.replaced.length && increments.replacedIn.has(table)
    ? sql`(SELECT * FROM ${source} AS stored ANTI JOIN ${replaced} AS gone USING (item_ix))`
    : source
}
