import type { Builder } from '../../engine/duckdb/builder'
import type { TableWriter, WriterColumns } from '../../engine/duckdb/table-writer'
import { sql } from '../../engine/sql'
import type { Portfolio } from '../../model/portfolio'
import { ownSpans, spanView, type ValueStream } from '../../model/value-stream'
import { spanTable } from '../manifest'
import { Trail } from './follow'
import { digestRows, type ItemFacts, mixHigh, wordPlace } from './item-facts'
import type { ItemRows } from './item-rows'
import { Normaliser } from './normaliser'
import { asObserved, orderedObservations } from './observed'
import { type PartReader, Parts, type WrittenFile } from './parts'
import { Profiles } from './profiles'
import { readStream, type StreamReading } from './reading'
import { RepairCounts } from './repairs'
import { type MetState, StateCensus } from './state-census'
import { blocks } from './tables/blocks'
import { changes } from './tables/changes'
import { finishes } from './tables/finishes'
import { history } from './tables/history'
import { walkedItems } from './tables/items'
import { moves } from './tables/moves'
import { passages } from './tables/passages'
import { repeats } from './tables/repeats'
import { spells } from './tables/spells'
import { transfers } from './tables/transfers'
import { visits } from './tables/visits'
import type { Vocabulary } from './vocabulary'
import type { Emit, Shared, WalkedTable } from './walked-table'
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
  blocks,
}
const SPAN_WALKED: Readonly<Record<string, WalkedTable>> = { finishes, passages, spells, moves, transfers }
const ITEMS = 'walked_items'

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
  progress(message: string): void
}

/** What came out beside the files. Days are days since 1970-01-01. */
export interface Walked {
  readonly files: readonly WrittenFile[]
  /** Tables in the builder that hold what is known of items: usually, and for each of the streams' own spans. */
  readonly itemTables: ReadonlyMap<string, string>
  readonly firstDay: number
  readonly lastDay: number
  readonly changes: number
  readonly stateless: readonly number[]
  readonly repairs: RepairCounts
  readonly states: readonly MetState[]
}

