import { type DeriveOptions, deriveDatabase } from '../engine/duckdb/derive'
import { type Sql, sql } from '../engine/sql'
import { NEVER } from '../time/day'
import type { Snapshot } from './store'

/** Tables that are there for `verify` and for people, not for metrics. */
const NEVER_ASKED = ['history', 'rejects']

const BY_STATUS = [sql`status = ${'open'}`, sql`status = ${'finished'}`]

/**
 * What ended and what lasts stand apart, and of this what is still open: neighbours in a table are then true at about the same time, so
 * that a question about a day passes over most of them. A single row that lasts would make a whole stretch look as if it did, and one that
 * was removed as if some were open, which sorts between.
 */
const SET_APART = new Map<string, readonly Sql[]>([
  ['spells', [sql`to_day < ${NEVER}`, ...BY_STATUS]],
  ['finishes', [sql`until_day < ${NEVER}`]],
  ['passages', [sql`until_day < ${NEVER}`]],
  ['items', BY_STATUS],
  ['repeats', [sql`steady`]],
])

/** Makes the native database of a snapshot that answers quicker than its files. @throws Error when it can't be made; the files answer as well */
export function makeNative(snapshot: Snapshot, options: Pick<DeriveOptions, 'folder' | 'threads' | 'memoryLimit'>): Promise<void> {
  const tables = [...snapshot.tables.keys()]
  const items = tables.filter((table) => plainName(table) === 'items')
  return deriveDatabase(snapshot, {
    ...options,
    except: NEVER_ASKED,
    always: tables.filter(isAlwaysCopied),
    apart: rowsApart(snapshot),
    keys: new Map(items.map((table) => [table, 'item_ix'])),
  })
}

/** Of a cube few rows are read, and these are found sooner; passages take half of the time. */
function isAlwaysCopied(table: string): boolean {
  return table.startsWith('cube_') || plainName(table) === 'passages'
}

/** Conditions on the rows that stand together, by table; the same for those of a span of the streams' own. */
export function rowsApart({ tables }: Pick<Snapshot, 'tables'>): ReadonlyMap<string, readonly Sql[]> {
  return new Map([...tables.keys()].map((table) => [table, SET_APART.get(plainName(table)) ?? []]))
}

/** Without the span of the streams' own that it belongs to. */
function plainName(table: string): string {
  return table.replace(/_of_.*$/, '')
}
