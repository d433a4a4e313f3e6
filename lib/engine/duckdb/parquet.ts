import { join, literal, type Sql, sql } from '../sql'

/** The rows of Parquet files of one shape, file after file. */
export function parquet(files: readonly string[]): Sql {
  return sql`read_parquet([${join(files.map(literal))}], hive_partitioning = false)`
}
