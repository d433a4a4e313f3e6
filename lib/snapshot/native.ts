import { type DeriveOptions, deriveDatabase } from '../engine/duckdb/derive'
import type { SnapshotTables } from '../engine/engine'
import { type Sql, sql } from '../engine/sql'
import { NEVER } from '../time/day'
import { plainTable } from './manifest'
import { STAYS } from './projections'

const SECONDS_PER_DAY = 86_400

/** Tables that are there for `verify` and for people, not for metrics. */
const NEVER_ASKED = ['history', 'rejects']

const BY_STATUS = [sql`status = ${'open'}`, sql`status = ${'finished'}`]

const SHORT_SPELLS = [7, 30, 120].map((days) => sql`to_day - from_day <= ${days}`)

const QUICK_FINISHES = [7, 30, 90].map((days) => sql`first_elapsed_flow <= ${days * SECONDS_PER_DAY}`)

/**
 * What ended and what lasts stand apart, and of this what is still open: neighbours in a table are then true at about the same time, so
 * that a question about a day passes over most of them. A single row that lasts would make a whole stretch look as if it did, and one that
 * was removed as if some were open, which sorts between. Of spells and finishes those of about the same length stand together.
 */
const SET_APART = new Map<string, readonly Sql[]>([
  ['spells', [...SHORT_SPELLS, sql`to_day < ${NEVER}`, ...BY_STATUS]],
  ['finishes', [sql`until_day < ${NEVER}`, ...QUICK_FINISHES]],
  ['passages', [sql`until_day < ${NEVER}`]],
  ['items', BY_STATUS],
  ['repeats', [sql`steady`]],
])

const ORDERS = new Map<string, Sql>([
  ['spells', sql`stream_id, from_day`],
  ['finishes', sql`stream_id, finish_day`],
  ['repeats', sql`stream_id, day`],
  ['passages', sql`stretch`],
  [STAYS, sql`stretch`],
  ['handoffs', sql`stream_id, day`],
])

/** Where the native database goes, and what it may take. */
export type NativeOptions = Pick<DeriveOptions, 'folder' | 'threads' | 'memoryLimit'>

/** Makes the native database of a snapshot that answers quicker than its files. @throws Error when it can't be made; the files answer as well */
export function makeNative(snapshot: SnapshotTables, options: NativeOptions): Promise<void> {
  return deriveDatabase(snapshot, { ...options, ...nativeLayout(snapshot) })
}

/** What the native database of a snapshot holds, and how it lies. */
export function nativeLayout(snapshot: Pick<SnapshotTables, 'tables'>): Omit<DeriveOptions, 'folder'> {
  const tables = [...snapshot.tables.keys()]
  const items = tables.filter((table) => plainTable(table) === 'items')
  return {
    except: NEVER_ASKED,
    always: tables.filter(isAlwaysCopied),
    apart: likeNamed(tables, SET_APART),
    orders: likeNamed(tables, ORDERS),
    keys: new Map(items.map((table) => [table, 'item_ix'])),
  }
}

/** Of a cube few rows are read, as of stays and passages where a percentile lies, and these are found sooner. */
function isAlwaysCopied(table: string): boolean {
  return table.startsWith('cube_') || table === STAYS || plainTable(table) === 'passages'
}

/** What is said of tables by name, and the same of those of a span of the streams' own. */
function likeNamed<Said>(tables: readonly string[], known: ReadonlyMap<string, Said>): Map<string, Said> {
  return new Map(
    tables.flatMap((table) => {
      const said = known.get(plainTable(table))
      return said === undefined ? [] : [[table, said]]
    }),
  )
}
