import packageJson from '@/package.json'
import { loadPackage } from './install'
import type { RivalRows } from './rival'

/** DuckDB by its own driver and through nothing of the product, which is what is measured. */
export interface RawDuckdb {
  run(text: string): Promise<void>
  rows(text: string): Promise<RivalRows>
  /** Rows some thousand at a time. */
  batches(text: string): AsyncIterable<RivalRows>
  /** Row objects, as the driver makes them. */
  objects(text: string): Promise<readonly object[]>
  /** Integer columns without gaps. */
  columns(text: string): Promise<Int32Array[]>
  /** Runs a query, fetches its chunks and looks at none of them. */
  fetch(text: string): Promise<void>
  close(): void
}

interface Result {
  getRowsJson(): Promise<unknown>
  getRowObjectsJS(): Promise<object[]>
  yieldRowsJs(): AsyncIterable<unknown>
  fetchAllChunks(): Promise<{ readonly rowCount: number; readonly columnCount: number; getColumnValues(column: number): unknown }[]>
}
interface Connection {
  run(text: string): Promise<Result>
  stream(text: string): Promise<Result>
  closeSync(): void
}
interface DuckdbModule {
  readonly DuckDBInstance: { create(file: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }> }
}

const PACKAGE = '@duckdb/node-api'

/** A driver of its own, of the version that the product uses. */
export async function openRawDuckdb(packages: string): Promise<RawDuckdb> {
  const { DuckDBInstance } = (await loadPackage(packages, PACKAGE, packageJson.dependencies[PACKAGE])) as DuckdbModule
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  return {
    run: async (text) => void (await connection.run(text)),
    rows: async (text) => (await (await connection.run(text)).getRowsJson()) as RivalRows,
    batches: async function* (text) {
      const result = await connection.stream(text)
      for await (const rows of result.yieldRowsJs()) yield rows as RivalRows
    },
    objects: async (text) => (await connection.run(text)).getRowObjectsJS(),
    columns: async (text) => {
      const chunks = await (await connection.run(text)).fetchAllChunks()
      const rowCount = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0)
      return Array.from({ length: chunks[0]?.columnCount ?? 0 }, (_, column) => {
        const all = new Int32Array(rowCount)
        let at = 0
        for (const chunk of chunks) {
          all.set(chunk.getColumnValues(column) as number[], at)
          at += chunk.rowCount
        }
        return all
      })
    },
    fetch: async (text) => void (await (await connection.run(text)).fetchAllChunks()),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** A text constant in SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
