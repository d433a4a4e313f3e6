import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ColumnTable } from '../columns'
import { columnTypes } from '../duckdb/append'
import { openBuilder } from '../duckdb/builder'
import { literal, sql } from '../sql'

/** Key of the file's metadata under which an answer speaks of itself, as in Arrow. */
const PARQUET_METADATA_KEY = 'streamgauge'

/** Parquet with INTEGER, DOUBLE, VARCHAR, BOOLEAN, DATE and TIMESTAMP (UTC) columns; DuckDB writes it to files only. */
export async function encodeParquet(table: ColumnTable, metadata?: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-'))
  try {
    const file = path.join(folder, 'answer.parquet')
    await writeParquet(table, file, metadata)
    return new Uint8Array(await readFile(file))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeParquet(table: ColumnTable, file: string, metadata: unknown): Promise<void> {
  const text = metadata === undefined ? undefined : JSON.stringify(metadata).replaceAll('\0', '')
  const described = text === undefined ? sql`` : sql`, KV_METADATA {${literal(PARQUET_METADATA_KEY)}: ${literal(text)}}`
  // One thread: equal tables give equal bytes, and questions of others have the other cores.
  const builder = await openBuilder({ threads: 1 })
  try {
    await builder.run(sql`CREATE TABLE answer (${columnTypes(table.columns)})`)
    await builder.append('answer', table)
    await builder.run(
      sql`COPY (SELECT * FROM answer) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2${described})`,
    )
  } finally {
    builder.close()
  }
}
