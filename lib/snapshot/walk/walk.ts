import type { Builder } from '../../engine/duckdb/builder'
import type { TableAppender, WriterColumns } from '../../engine/duckdb/table-writer'
import { sql } from '../../engine/sql'
import type { Portfolio } from '../../model/portfolio'
import { ownSpans, spanView, type ValueStream } from '../../model/value-stream'
import { spanTable } from '../manifest'
import { chunksInTurn } from './chunks-in-turn'
import { Trail } from './follow'
import { Follower, type FollowerOptions, type Look } from './follower'
import { FORMER_ITEMS, Former, type FormerHistory, type FormerOptions } from './former'
import { asObserved, type Observed, orderedObservations } from './observed'
import { type PartReader, Parts, type WrittenFile } from './parts'
import { Profiles } from './profiles'
import { readStream } from './reading'
import type { RepairCounts } from './repairs'
import type { MetState } from './state-census'
import { blocks } from './tables/blocks'
import { changes } from './tables/changes'
import { finishes } from './tables/finishes'
import { handoffs } from './tables/handoffs'
import { history } from './tables/history'
import { walkedItems } from './tables/items'
import { moves } from './tables/moves'
import { passages } from './tables/passages'
import { repeats } from './tables/repeats'
import { spells } from './tables/spells'
import { transfers } from './tables/transfers'
import { visits } from './tables/visits'
import type { Vocabulary } from './vocabulary'
import type { Shared, WalkedTable } from './walked-table'
import { collectWords, createWords } from './words'
import { ZoneClock } from './zone-clock'

/** So many changes make a part: what is in memory at once. */
const PART_CHANGES = 2_000_000
const PROGRESS_CHANGES = 500_000

const USUAL_TABLES: Readonly<Record<string, WalkedTable>> = {
  history,
  visits,
  finishes,
  passages,
  spells,
  changes,
  moves,
  repeats,
  transfers,
  handoffs,
  blocks,
}
const SPAN_WALKED: Readonly<Record<string, WalkedTable>> = { finishes, passages, spells, moves, transfers }
/** Table in the builder of what the walk knows of the items of another one. */
const walkedTable = (items: string) => `walked_${items}`

export interface WalkOptions {
  readonly builder: Builder
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  /** (stream, dimension) pairs in which a blank means "unchanged". */
  readonly carried: readonly { readonly streamId: string; readonly dimension: string }[]
  /** Where the Parquet files go. */
  readonly folder: string
  /** Changes per part. */
  readonly partChanges?: number
  readonly eachPart?: PartReader
  /** Where items are followed as they were as well. */
  readonly former?: FormerOptions
  progress(message: string): void
}

/** What came out beside the files. Days are days since 1970-01-01. */
export interface Walked {
  /** Once the last part is written: nothing else waits for it. */
  readonly files: Promise<readonly WrittenFile[]>
  /** Tables in the builder that hold what is known of items: usually, and for each of the streams' own spans. */
  readonly itemTables: ReadonlyMap<string, string>
  readonly firstDay: number
  readonly lastDay: number
  readonly changes: number
  readonly stateless: readonly number[]
  readonly repairs: RepairCounts
  readonly states: readonly MetState[]
  readonly former?: FormerHistory
}

/**
 * Follows every item through its stages in one pass over everything that was observed, and writes all tables that follow from
 * an item's own history, part by part. Needs `observations`, `item_numbers` and `streams` in the builder.
 */
export async function walkHistory(options: WalkOptions): Promise<Walked> {
  const { builder, portfolio, dimensions } = options
  const words = await collectWords(builder, portfolio, dimensions)
  const shared: Shared = { dimensions, words, profiles: new Profiles(portfolio, dimensions, words) }
  // A database of their own: tables that are dropped while the other one is being read would stay in memory until that is over.
  const aside = await builder.beside()
  try {
    await createWords(aside, words.texts)
    const clocks = await openClocks(builder, portfolio)
    const { carried } = options
    const walk = await Walk.begin(options, aside, { portfolio, dimensions, carried, clocks, shared, looks: looksOf(portfolio, words) })
    // Items are numbered stream by stream, so each can be put in order for itself: a fraction of the rows is in memory at a time.
    const streams = portfolio.streams.map(({ id }) => orderedObservations(id, dimensions, words.type))
    for await (const chunk of chunksInTurn(builder, streams, options.former !== undefined)) {
      walk.add(asObserved(chunk))
      await walk.pause()
    }
    const walked = walk.end()
    walked.files.finally(() => aside.close()).catch(() => undefined)
    return walked
  } catch (error) {
    aside.close()
    throw error
  }
}

