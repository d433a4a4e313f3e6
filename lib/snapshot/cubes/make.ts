import type { Builder } from '../../engine/duckdb/builder'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { CORE_DIMENSIONS, dimensionColumn } from '../../model/dimension'
import type { Portfolio } from '../../model/portfolio'
import { SPANS } from '../../model/unit'
import { ownSpans } from '../../model/value-stream'
import { CUBE_FAMILIES, type Cube, type CubeFamily, cubesOf, isKeptAlways, measureColumn } from './cubes'
import { cubeFacts } from './facts'

/** Up to so many spells a cube over all dimensions is made, which hardly sums up anything. */
export const FEW_SPELLS = 250_000

/** Of a BIGINT that is not negative. */
const NUMBER_BITS = 62

export interface CubeOptions {
  readonly builder: Builder
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  /** The cubes wanted; absent: what is worth having. */
  readonly tables?: ReadonlySet<string>
  /** Whether the order of rows is of no use. */
  readonly inAnyOrder?: boolean
  /** What the widest cubes are summed up from, by table; absent: the fact tables. */
  readonly sources?: ReadonlyMap<string, Sql>
  /** How many texts there are where all of streams and dimensions are codes of one ENUM. */
  readonly words?: number
}

/**
 * Makes the cubes of a snapshot out of its finished tables and names them. Wide ones come first: a narrower one is the sum of the
 * smallest that covers it, so that only the widest go through the facts.
 */
export async function makeCubes({ builder, portfolio, dimensions, tables, inAnyOrder, sources, words }: CubeOptions): Promise<string[]> {
  const wanted = tables ?? usualCubes(dimensions, (await rowCount(builder, 'spells')) <= FEW_SPELLS)
  const spans = timedSpans(portfolio)
  const made: { readonly cube: Cube; readonly rows: number }[] = []
  for (const cube of cubesInOrder(dimensions)) {
    if (!wanted.has(cube.table)) continue
    const parent = made.filter((one) => sumsUpTo(one.cube, cube)).sort((a, b) => a.rows - b.rows)[0]
    const facts = () => sources?.get(cube.table) ?? sql`(${cubeFacts(cube.family, portfolio)(cube.dimensions)})`
    const source = parent ? ident(parent.cube.table) : facts()
    const [created] = await builder.rows(
      sql`CREATE TABLE ${ident(cube.table)} AS ${inAnyOrder ? sums(cube, source, spans) : summed(cube, source, spans, words)}`,
    )
    made.push({ cube, rows: Number(created?.Count) })
  }
  return made.map(({ cube }) => cube.table).sort()
}

/** All cubes that there may be, those first of which others are sums. */
export function cubesInOrder(dimensions: readonly string[]): Cube[] {
  return CUBE_FAMILIES.flatMap((family) => cubesOf(family, dimensions).toReversed())
}

/** Tables of the cubes that are worth having. @param isSmall whether there are few spells */
export function usualCubes(dimensions: readonly string[], isSmall: boolean): Set<string> {
  const cubes = cubesInOrder(dimensions).filter((cube) => isSmall || isKeptAlways(cube, dimensions))
  return new Set(cubes.map(({ table }) => table))
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

/**
 * The rows of a cube in their order, summed up from facts or from a wider one.
 * @param words how many texts there are where those of the keys are codes of one ENUM
 */
export function summed(cube: Cube, source: Sql, spans: readonly string[], words?: number): Sql {
  const isWide = cube.dimensions.length >= CORE_DIMENSIONS.length
  const order = isWide && words !== undefined ? keysOf(cube, (texts) => packed(texts, words)) : keysOf(cube)
  return sql`${sums(cube, source, spans)} ORDER BY ${order}`
}

/** In the order of rows: what scopes ask for comes first, so that it prunes. @param texts what is made of stream and dimensions */
function keysOf({ family, dimensions }: Cube, texts = (columns: readonly Sql[]) => columns): Sql {
  const slice = [sql`stream_id`, ...dimensions.map((name) => ident(dimensionColumn(name)))]
  return join([...(family.bySpan ? [sql`span`] : []), ...texts(slice), ...family.keys.map(ident)])
}

/** Codes side by side in as few numbers as hold them, in the same order: of many columns a key is long, and sorting takes half as long again. */
function packed(codes: readonly Sql[], words: number): Sql[] {
  const bits = Math.ceil(Math.log2(words + 1))
  const each = Math.floor(NUMBER_BITS / bits)
  return Array.from({ length: Math.ceil(codes.length / each) }, (_, number) =>
    codes
      .slice(number * each, (number + 1) * each)
      // What is absent comes last, as it does among texts.
      .map((code) => sql`CAST(coalesce(enum_code(${code}), ${words}) AS BIGINT)`)
      .reduce((before, code) => sql`(${before} << ${bits} | ${code})`),
  )
}

/** The rows of a cube in any order. */
export function sums(cube: Cube, source: Sql, spans: readonly string[]): Sql {
  const { family } = cube
  const keys = keysOf(cube)
  const columns = family.measures.flatMap((measure) =>
    (measure.bySpan ? spans : ['']).map((span) => ({ name: ident(measureColumn(measure, span)), type: ident(measure.type) })),
  )
  const totals = columns.map(({ name, type }) => sql`CAST(sum(${name}) AS ${type}) AS ${name}`)
  const isAny = columns.map(({ name }) => sql`sum(${name}) <> 0`)
  return sql`SELECT ${keys}, ${join(totals)} FROM ${source} AS facts GROUP BY ${keys} HAVING ${join(isAny, ' OR ')}`
}

async function rowCount(builder: Builder, table: string): Promise<number> {
  const [counted] = await builder.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM ${ident(table)}`)
  return Number(counted?.n ?? 0)
}
