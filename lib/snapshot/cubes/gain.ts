import path from 'node:path'
import { asideOf, type Builder, writeParquet } from '../../engine/duckdb/builder'
import { ident, join, type Sql, sql } from '../../engine/sql'
import type { Portfolio } from '../../model/portfolio'
import { plainTable } from '../manifest'
import { comeTable, goneTable } from '../walk/former'
import type { PartReader, PartTable, WrittenFile } from '../walk/parts'
import { type Cube, measureColumn } from './cubes'
import { cubeFacts, FACT_TABLES } from './facts'
import { cubesInOrder, summed, sums, sumsUpTo, timedSpans } from './make'

export interface GainOptions {
  readonly folder: string
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  /** The cubes that there are. */
  readonly tables: ReadonlySet<string>
}

/**
 * Makes for each cube what it gains when items are replaced: rows to be added to it, of which some take others away. Only rows that went
 * or came are summed up, and only for the widest cubes; all others are sums of what these gain.
 */
export class GainedCubes implements PartReader {
  readonly #cubes: readonly Cube[]
  /** The cube that each is the sum of. */
  readonly #parents: ReadonlyMap<Cube, Cube>
  readonly #spans: readonly string[]
  #files: readonly WrittenFile[] = []
  #sums = 0

  constructor(private readonly options: GainOptions) {
    this.#cubes = cubesInOrder(options.dimensions).filter(({ table }) => options.tables.has(table))
    this.#parents = new Map(
      this.#cubes.flatMap((cube, place) => {
        const parent = narrowest(this.#cubes.slice(0, place).filter((wide) => sumsUpTo(wide, cube)))
        return parent ? [[cube, parent]] : []
      }),
    )
    this.#spans = timedSpans(options.portfolio)
  }

  /** Those of cubes that gained something. */
  get files(): readonly WrittenFile[] {
    return this.#files.filter(({ rowCount }) => rowCount > 0)
  }

  /** Whether the facts of cubes stand in a table. */
  isFact(table: string): boolean {
    return FACT_TABLES.some((name) => name === plainTable(table))
  }

  async add(builder: Builder, tables: readonly PartTable[]): Promise<void> {
    for (const named of [goneTable, comeTable]) {
      const places = new Map(tables.map(({ table, name }) => [table, name]))
      for (const { table } of tables) {
        const rows = places.get(named(table))
        if (rows !== undefined) await builder.runAside(sql`CREATE OR REPLACE VIEW ${ident(table)} AS FROM ${ident(rows)}`)
      }
      for (const cube of this.#cubes.filter((one) => !this.#parents.has(one))) {
        const facts = sums(cube, sql`(${cubeFacts(cube.family, this.options.portfolio)(cube.dimensions)})`, this.#spans)
        const rows = named === goneTable ? this.#negative(cube, facts) : facts
        await builder.runAside(this.#sums ? sql`INSERT INTO ${sumsOf(cube)} ${rows}` : sql`CREATE TABLE ${sumsOf(cube)} AS ${rows}`)
      }
      this.#sums++
    }
  }

  async end(builder: Builder): Promise<readonly WrittenFile[]> {
    const files: WrittenFile[] = []
    const lane = asideOf(builder)
    const widest = new Set(this.#parents.values())
    for (const cube of this.#cubes) {
      const parent = this.#parents.get(cube)
      let rows = summed(cube, parent ? gainedBy(parent) : sumsOf(cube), this.#spans)
      if (widest.has(cube)) {
        await lane.run(sql`CREATE TABLE ${gainedBy(cube)} AS ${rows}`)
        rows = sql`SELECT * FROM ${gainedBy(cube)}`
      }
      const name = `${cube.table}.parquet`
      const rowCount = await writeParquet(lane, rows, path.join(this.options.folder, name))
      files.push({ table: cube.table, name, rowCount })
    }
    this.#files = files
    // They are no tables of their own: what else there is must be added to them.
    return []
  }

  #negative({ family }: Cube, rows: Sql): Sql {
    const measures = family.measures.flatMap((measure) =>
      (measure.bySpan ? this.#spans : ['']).map((span) => ident(measureColumn(measure, span))),
    )
    return sql`SELECT * REPLACE (${join(measures.map((name) => sql`-${name} AS ${name}`))}) FROM (${rows})`
  }
}

function sumsOf({ table }: Cube): Sql {
  return ident(`sums_of_${table}`)
}

function gainedBy({ table }: Cube): Sql {
  return ident(`gained_${table}`)
}

function narrowest(cubes: readonly Cube[]): Cube | undefined {
  return cubes.toSorted((a, b) => a.dimensions.length - b.dimensions.length)[0]
}
