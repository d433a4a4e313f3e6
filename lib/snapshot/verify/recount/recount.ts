import { setImmediate as breath } from 'node:timers/promises'
import { type Row, toRows } from '../../../engine/columns'
import type { Engine } from '../../../engine/engine'
import { ident, join, type Sql, sql } from '../../../engine/sql'
import { dimensionColumn } from '../../../model/dimension'
import type { Portfolio } from '../../../model/portfolio'
import { SPAN_TABLES, spanTable } from '../../manifest'
import type { Snapshot } from '../../store'
import { type HistoryRow, lifeOf, type Moment } from './life'
import { RECOUNTED_TABLES, type Recounted } from './rows'
import { addLife, newTally, type StreamTally } from './tally'
import { rulesOf } from './workflow'

/** Changes that are recounted in whole; of a larger history a random sample of its items. */
const MOST_CHANGES = 600_000
const ITEMS_AT_A_TIME = 5_000
/** A server that verifies goes on answering in between. */
const ITEMS_BETWEEN_BREATHS = 50
/** A sample is drawn in blocks of neighbouring items, which lie together in the files. */
const BLOCKS = 40
const BLOCK_ITEMS = 100

export interface RecountOptions {
  readonly seed: number
  readonly mostChanges?: number
  readonly signal?: AbortSignal
}

/** How a table compares with what its items' history says. */
export interface TableRecount {
  readonly table: string
  readonly rows: number
  readonly differences: number
  readonly example?: string
}

export interface Recount {
  readonly seed: number
  readonly items: number
  readonly isWhole: boolean
  readonly tables: readonly TableRecount[]
  /** Sums by stream; empty when only a sample was recounted. */
  readonly tallies: ReadonlyMap<string, StreamTally>
}

type Range = readonly [first: number, last: number]

/** Tables that follow from where spans begin and end, with the rules of the streams that they are about. */
interface Reading {
  /** Name of a table → the table that it is one of. */
  readonly tables: ReadonlyMap<string, string>
  readonly rules: ReadonlyMap<string, ReturnType<typeof rulesOf>>
}

/** Goes through `history.parquet` row by row, follows each item by plain loops and holds every table against what comes out. */
export async function recount(engine: Engine, snapshot: Snapshot, options: RecountOptions): Promise<Recount> {
  const { portfolio, files } = snapshot.manifest
  const [usual, ...own] = readingsOf(portfolio)
  const changes = files.find((file) => file.table === 'history')?.rowCount ?? 0
  const items = files.find((file) => file.table === 'items')?.rowCount ?? 0
  const isWhole = changes <= (options.mostChanges ?? MOST_CHANGES)
  const found = new Map([usual, ...own].flatMap(({ tables }) => [...tables.keys()].map((table) => [table, emptySums(table)] as const)))
  const tallies = new Map(portfolio.streams.map((stream) => [stream.id, newTally()]))
  let counted = 0
  for (const ranges of isWhole ? allRanges(items) : [sampledRanges(items, options.seed)]) {
    options.signal?.throwIfAborted()
    const told = await histories(engine, snapshot, ranges)
    for (const reading of [usual, ...own]) {
      const lives = livesUnder(reading, told)
      for (const [table, kind] of reading.tables) {
        await compareTable({ engine, snapshot, table, kind, ranges, lives }, found.get(table) ?? emptySums(table))
      }
      if (reading !== usual) continue
      counted += lives.size
      if (isWhole) addTallies(tallies, usual, told, lives)
    }
  }
  return { seed: options.seed, items: counted, isWhole, tables: [...found.values()], tallies: isWhole ? tallies : new Map() }
}

function emptySums(table: string): { table: string; rows: number; differences: number; example: string | undefined } {
  return { table, rows: 0, differences: 0, example: undefined }
}

/** How the workflows are read usually, and for each of the streams' own spans: what is timed begins and ends where the span does. */
function readingsOf(portfolio: Portfolio): [Reading, ...Reading[]] {
  const rules = new Map(portfolio.streams.map((stream) => [stream.id, rulesOf(stream, portfolio)]))
  const usual = { tables: new Map(Object.keys(RECOUNTED_TABLES).map((table) => [table, table])), rules }
  const ids = new Set(portfolio.streams.flatMap((stream) => (stream.spans ?? []).map((span) => span.id)))
  const own = [...ids].map((id) => {
    const entries = portfolio.streams.flatMap((stream) => {
      const span = stream.spans?.find((candidate) => candidate.id === id)
      const end = stream.stages.findIndex((stage) => stage.id === span?.to)
      const stages = stream.stages.map((stage, position) => (position < end ? stage : { ...stage, kind: 'done' as const }))
      const view = span && { ...stream, stages, committed: span.from, started: span.from, finished: span.to }
      return view ? [[stream.id, rulesOf(view, portfolio)] as const] : []
    })
    return { tables: new Map(SPAN_TABLES.map((table) => [spanTable(table, id), table] as const)), rules: new Map(entries) }
  })
  return [usual, ...own]
}

type Told = ReadonlyMap<number, { readonly streamId: string; readonly rows: readonly HistoryRow[] }>

