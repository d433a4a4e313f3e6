import type { Builder } from '../../engine/duckdb/builder'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { dimensionColumn } from '../../model/dimension'
import type { Portfolio } from '../../model/portfolio'
import { CUBE_FAMILIES, type Cube, cubesOf } from './cubes'
import { cubeFacts } from './facts'

/** Up to so many facts nobody minds the size of a cube. */
const FEW_FACTS = 250_000

/**
 * Makes the cubes of a snapshot out of its finished tables and names those that were worth it. Wide ones come first: a narrower
 * one is the sum of the smallest that covers it, and only the widest go through the facts.
 */
export async function makeCubes(builder: Builder, portfolio: Portfolio, dimensions: readonly string[]): Promise<string[]> {
  const tables: string[] = []
  for (const family of CUBE_FAMILIES) {
    const facts = cubeFacts(family, portfolio)
    const factRows = await rowCount(builder, ident(family.facts))
    const made: { readonly cube: Cube; readonly rows: number }[] = []
    for (const cube of cubesOf(family, dimensions).toReversed()) {
      const parent = made.filter((one) => covers(one.cube, cube)).sort((a, b) => a.rows - b.rows)[0]
      const source = parent ? ident(parent.cube.table) : sql`(${facts(cube.dimensions)})`
      if (cube.dimensions.length && factRows > FEW_FACTS && (await estimate(builder, cube, source)) > family.mostRows * factRows) continue
      await builder.run(sql`CREATE TABLE ${ident(cube.table)} AS ${summed(cube, source)}`)
      made.push({ cube, rows: await rowCount(builder, ident(cube.table)) })
    }
    tables.push(...made.toReversed().map(({ cube }) => cube.table))
  }
  return tables
}

function covers(wide: Cube, narrow: Cube): boolean {
  return narrow.dimensions.every((name) => wide.dimensions.includes(name))
}

/** Columns that tell the rows of a cube apart, in the order of its rows: what scopes ask for first, so that they prune. */
function cubeKeys({ family, dimensions }: Cube): Sql {
  return join([
    ...(family.bySpan ? [sql`span`] : []),
    sql`stream_id`,
    ...dimensions.map((name) => ident(dimensionColumn(name))),
    ...family.keys.map(ident),
  ])
}

function summed(cube: Cube, source: Sql): Sql {
  const { measures } = cube.family
  const keys = cubeKeys(cube)
  const sums = measures.map(({ name, type }) => sql`CAST(sum(${ident(name)}) AS ${ident(type)}) AS ${ident(name)}`)
  const isAny = measures.map(({ name }) => sql`sum(${ident(name)}) <> 0`)
  return sql`SELECT ${keys}, ${join(sums)} FROM ${source} AS facts GROUP BY ${keys} HAVING ${join(isAny, ' OR ')} ORDER BY ${keys}`
}

async function rowCount(builder: Builder, table: Sql): Promise<number> {
  const [counted] = await builder.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM ${table} AS counted`)
  return Number(counted?.n ?? 0)
}

/** About how many rows a cube would have for one span; the same for the same facts. */
async function estimate(builder: Builder, cube: Cube, source: Sql): Promise<number> {
  const oneSpan = cube.family.bySpan ? sql`span = 'flow'` : sql`TRUE`
  const [counted] = await builder.rows(
    sql`SELECT CAST(approx_count_distinct(hash(${cubeKeys(cube)})) AS DOUBLE) AS n FROM ${source} AS facts WHERE ${oneSpan}`,
  )
  return Number(counted?.n ?? 0)
}
