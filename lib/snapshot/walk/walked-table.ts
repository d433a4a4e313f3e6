import { NONE } from '../../engine/duckdb/chunks'
import type { TableWriter, WriterColumns, WriterKind } from '../../engine/duckdb/table-writer'
import { dimensionColumn } from '../../model/dimension'
import { SPANS } from '../../model/unit'
import type { Trail } from './follow'
import type { ItemFacts } from './item-facts'
import type { ItemRows } from './item-rows'
import type { Profiles } from './profiles'
import type { StreamReading } from './reading'
import type { Vocabulary } from './vocabulary'

/** One item with everything that was found out about it. */
export interface Followed {
  readonly rows: ItemRows
  readonly facts: ItemFacts
  readonly trail: Trail
  readonly reading: StreamReading
}

/** What all tables are written with. */
export interface Shared {
  readonly dimensions: readonly string[]
  readonly profiles: Profiles
  readonly words: Vocabulary
}

/** Writes the rows of one item. */
export type Emit = (item: Followed) => void

/** A table that is written while items are followed; its rows come in the order of items and of their time. */
export interface WalkedTable {
  readonly columns: (dimensions: readonly string[]) => WriterColumns
  readonly emitter: (writer: TableWriter, shared: Shared) => Emit
}

/** A column per dimension. */
export function dimensionColumns(dimensions: readonly string[], columnOf = dimensionColumn): WriterColumns {
  return Object.fromEntries(dimensions.map((name) => [columnOf(name), 'word']))
}

/** Columns `<prefix>_<span>` for each span and prefix, span by span. */
export function perSpan(prefixes: readonly string[], kind: WriterKind): WriterColumns {
  return Object.fromEntries(SPANS.flatMap((span) => prefixes.map((prefix) => [`${prefix}_${span}`, kind])))
}

/** Arrays of `<prefix>_<span>`, in the order of spans. */
export function spanInts(writer: TableWriter, prefix: string): Int32Array[] {
  return SPANS.map((span) => writer.ints(`${prefix}_${span}`))
}

/** Fills the days on which an item first, or latest, began each span as of one of its rows; `NONE` where it has not. */
export function startFiller(writer: TableWriter, which: 'first' | 'last') {
  const columns = spanInts(writer, `${which}_start_day`)
  return (place: number, { rows: { day }, trail }: Followed, row: number) => {
    for (let span = 0; span < columns.length; span++) {
      const [column, track] = [columns[span], trail.spans[span]]
      if (column && track) column[place] = startDay(which === 'first' ? track.first : track.last, row, day)
    }
  }
}

/** Day on which a span began; NONE while it has not. @param starts row with which it began as of each row */
export function startDay(starts: Int32Array, row: number, days: Int32Array): number {
  const start = starts[row] ?? -1
  return start < 0 ? NONE : (days[start] ?? NONE)
}

/** Fills a row's dimensions with the values of a profile. */
export function dimensionFiller(
  writer: TableWriter,
  { dimensions, profiles }: Shared,
  {
    codes = profiles.mapped,
    columnOf = dimensionColumn,
  }: { readonly codes?: readonly number[]; readonly columnOf?: typeof dimensionColumn } = {},
) {
  const columns = dimensions.map((name) => writer.ints(columnOf(name)))
  const { width } = profiles
  return (place: number, profile: number) => {
    for (let dimension = 0; dimension < width; dimension++) {
      const column = columns[dimension]
      if (column) column[place] = codes[profile * width + dimension] ?? 0
    }
  }
}