/** One way to look at the workflows: what is timed begins and ends in its own places. */
interface Look {
  readonly readings: readonly (StreamReading | undefined)[]
  readonly trail: Trail
  readonly tables: ReadonlyMap<string, WalkedTable>
  readonly itemTable: string
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
    const walk = new Walk(options, { aside, clocks }, shared, looksOf(portfolio, words))
    await walk.begin()
    // Items are numbered stream by stream, so each can be put in order for itself: a fraction of the rows is in memory at a time.
    for (const { id } of portfolio.streams) {
      for await (const chunk of builder.chunks(orderedObservations(id, dimensions, words.type))) {
        walk.add(asObserved(chunk))
        await walk.pause()
      }
    }
    return await walk.end()
  } finally {
    aside.close()
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
    itemTable: nameOf(ITEMS),
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
  readonly #normaliser: Normaliser
  readonly #repairs = new RepairCounts()
  readonly #stateless: number[] = []
  readonly #census: StateCensus
  readonly #profileHashes: number[] = []
  #items: readonly { readonly writer: TableWriter; readonly emit: Emit }[] = []
  #emitters: readonly (readonly Emit[])[] = []
  #inPart = 0
  #changes = 0
  #firstDay = Number.POSITIVE_INFINITY
  #lastDay = Number.NEGATIVE_INFINITY

  constructor(
    private readonly options: WalkOptions,
    { aside, clocks }: { readonly aside: Builder; readonly clocks: readonly (ZoneClock | undefined)[] },
    private readonly shared: Shared,
    private readonly looks: readonly Look[],
  ) {
    const { folder, portfolio, dimensions, carried, eachPart } = options
    const columns = looks.flatMap(({ tables }) =>
      [...tables].map(([name, table]): [string, WriterColumns] => [name, table.columns(dimensions)]),
    )
    this.#parts = new Parts(aside, folder, shared.words, new Map(columns), eachPart)
    this.#census = new StateCensus(portfolio.streams.length, shared.words)
    this.#normaliser = new Normaliser({
      profiles: shared.profiles,
      repairs: this.#repairs,
      carried: portfolio.streams.map(({ id }) =>
        dimensions.map((dimension) => carried.some((pair) => pair.streamId === id && pair.dimension === dimension)),
      ),
      dayOf: (streamIx, at) => clocks[streamIx]?.dayOf(at) ?? 0,
      onItem: (rows, facts) => this.#follow(rows, facts),
      onStateless: (itemIx) => this.#stateless.push(itemIx),
    })
  }

  async begin(): Promise<void> {
    const { builder } = this.options
    const { dimensions, words } = this.shared
    this.#items = await Promise.all(
      this.looks.map(async ({ itemTable }) => {
        const writer = await builder.writer(itemTable, walkedItems.columns(dimensions), words)
        return { writer, emit: walkedItems.emitter(writer, this.shared) }
      }),
    )
    await this.#beginPart()
  }

  add(told: ReturnType<typeof asObserved>): void {
    this.#normaliser.add(told)
  }

  /** Ends a part that has become long. */
  async pause(): Promise<void> {
    if (this.#inPart < (this.options.partChanges ?? PART_CHANGES)) return
    await this.#parts.end(false)
    await this.#beginPart()
  }

  async end(): Promise<Walked> {
    this.#normaliser.finish()
    await this.#parts.end(true)
    for (const { writer } of this.#items) writer.close()
    return {
      files: this.#parts.files,
      itemTables: new Map(this.looks.map(({ itemTable }) => [itemTable.replace(ITEMS, 'items'), itemTable])),
      firstDay: Number.isFinite(this.#firstDay) ? this.#firstDay : 0,
      lastDay: Number.isFinite(this.#lastDay) ? this.#lastDay : 0,
      changes: this.#changes,
      stateless: this.#stateless,
      repairs: this.#repairs,
      states: this.#census.list(),
    }
  }

  async #beginPart(): Promise<void> {
    this.#inPart = 0
    const writers = await this.#parts.begin()
    this.#emitters = this.looks.map(({ tables }) =>
      [...tables].flatMap(([name, table]) => {
        const writer = writers.get(name)
        return writer ? [table.emitter(writer, this.shared)] : []
      }),
    )
  }

  #follow(rows: ItemRows, facts: ItemFacts): void {
    this.#hashProfiles()
    digestRows(rows, facts, this.shared.words, this.#profileHashes)
    this.looks.forEach(({ readings, trail }, index) => {
      const reading = readings[rows.streamIx]
      if (!reading) return
      trail.follow(rows, reading)
      const followed = { rows, facts, trail, reading }
      if (index === 0) this.#census.add(followed)
      this.#items[index]?.emit(followed)
      for (const emit of this.#emitters[index] ?? []) emit(followed)
    })
    this.#count(rows, facts.changeCount)
  }

  #count(rows: ItemRows, changeCount: number): void {
    this.#firstDay = Math.min(this.#firstDay, rows.day[rows.first] ?? this.#firstDay)
    this.#lastDay = Math.max(this.#lastDay, rows.day[rows.end - 1] ?? this.#lastDay)
    const reported = Math.floor(this.#changes / PROGRESS_CHANGES)
    this.#changes += changeCount
    this.#inPart += changeCount
    const millions = Math.floor(this.#changes / PROGRESS_CHANGES)
    if (millions > reported) this.options.progress(`following items: ${(millions * PROGRESS_CHANGES).toLocaleString('en')} changes`)
  }

  #hashProfiles(): void {
    const { profiles, words } = this.shared
    const known = this.#profileHashes.length / 2
    for (let profile = known; profile < profiles.told.length / profiles.width; profile++) {
      let [low, high] = [1, 2]
      for (let dimension = 0; dimension < profiles.width; dimension++) {
        const place = wordPlace(profiles.told[profile * profiles.width + dimension] ?? 0)
        low = mixHigh(low, words.hashes[place] ?? 0)
        high = mixHigh(high ^ dimension, words.hashes[place + 1] ?? 0)
      }
      this.#profileHashes.push(low, high)
    }
  }
}
