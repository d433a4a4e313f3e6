import { openRawDuckdb, quoted } from './duckdb'
import { type Facts, factFile } from './facts'
import type { Rival } from './rival'

export interface PlainDuckdb extends Rival {
  /** Columns of a table in memory, as the plain loops want them. */
  columns(table: string, names: readonly string[]): Promise<Int32Array[]>
}

/** DuckDB over the facts' Parquet, asked by the very statements that the other databases get. */
export async function openPlainDuckdb(facts: Facts, packages: string): Promise<PlainDuckdb> {
  const duckdb = await openRawDuckdb(packages)
  await duckdb.run('SET parquet_metadata_cache = true')
  await duckdb.run('SET perfect_ht_threshold = 19')
  for (const { name, cube } of facts.tables) if (!cube) await duckdb.run(`CREATE VIEW ${name} AS FROM ${quoted(factFile(facts, name))}`)
  const version = String((await duckdb.rows('SELECT version()'))[0]?.[0])
  return {
    name: 'DuckDB, plain SQL',
    about: `DuckDB ${version}, the same statements over sorted Parquet of integers, without cubes`,
    hasCubes: false,
    hasGroupingSets: true,
    ask: (statement) => duckdb.rows(statement),
    columns: (table, names) =>
      duckdb.columns(`SELECT ${names.map((name) => `CAST(coalesce(${name}, 0) AS INTEGER) AS ${name}`).join(', ')} FROM ${table}`),
    close: async () => duckdb.close(),
  }
}
