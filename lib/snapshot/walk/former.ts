import type { TableAppender, TableWriter, WriterColumns } from '../../engine/duckdb/table-writer'
import { Difference } from './difference'
import { Follower, type FollowerOptions } from './follower'
import type { Observed } from './observed'
import type { KnownPrefix } from './prefix'
import type { RepairCounts } from './repairs'
import { RowBuffer } from './row-buffer'
import type { MetState } from './state-census'
import { walkedItems } from './tables/items'
import type { Followed } from './walked-table'

/** Table in the builder of what was known of items. */
export const FORMER_ITEMS = 'former_items'

/** What was known before is told apart from what is told now. */
export interface FormerOptions {
  /** Stands in for the source of what was known. */
  readonly sourceIx: number
  /** Whether somebody reads which rows of a table went and came. */
  isCompared(table: string): boolean
}

/** The same items as they were. */
export interface FormerHistory {
  /** By table. */
  readonly rowCounts: ReadonlyMap<string, number>
  readonly changes: number
  readonly repairs: RepairCounts
  readonly states: readonly MetState[]
}

/** Name of a table of rows of another one that went. */
export const goneTable = (table: string): string => `gone_${table}`
/** Name of a table of rows of another one that came. */
export const comeTable = (table: string): string => `come_${table}`

/** Follows items as they were, beside those who follow them as they are: rows are counted, and compared where that is asked. */
export class Former {
  readonly #follower: Follower
  /** Of the item that is added. */
  readonly #rows: { readonly told: Observed; readonly row: number }[] = []
  readonly #counted = new Map<string, TableWriter>()
  readonly #differences = new Map<string, { readonly columns: WriterColumns; readonly difference: Difference }>()

  /** @param items takes what is known of items in the first look */
  constructor(
    private readonly options: FormerOptions,
    follower: FollowerOptions,
    items: TableWriter,
  ) {
    const { looks, dimensions, shared } = follower
    this.#follower = new Follower(follower)
    this.#follower.emitters = looks.map((look, index) => {
      const itemRows = index === 0 ? items : new RowBuffer(walkedItems.columns(dimensions))
      this.#counted.set(look.items, itemRows)
      const tables = [...look.tables].map(([name, table]) => table.emitter(this.#open(name, table.columns(dimensions)), shared))
      return [walkedItems.emitter(itemRows, shared), ...tables]
    })
  }

  /** Tables for the rows that went and that came. */
  get columns(): Map<string, WriterColumns> {
    return new Map(
      [...this.#differences].flatMap(([name, { columns }]) => [
        [goneTable(name), columns],
        [comeTable(name), columns],
      ]),
    )
  }

  /** Has rows that are to be compared written once they are. @returns who takes the rows of items as they are, by table */
  writeTo(writers: ReadonlyMap<string, TableAppender>): ReadonlyMap<string, TableWriter> {
    const takers = new Map<string, TableWriter>(writers)
    for (const [name, { difference }] of this.#differences) {
      const [gone, come, all] = [writers.get(goneTable(name)), writers.get(comeTable(name)), writers.get(name)]
      if (!gone || !come || !all) continue
      difference.writeTo(gone, come, all)
      takers.set(name, difference.is)
    }
    return takers
  }

  get sourceIx(): number {
    return this.options.sourceIx
  }

  add(told: Observed, row: number): void {
    if (told.sourceIx[row] === this.options.sourceIx) this.#rows.push({ told, row })
  }

  take(look: number, followed: Followed, prefix: KnownPrefix): void {
    this.#rows.length = 0
    this.#follower.takePrefix(look, followed, prefix)
  }

  /** After the same item was followed as it is. */
  settle(): void {
    // What was known is not what comes first: it is put together for itself.
    for (const { told, row } of this.#rows) this.#follower.add(told, row)
    this.#follower.finish()
    this.#rows.length = 0
    for (const { difference } of this.#differences.values()) difference.settle()
  }

  get told(): FormerHistory {
    const { changes, repairs, states } = this.#follower
    return { rowCounts: new Map([...this.#counted].map(([table, { rowCount }]) => [table, rowCount])), changes, repairs, states }
  }

  #open(name: string, columns: WriterColumns): RowBuffer {
    const difference = this.options.isCompared(name) ? new Difference(columns) : undefined
    const was = difference?.was ?? new RowBuffer(columns)
    this.#counted.set(name, was)
    if (difference) this.#differences.set(name, { columns, difference })
    return was
  }
}
