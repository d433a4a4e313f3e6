import type { Sql } from '../engine/sql'

/** The database that a build works in; statements run one after the other. */
export interface BuildSession {
  run(statement: Sql): Promise<void>
  /** Row objects; days and instants as numbers. */
  rows(query: Sql): Promise<Record<string, string | number | boolean | null>[]>
}

/** What a connector leaves behind for the normaliser, besides the rows it put into the tables of `tables.ts`. */
export interface SourceReport {
  readonly streamId: string
  /** As configured, without the machine's folders. */
  readonly source: string
  readonly files: readonly ReadFile[]
}

/** A file as it was when it was read. */
export interface ReadFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly rowCount: number
  /** When it was written last, ms since 1970: a file of the same length and time is taken to be the same. */
  readonly modifiedAt?: number
}

/** What came to a source since it was read: files behind all those that are known, or why there is no telling. */
export type SourceGrowth = { readonly files: readonly string[] } | { readonly obstacle: string }
