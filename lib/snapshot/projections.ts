import type { ReadAs } from '../engine/engine'
import { ident, inlined, join, sql } from '../engine/sql'
import { dimensionColumn } from '../model/dimension'
import type { Portfolio } from '../model/portfolio'
import { cellOfSeconds } from './cubes/stretches'
import { plainTable } from './manifest'

/**
 * Stays that ended, out of `moves`: `item_ix, stream_id, day, position, cell, seconds` and the dimensions at the end of the day, `cell` telling the
 * stage and about how long it was (`stretches.ts`). No files of its own; in the native database it lies by cell and day.
 */
export const STAYS = 'stays'
export const STAYS_ARE_OF = 'moves'

/** How tables are read that have columns which their files don't, or files of another table. @param tables their names */
export function projections({ streams }: Portfolio, dimensions: readonly string[], tables: Iterable<string>): ReadonlyMap<string, ReadAs> {
  const found = new Map<string, ReadAs>()
  for (const table of tables) {
    if (plainTable(table) === 'passages') {
      found.set(table, (rows) =>
        inlined(sql`SELECT *, ${cellOfSeconds(streams, sql`position`, sql`seconds`)} AS cell FROM ${rows} AS passed`),
      )
    }
  }
  const columns = join(dimensions.map((name) => ident(dimensionColumn(name))))
  return found.set(STAYS, (rows) =>
    inlined(sql`SELECT item_ix, stream_id, day, from_position AS position, ${cellOfSeconds(streams, sql`from_position`, sql`seconds`)} AS cell,
      seconds${dimensions.length ? sql`, ${columns}` : sql``} FROM ${rows} AS moved WHERE from_position IS NOT NULL`),
  )
}
