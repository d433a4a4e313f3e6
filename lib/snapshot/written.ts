import path from 'node:path'
import { type Builder, writeParquet } from '../engine/duckdb/builder'
import { ident, type Sql, sql } from '../engine/sql'
import type { SnapshotFile } from './manifest'
import { fileSize, hashFile } from './store'
import type { WrittenFile } from './walk/parts'

/** Writes whole tables of a builder, a file each. @param queries what is to be written of each; absent: the table as it is */
export async function writeTables(
  builder: Builder,
  folder: string,
  tables: readonly string[],
  queries: ReadonlyMap<string, Sql> = new Map([['rejects', sql`SELECT * FROM rejects ORDER BY stream_id, file, source_row, field`]]),
): Promise<WrittenFile[]> {
  const files: WrittenFile[] = []
  for (const table of tables) {
    const name = `${table}.parquet`
    const query = queries.get(table) ?? sql`SELECT * FROM ${ident(table)}`
    files.push({ table, name, rowCount: await writeParquet(builder, query, path.join(folder, name)) })
  }
  return files
}

/** What the manifest says of files that were written. */
export async function describeFiles(folder: string, written: readonly WrittenFile[]): Promise<SnapshotFile[]> {
  const files: SnapshotFile[] = []
  for (const { table, name, rowCount } of written) {
    const file = path.join(folder, name)
    files.push({ table, name, rowCount, bytes: await fileSize(file), sha256: await hashFile(file) })
  }
  return files
}
