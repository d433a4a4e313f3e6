import { type Builder, copyToParquet } from '../../engine/duckdb/builder'
import { parquet } from '../../engine/duckdb/parquet'
import { ident, join, type Sql, sql } from '../../engine/sql'
import type { Portfolio } from '../../model/portfolio'
import { both } from '../both'
import { type Cube, measureColumn } from './cubes'
import { cubesInOrder, makeCubes, summed, sumsUpTo, timedSpans } from './make'

export interface GainOptions {
  /** Hold the same items as they were and as they are. */
  readonly before: Builder
  readonly after: Builder
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  /** The cubes that there are. */
  readonly tables: ReadonlySet<string>
  /** File of a cube for a while. */
  scratch(table: string): string
}

/** Table of `after` that holds what a cube gains. */
export function gainedTable(cube: string): Sql {
  return ident(`gained_${cube}`)
}

/**
 * Makes for each cube what it gains when items are replaced: rows to be added to it, of which some take others away. Only the widest
 * are made of both; all others are sums of what these gain. The plain cubes of `after` are made as well.
 */
export async function gainCubes(options: GainOptions): Promise<void> {
  const { before, after, portfolio, dimensions, tables } = options
  const cubes = cubesInOrder(dimensions).filter(({ table }) => tables.has(table))
  const parents = new Map(cubes.map((cube, place) => [cube, narrowest(cubes.slice(0, place).filter((wide) => sumsUpTo(wide, cube)))]))
  const roots = cubes.filter((cube) => !parents.get(cube))
  const plain = cubes.filter((cube) => !cube.dimensions.length)
  await both(
    makeCubes({ builder: before, portfolio, dimensions, tables: namesOf(roots) }),
    makeCubes({ builder: after, portfolio, dimensions, tables: namesOf([...roots, ...plain]) }),
  )
  const spans = timedSpans(portfolio)
  for (const cube of cubes) {
    const parent = parents.get(cube)
    const source = parent ? gainedTable(parent.table) : await difference(options, cube, spans)
    await after.run(sql`CREATE TABLE ${gainedTable(cube.table)} AS ${summed(cube, source, spans)}`)
  }
}

async function difference({ before, scratch }: GainOptions, { table, family }: Cube, spans: readonly string[]): Promise<Sql> {
  const file = scratch(table)
  await before.run(copyToParquet(sql`SELECT * FROM ${ident(table)}`, file))
  const measures = family.measures.flatMap((measure) => (measure.bySpan ? spans : ['']).map((span) => ident(measureColumn(measure, span))))
  const negative = join(measures.map((name) => sql`-${name} AS ${name}`))
  return sql`(SELECT * FROM ${ident(table)} UNION ALL SELECT * REPLACE (${negative}) FROM ${parquet([file])})`
}

function narrowest(cubes: readonly Cube[]): Cube | undefined {
  return cubes.toSorted((a, b) => a.dimensions.length - b.dimensions.length)[0]
}

function namesOf(cubes: readonly Cube[]): Set<string> {
  return new Set(cubes.map(({ table }) => table))
}