function livesUnder({ rules }: Reading, told: Told): Map<number, Moment[]> {
  const lives = new Map<number, Moment[]>()
  for (const [item, { streamId, rows }] of told) {
    const own = rules.get(streamId)
    if (own) lives.set(item, lifeOf(rows, own))
  }
  return lives
}

function addTallies(tallies: ReadonlyMap<string, StreamTally>, { rules }: Reading, told: Told, lives: ReadonlyMap<number, Moment[]>): void {
  for (const [item, life] of lives) {
    const streamId = told.get(item)?.streamId ?? ''
    const tally = tallies.get(streamId)
    if (tally) addLife(tally, life, rules.get(streamId)?.stream.stages.length ?? 0)
  }
}

/** Consecutive item numbers, some thousand at a time. */
function allRanges(items: number): Range[][] {
  const starts = Array.from({ length: Math.ceil(items / ITEMS_AT_A_TIME) }, (_, index) => index * ITEMS_AT_A_TIME + 1)
  // The last one is open: an item number beyond the count would be an error to be found.
  return starts.map((start, index) => [[start, index === starts.length - 1 ? 2 ** 31 - 1 : start + ITEMS_AT_A_TIME - 1]])
}

function sampledRanges(items: number, seed: number): Range[] {
  const random = mulberry32(seed)
  const blocks = new Set(Array.from({ length: BLOCKS }, () => Math.floor((random() * items) / BLOCK_ITEMS)))
  return [...blocks].sort((a, b) => a - b).map((block) => [block * BLOCK_ITEMS + 1, (block + 1) * BLOCK_ITEMS])
}

/** Small generator of its own: a recount shares nothing. https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

async function histories(engine: Engine, snapshot: Snapshot, ranges: readonly Range[]) {
  const { dimensions } = snapshot.manifest
  const read = await engine.query(
    sql`SELECT * FROM ${engine.dialect.table(snapshot.id, 'history')} AS told WHERE ${within(ranges)} ORDER BY item_ix, seq`,
  )
  const items = new Map<number, { streamId: string; rows: HistoryRow[] }>()
  for (const row of toRows(read)) {
    const item = Number(row.item_ix)
    const known = items.get(item) ?? { streamId: String(row.stream_id), rows: [] }
    items.set(item, known)
    const text = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]))
    const raw = Object.fromEntries(dimensions.map((name) => [name, text(dimensionColumn(name))]))
    known.rows.push({
      seq: Number(row.seq),
      at: Number(row.changed_at),
      state: text('state'),
      blocked: row.blocked === true,
      reason: text('blocked_reason'),
      raw,
    })
  }
  return items
}

function within(ranges: readonly Range[]): Sql {
  return sql`(${join(
    ranges.map(([first, last]) => sql`item_ix BETWEEN ${first} AND ${last}`),
    ' OR ',
  )})`
}

interface Comparing {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly table: string
  /** The table that it is one of. */
  readonly kind: string
  readonly ranges: readonly Range[]
  readonly lives: ReadonlyMap<number, readonly Moment[]>
}

async function compareTable(comparing: Comparing, sums: { rows: number; differences: number; example: string | undefined }): Promise<void> {
  const { engine, snapshot, table, kind, ranges, lives } = comparing
  const recounted = RECOUNTED_TABLES[kind]
  if (!recounted) return
  const order = ['item_ix', ...recounted.order].map((name) => sql`${ident(name)} NULLS LAST`)
  const read = await engine.query(
    sql`SELECT * FROM ${engine.dialect.table(snapshot.id, table)} AS told WHERE ${within(ranges)} ORDER BY ${join(order)}`,
  )
  const stored = groupRows(toRows(read))
  let compared = 0
  for (const [item, life] of lives) {
    if (++compared % ITEMS_BETWEEN_BREATHS === 0) await breath()
    const expected = recounted.rows(life, item)
    const given = stored.get(item) ?? []
    stored.delete(item)
    sums.rows += expected.length
    note(sums, item, differencesOf(expected, given))
  }
  for (const [item, rows] of stored)
    note(
      sums,
      item,
      rows.map(() => 'stands in the table but not in the history'),
    )
}

function groupRows(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const item = Number(row.item_ix)
    const own = groups.get(item)
    if (own) own.push(row)
    else groups.set(item, [row])
  }
  return groups
}

function differencesOf(expected: readonly Recounted[], given: readonly Row[]): string[] {
  const found = expected.length === given.length ? [] : [`${expected.length} rows recounted, ${given.length} in the table`]
  expected.forEach((row, index) => {
    const other = given[index]
    const wrong = other ? Object.keys(row).find((name) => name in other && row[name] !== other[name]) : undefined
    if (wrong !== undefined) found.push(`${wrong}: ${row[wrong]} recounted, ${other?.[wrong]} in the table`)
  })
  return found
}

function note(sums: { differences: number; example: string | undefined }, item: number, differences: readonly string[]): void {
  if (differences.length) sums.example ??= `item number ${item}, ${differences[0]}`
  sums.differences += differences.length
}
