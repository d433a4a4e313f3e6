import type { Builder } from '../../engine/duckdb/builder'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { dimensionColumn } from '../../model/dimension'
import type { Portfolio } from '../../model/portfolio'
import { SPANS } from '../../model/unit'
import { ownSpans } from '../../model/value-stream'
import { CUBE_FAMILIES, type Cube, type CubeFamily, cubesOf, isKeptAlways, measureColumn } from './cubes'
import { cubeFacts } from './facts'

/** Up to so many spells a cube over all dimensions is made, which hardly sums up anything. */
const FEW_SPELLS = 250_000

export interface CubeOptions {
  readonly builder: Builder
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  /** The cubes wanted; absent: what is worth having. */
  readonly tables?: ReadonlySet<string>
}

/**
 * Makes the cubes of a snapshot out of its finished tables and names them. Wide ones come first: a narrower one is the sum of the
 * smallest that covers it, so that only the widest go through the facts.
 */
export async function makeCubes({ builder, portfolio, dimensions, tables }: CubeOptions): Promise<string[]> {
  const isSmall = tables === undefined && (await rowCount(builder, 'spells')) <= FEW_SPELLS
  const spans = timedSpans(portfolio)
  const made: { readonly cube: Cube; readonly rows: number }[] = []
  for (const family of CUBE_FAMILIES) {
    const facts = cubeFacts(family, portfolio)
    const cubes = cubesOf(family, dimensions).filter((cube) => tables?.has(cube.table) ?? (isSmall || isKeptAlways(cube, dimensions)))
    for (const cube of cubes.toReversed()) {
      const parent = made.filter((one) => sumsUpTo(one.cube, cube)).sort((a, b) => a.rows - b.rows)[0]
      const source = parent ? ident(parent.cube.table) : sql`(${facts(cube.dimensions)})`
      await builder.run(sql`CREATE TABLE ${ident(cube.table)} AS ${summed(cube, source, spans)}`)
      made.push({ cube, rows: await rowCount(builder, cube.table) })
    }
  }
  return made.map(({ cube }) => cube.table).sort()
}

/** Every span that is timed. */
export function timedSpans({ streams }: Portfolio): string[] {
  return [...SPANS, ...ownSpans(streams).map(({ id }) => id)]
}

/** Whether one cube holds all that another sums up. */
export function sumsUpTo(wide: Cube, narrow: Cube): boolean {
  const families: readonly (CubeFamily | undefined)[] = [narrow.family, narrow.family.within]
  return families.includes(wide.family) && narrow.dimensions.every((name) => wide.dimensions.includes(name))
}

/** The rows of a cube, summed up from facts or from a wider one. */
export function summed({ family, dimensions }: Cube, source: Sql, spans: readonly string[]): Sql {
  // In the order of rows: what scopes ask for comes first, so that it prunes.
  const keys = join([
    ...(family.bySpan ? [sql`span`] : []),
    sql`stream_id`,
    ...dimensions.map((name) => ident(dimensionColumn(name))),
    ...family.keys.map(ident),
  ])
  const columns = family.measures.flatMap((measure) =>
    (measure.bySpan ? spans : ['']).map((span) => ({ name: ident(measureColumn(measure, span)), type: ident(measure.type) })),
  )
  const sums = columns.map(({ name, type }) => sql`CAST(sum(${name}) AS ${type}) AS ${name}`)
  const isAny = columns.map(({ name }) => sql`sum(${name}) <> 0`)
  return sql`SELECT ${keys}, ${join(sums)} FROM ${source} AS facts GROUP BY ${keys} HAVING ${join(isAny, ' OR ')} ORDER BY ${keys}`
}

async function rowCount(builder: Builder, table: string): Promise<number> {
  const [counted] = await builder.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM ${ident(table)}`)
  return Number(counted?.n ?? 0)
}
