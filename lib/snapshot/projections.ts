import type { ReadAs } from '../engine/engine'
import { ident, inlined, join, sql } from '../engine/sql'
import { dimensionColumn } from '../model/dimension'
import type { Portfolio } from '../model/portfolio'
import { cellOf, stretchOf } from './cubes/stretches'
import { plainTable } from './manifest'

/**
 * Stays that ended, out of `moves`: `item_ix, stream_id, day, position, stretch, cell, seconds` and the dimensions at the end of the day; `stretch` and
 * `cell` tell the stage and about how long it was (`stretches.ts`). No files of its own; in the native database it lies by stretch.
 */
export const STAYS = 'stays'
export const STAYS_ARE_OF = 'moves'

/** How tables are read that have columns which their files don't, or files of another table. @param tables their names */
export function projections({ streams }: Portfolio, dimensions: readonly string[], tables: Iterable<string>): ReadonlyMap<string, ReadAs> {
  const found = new Map<string, ReadAs>()
  for (const table of tables) {
    if (plainTable(table) !== 'passages') continue
    found.set(table, (rows) =>
      inlined(sql`SELECT * EXCLUDE (stretch), CAST(stretch AS INTEGER) AS stretch, CAST(${cellOf(sql`stretch`)} AS INTEGER) AS cell
        FROM (SELECT *, ${stretchOf(streams, sql`position`, sql`seconds`)} AS stretch FROM ${rows} AS passed) AS placed`),
    )
  }
  const columns = dimensions.map((name) => sql`, ${ident(dimensionColumn(name))}`)
  return found.set(STAYS, (rows) =>
    inlined(sql`SELECT item_ix, stream_id, day, position, CAST(stretch AS INTEGER) AS stretch, CAST(${cellOf(sql`stretch`)} AS INTEGER) AS cell,
        seconds${join(columns, '')}
      FROM (SELECT item_ix, stream_id, day, from_position AS position, ${stretchOf(streams, sql`from_position`, sql`seconds`)} AS stretch,
          seconds${join(columns, '')} FROM ${rows} AS moved WHERE from_position IS NOT NULL) AS placed`),
  )
}
