import type { Chunk } from '../../engine/duckdb/chunks'
import { ident, join, literal, type Sql, sql } from '../../engine/sql'
import { dimensionColumn } from '../../model/dimension'

/** Bits of `told`: what a row itself tells of the item, whatever is known from others. */
export const TELLS_KEY = 1
export const TELLS_TITLE = 2
export const TELLS_URL = 4
export const TELLS_STATE = 8
const TELLS_FIRST_DIMENSION = 16
const MOST_BITS = 27

/** The bit of a dimension by its place; 0 where there are too many of them: then every row counts as telling it. */
export function tellsDimension(place: number): number {
  return place < MOST_BITS ? TELLS_FIRST_DIMENSION << place : 0
}

/** A chunk of `orderedObservations`, its columns by name. */
export interface Observed {
  readonly rowCount: number
  readonly item: Int32Array
  readonly stream: Int32Array
  /** µs */
  readonly at: Float64Array
  readonly created: Float64Array
  readonly sourceIx: Int32Array
  readonly sourceRow: Float64Array
  readonly sourceStep: Int32Array
  /** Codes. */
  readonly state: Int32Array
  readonly blocked: Int32Array
  readonly reason: Int32Array
  readonly told: Int32Array
  /** rowid in `observations` */
  readonly row: Float64Array
  /** Codes by dimension. */
  readonly dimensions: readonly Int32Array[]
}

const NAMES = ['item', 'stream', 'at', 'created', 'sourceIx', 'sourceRow', 'sourceStep', 'state', 'blocked', 'reason', 'told', 'row']

/** Everything that was observed of a stream's items, by item, source time and source order, texts as their numbers in an ENUM. */
export function orderedObservations(streamId: string, dimensions: readonly string[], words: string): Sql {
  // As numbers: an ENUM's texts would be handed over with every chunk of its column.
  const code = (column: Sql) => sql`enum_code(CAST(o.${column} AS ${ident(words)}))`
  const told = sql`CAST(CASE WHEN o.key IS NULL THEN 0 ELSE ${TELLS_KEY} END + CASE WHEN o.title IS NULL THEN 0 ELSE ${TELLS_TITLE} END
    + CASE WHEN o.url IS NULL THEN 0 ELSE ${TELLS_URL} END AS INTEGER)`
  const values = dimensions.map((name) => code(ident(dimensionColumn(name))))
  return sql`SELECT n.item_ix, n.stream_ix, o.changed_at, o.created_at,
      o.source_ix, o.source_row, o.source_step, ${code(sql`state`)}, o.blocked, ${code(sql`blocked_reason`)}, ${told}, o.rowid, ${join(values)}
    FROM observations AS o JOIN item_numbers AS n ON n.stream_id = o.stream_id AND n.item_id = o.item_id
    WHERE o.stream_id = ${literal(streamId)}
    ORDER BY n.item_ix, o.changed_at, o.source_ix, o.source_row, o.source_step`
}

/** Names the columns of a chunk. */
export function asObserved({ rowCount, columns }: Chunk): Observed {
  const named = Object.fromEntries(NAMES.map((name, index) => [name, columns[index]]))
  return { ...named, rowCount, dimensions: columns.slice(NAMES.length) } as unknown as Observed
}
