import type { ColumnTable } from '../columns'
import { columnTypes } from '../duckdb/append'
import { copyToParquet, openBuilder } from '../duckdb/builder'
import { sql } from '../sql'

/** Writes a table as Parquet: INTEGER, DOUBLE, VARCHAR, BOOLEAN, DATE and TIMESTAMP (UTC) columns. */
export async function writeParquet(table: ColumnTable, file: string): Promise<void> {
  const builder = await openBuilder()
  try {
    await builder.run(sql`CREATE TABLE answer (${columnTypes(table.columns)})`)
    await builder.append('answer', table)
    await builder.run(copyToParquet(sql`SELECT * FROM answer`, file))
  } finally {
    builder.close()
  }
}
