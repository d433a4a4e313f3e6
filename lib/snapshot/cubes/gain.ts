import path from 'node:path'
import { asideOf, type Builder, inLanes, type Lane, writeParquet } from '../../engine/duckdb/builder'
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
  readonly #files = new Map<Cube, WrittenFile>()

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
    return this.#cubes.flatMap((cube) => this.#files.get(cube) ?? []).filter(({ rowCount }) => rowCount > 0)
  }

  /** Whether the facts of cubes stand in a table. */
  isFact(table: string): boolean {
    return FACT_TABLES.some((name) => name === plainTable(table))
  }

  async add(builder: Builder, tables: readonly PartTable[]): Promise<void> {
    const places = new Map(tables.map(({ table, name }) => [table, name]))
    for (const named of [goneTable, comeTable]) {
      for (const { table } of tables) {
        const rows = places.get(named(table))
        if (rows !== undefined) await builder.runAside(sql`CREATE OR REPLACE VIEW ${ident(table)} AS FROM ${ident(rows)}`)
      }
      const sum = (cube: Cube) => async (lane: Lane) => {
        const facts = sums(cube, sql`(${cubeFacts(cube.family, this.options.portfolio)(cube.dimensions)})`, this.#spans)
        if (named === goneTable) await lane.run(sql`CREATE TABLE ${sumsOf(cube)} AS ${this.#negative(cube, facts)}`)
        else await lane.run(sql`INSERT INTO ${sumsOf(cube)} ${facts}`)
      }
      await inLanes(lanesOf(builder), this.#roots.map(sum))
    }
  }

  async end(builder: Builder): Promise<readonly WrittenFile[]> {
    const widest = new Set(this.#parents.values())
    const writeTree = (root: Cube) => async (lane: Lane) => {
      for (const cube of this.#cubes) if (this.#rootOf(cube) === root) await this.#write(lane, cube, widest.has(cube))
    }
    await inLanes(lanesOf(builder), this.#roots.map(writeTree))
    // They are no tables of their own: what else there is must be added to them.
    return []
  }

  async #write(lane: Lane, cube: Cube, isWide: boolean): Promise<void> {
    const parent = this.#parents.get(cube)
    let rows = summed(cube, parent ? gainedBy(parent) : sumsOf(cube), this.#spans)
    if (isWide) {
      await lane.run(sql`CREATE TABLE ${gainedBy(cube)} AS ${rows}`)
      rows = sql`SELECT * FROM ${gainedBy(cube)}`
    }
    const name = `${cube.table}.parquet`
    const rowCount = await writeParquet(lane, rows, path.join(this.options.folder, name))
    this.#files.set(cube, { table: cube.table, name, rowCount })
  }

  get #roots(): readonly Cube[] {
    return this.#cubes.filter((cube) => !this.#parents.has(cube))
  }

  #rootOf(cube: Cube): Cube {
    const parent = this.#parents.get(cube)
    return parent ? this.#rootOf(parent) : cube
  }

  #negative({ family }: Cube, rows: Sql): Sql {
    const measures = family.measures.flatMap((measure) =>
      (measure.bySpan ? this.#spans : ['']).map((span) => ident(measureColumn(measure, span))),
    )
    return sql`SELECT * REPLACE (${join(measures.map((name) => sql`-${name} AS ${name}`))}) FROM (${rows})`
  }
}

/** Beside them there is room for one more statement. */
function lanesOf(builder: Builder): Lane[] {
  return [asideOf(builder), asideOf(builder)]
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