function looksOf(portfolio: Portfolio, words: Vocabulary): Look[] {
  const look = (
    view: (stream: ValueStream) => ValueStream | undefined,
    tables: Readonly<Record<string, WalkedTable>>,
    nameOf: (table: string) => string,
  ): Look => ({
    readings: portfolio.streams.map((stream) => {
      const seen = view(stream)
      return seen && readStream(seen, words)
    }),
    trail: new Trail(),
    tables: new Map(Object.entries(tables).map(([name, table]) => [nameOf(name), table])),
    items: nameOf('items'),
  })
  const usual = look(
    (stream) => stream,
    USUAL_TABLES,
    (table) => table,
  )
  return [
    usual,
    ...ownSpans(portfolio.streams).map(({ id }) =>
      look(
        (stream) => spanView(stream, id),
        SPAN_WALKED,
        (table) => spanTable(table, id),
      ),
    ),
  ]
}

/** The clock of each stream's zone over everything that was observed. */
async function openClocks(builder: Builder, { streams }: Portfolio): Promise<ZoneClock[]> {
  const [range] = await builder.rows(sql`SELECT CAST(epoch_us(least(min(changed_at), min(created_at))) AS DOUBLE) AS first_at,
    CAST(epoch_us(greatest(max(changed_at), max(created_at))) AS DOUBLE) AS last_at FROM observations`)
  const clocks = new Map<string, ZoneClock>()
  for (const { timezone } of streams) {
    if (!clocks.has(timezone))
      clocks.set(timezone, await ZoneClock.open(builder, timezone, Number(range?.first_at ?? 0), Number(range?.last_at ?? 0)))
  }
  return streams.flatMap(({ timezone }) => clocks.get(timezone) ?? [])
}

class Walk {
  readonly #parts: Parts
  readonly #is: Follower
  #item = 0
  #reported = 0
  #partFrom = 0

  static async begin(options: WalkOptions, aside: Builder, follower: FollowerOptions): Promise<Walk> {
    const { builder, former } = options
    const { looks, dimensions, shared } = follower
    const itemWriter = (table: string) => builder.writer(table, walkedItems.columns(dimensions), shared.words)
    const items = await Promise.all(looks.map((look) => itemWriter(walkedTable(look.items))))
    const was = former && (await itemWriter(FORMER_ITEMS))
    const walk = new Walk(options, aside, follower, {
      items,
      was,
      former: former && was && new Former(former, follower, was),
    })
    await walk.#beginPart()
    return walk
  }

  private constructor(
    private readonly options: WalkOptions,
    aside: Builder,
    private readonly follower: FollowerOptions,
    private readonly whole: { readonly items: readonly TableAppender[]; readonly was?: TableAppender; readonly former?: Former },
  ) {
    const { folder, eachPart } = options
    const { looks, dimensions, shared } = follower
    const written = looks.flatMap(({ tables }) =>
      [...tables].map(([name, table]): [string, WriterColumns] => [name, table.columns(dimensions)]),
    )
    const columns = { written: new Map(written), unwritten: whole.former?.columns ?? new Map() }
    this.#parts = new Parts(aside, folder, shared.words, columns, eachPart)
    this.#is = new Follower(follower, whole.former)
  }

  add(told: Observed): void {
    const { former } = this.whole
    for (let row = 0; row < told.rowCount; row++) {
      const item = told.item[row] ?? 0
      if (item !== this.#item) this.#finish()
      this.#item = item
      former?.add(told, row)
      this.#is.add(told, row)
    }
  }

  /** Ends a part that has become long. */
  async pause(): Promise<void> {
    this.#report()
    if (this.#is.changes - this.#partFrom < (this.options.partChanges ?? PART_CHANGES)) return
    await this.#parts.end(false)
    await this.#beginPart()
  }

  end(): Walked {
    const { items, was, former } = this.whole
    this.#finish()
    const files = this.#parts.end(true).then(() => this.#parts.files)
    for (const writer of [...items, ...(was ? [was] : [])]) writer.close()
    const { firstDay, lastDay, changes, stateless, repairs, states } = this.#is
    const itemTables = new Map(this.follower.looks.map((look) => [look.items, walkedTable(look.items)]))
    return { files, itemTables, firstDay, lastDay, changes, stateless, repairs, states, former: former?.told }
  }

  async #beginPart(): Promise<void> {
    const { items, former } = this.whole
    const { looks, shared } = this.follower
    this.#partFrom = this.#is.changes
    const opened = await this.#parts.begin()
    const writers = former?.writeTo(opened) ?? opened
    this.#is.emitters = looks.map(({ tables }, index) => {
      const own = [...tables].flatMap(([name, table]) => {
        const writer = writers.get(name)
        return writer ? [table.emitter(writer, shared)] : []
      })
      const item = items[index]
      return [...(item ? [walkedItems.emitter(item, shared)] : []), ...own]
    })
  }

  #finish(): void {
    this.#is.finish()
    this.whole.former?.settle()
  }

  #report(): void {
    const reached = Math.floor(this.#is.changes / PROGRESS_CHANGES) * PROGRESS_CHANGES
    if (reached > this.#reported) this.options.progress(`following items: ${reached.toLocaleString('en')} changes`)
    this.#reported = reached
  }
}
