import type { Builder } from '../../engine/duckdb/builder'
import { ident, type Sql, sql } from '../../engine/sql'
import type { Portfolio } from '../../model/portfolio'
import type { PartReader, PartTable, WrittenFile } from '../walk/parts'
import { wordCount } from '../walk/words'
import { writeTables } from '../written'
import type { Cube } from './cubes'
import { cubeFacts } from './facts'
import { cubesInOrder, FEW_SPELLS, makeCubes, sums, sumsUpTo, timedSpans, usualCubes } from './make'

interface PartCubesOptions {
  readonly folder: string
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  /** Up to so many spells there is a cube over all dimensions, which parts are not summed up for. */
  readonly fewSpells?: number
}

/**
 * Makes the cubes of a large history while its parts are in memory: each part is summed up on its own before its rows are gone, and the
 * cubes are the sums of these. Rows are not read again, and grouped by the numbers of texts.
 */
export class PartCubes implements PartReader {
  readonly #tables: ReadonlySet<string>
  readonly #roots: readonly Cube[]
  readonly #spans: readonly string[]
  #spells = 0
  #parts = 0

  constructor(private readonly options: PartCubesOptions) {
    this.#tables = usualCubes(options.dimensions, false)
    const wanted = cubesInOrder(options.dimensions).filter(({ table }) => this.#tables.has(table))
    this.#roots = wanted.filter((cube, place) => !wanted.slice(0, place).some((wide) => sumsUpTo(wide, cube)))
    this.#spans = timedSpans(options.portfolio)
  }

  /** Whether there are as many rows as it takes; else nothing was made. */
  get areMade(): boolean {
    return !this.#isSmall
  }

  async add(builder: Builder, tables: readonly PartTable[], isLast: boolean): Promise<void> {
    this.#spells += tables.find(({ table }) => table === 'spells')?.rowCount ?? 0
    if (isLast && this.#isSmall) return
    for (const { table, name } of tables) await builder.runAside(sql`CREATE OR REPLACE VIEW ${ident(table)} AS FROM ${ident(name)}`)
    for (const cube of this.#roots) {
      const rows = sums(cube, sql`(${cubeFacts(cube.family, this.options.portfolio)(cube.dimensions)})`, this.#spans)
      const target = partsOf(cube)
      await builder.runAside(this.#parts ? sql`INSERT INTO ${target} ${rows}` : sql`CREATE TABLE ${target} AS ${rows}`)
    }
    this.#parts++
  }

  async end(builder: Builder): Promise<WrittenFile[]> {
    if (this.#isSmall) return []
    const { folder, portfolio, dimensions } = this.options
    const sources = new Map(this.#roots.map((cube) => [cube.table, partsOf(cube)]))
    const words = await wordCount(builder)
    const cubes = await makeCubes({ builder, portfolio, dimensions, tables: this.#tables, sources, words })
    return writeTables(builder, folder, cubes)
  }

  get #isSmall(): boolean {
    return this.#spells <= (this.options.fewSpells ?? FEW_SPELLS)
  }
}

/** Table of the sums of each part. */
function partsOf({ table }: Cube): Sql {
  return ident(`parts_of_${table}`)
}
