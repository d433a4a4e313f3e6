import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ASIDE, sweepAside } from '../aside'
import type { SnapshotTables } from '../engine'
import { ident, join, quotedName, type Sql, sql } from '../sql'
import { type Builder, inTransaction, openBuilder } from './builder'
import { copyAlike } from './derive-alike'
import { columnsOf, createTable, numbered, type SourceColumn, textColumns } from './derive-table'
import { derivedFiles, recordOf, removeDerived, sync, trustedTables } from './derived'
import { createEnumeration, enumName } from './enumerations'
import { rowsOf } from './parquet'

/** Larger tables stay in Parquet: copying them would take longer than it saves. */
const MOST_ROWS = 50_000_000
/** Texts of a column that are kept as an enumeration: its numbers then take one or two bytes. An answer with such a column carries them all. */
const MOST_TEXTS = 4_096
/** Rows among which a column that has more of them shows it. */
const FIRST_ROWS = 20_000
/**
 * Rows that are kept together. Whether a row is read is decided for these at once: of a page's fifty items the texts of as many times so many
 * are unpacked. Fewer would make every other question slower.
 */
const ROW_GROUP = 24_576

export interface DeriveOptions {
  /** Where derived databases lie; made when it is not there. */
  readonly folder: string
  readonly threads?: number
  readonly memoryLimit?: string
  readonly mostRows?: number
  /** Tables that are copied however large they are. */
  readonly always?: readonly string[]
  /** Tables that no question reads. */
  readonly except?: readonly string[]
  /**
   * Conditions on the rows of a table: those that meet the first stand together before all others, then those that meet the second, and so
   * on. Questions that want few rows of one kind then pass over the others unread.
   */
  readonly apart?: ReadonlyMap<string, readonly Sql[]>
  /** Order of the rows of a table that stand together; absent: that of the files. */
  readonly orders?: ReadonlyMap<string, Sql>
  /** Column of a table by whose numbers few of its rows are looked up. */
  readonly keys?: ReadonlyMap<string, string>
}

/**
 * Makes a native database from a snapshot's Parquet files, to be attached instead of them. Tables keep their order, except for rows that
 * are set apart or put in another one; texts that repeat become enumerations, one for each column name, in the order of the texts, and others are kept as they
 * are: compressed, one of them was read with all its neighbours. It is never the truth: without it, everything works as well. Where a good one lies already, nothing is done.
 */
export async function deriveDatabase({ id, tables: all, readAs, increments }: SnapshotTables, options: DeriveOptions): Promise<void> {
  const { folder, threads, memoryLimit } = options
  // What its origin came with lies in the database of that one.
  const from = increments?.added ?? all
  if (await trustedTables(derivedFiles(folder, id), from).catch(() => undefined)) return
  await mkdir(folder, { recursive: true })
  await sweepAside(folder)
  const aside = path.join(folder, `${ASIDE}${process.pid}-${randomUUID()}`)
  try {
    const builder = await openBuilder({ file: aside, rowGroup: ROW_GROUP, spillFolder: `${aside}.spill`, threads, memoryLimit })
    let tables: readonly string[]
    try {
      tables =
        (increments && (await copyAlike(builder, { ...increments, readAs }, options))) ??
        (await inTransaction(builder, () => copyTables(builder, { tables: from, readAs }, options)))
      await builder.run(sql`CHECKPOINT`)
    } finally {
      builder.close()
    }
    await publish(aside, { id, tables: from, folder, copied: tables })
  } finally {
    for (const left of [aside, `${aside}.wal`, `${aside}.spill`, `${aside}.json`]) await rm(left, { recursive: true, force: true })
  }
}

async function publish(
  aside: string,
  made: { id: string; folder: string; tables: ReadonlyMap<string, readonly string[]>; copied: readonly string[] },
): Promise<void> {
  const { database, record } = derivedFiles(made.folder, made.id)
  await writeFile(`${aside}.json`, `${JSON.stringify(await recordOf(aside, made.tables, made.copied))}\n`)
  await sync(aside)
  await sync(`${aside}.json`)
  await removeDerived(made.folder, made.id)
  // What is noted comes last: a database without it is none.
  await rename(aside, database)
  await rename(`${aside}.json`, record)
}

/** @returns names of the tables that were small enough */
async function copyTables(
  builder: Builder,
  { tables, readAs }: Pick<SnapshotTables, 'tables' | 'readAs'>,
  { mostRows = MOST_ROWS, always = [], except = [], apart, orders, keys }: DeriveOptions,
): Promise<string[]> {
  const small: SourceTable[] = []
  const large: SourceTable[] = []
  for (const [name, files] of tables) {
    if (except.includes(name)) continue
    const source = rowsOf({ readAs }, name, files)
    const [counted] = await builder.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM ${source}`)
    const those = Number(counted?.n) > mostRows && !always.includes(name) ? large : small
    those.push({ name, source, columns: await columnsOf(builder, source) })
  }
  const enumerations = await createEnumerations(builder, small, large)
  for (const { name, source, columns } of small) {
    await createTable(builder, name, columns, enumerations)
    const [groups, order] = [apart?.get(name) ?? [], orders?.get(name)]
    const filling = { name, source, numbered: numbered(columns, enumerations), groups }
    await (order ? fillInOrder(builder, { ...filling, order }) : fillByGroup(builder, filling))
    const key = keys?.get(name)
    if (key !== undefined) await builder.run(sql`CREATE INDEX ${ident(`key_of_${name}`)} ON ${ident(name)} (${quotedName(key)})`)
  }
  return small.map(({ name }) => name)
}

interface Filling {
  readonly name: string
  readonly source: Sql
  /** Columns of the table. */
  readonly numbered: Sql
  /** Conditions, each of which puts those rows together that meet none before. */
  readonly groups: readonly Sql[]
}

/** All rows at once: a sort by groups as well takes less than reading everything again for each of them. */
function fillInOrder(builder: Builder, { name, source, numbered, groups, order }: Filling & { readonly order: Sql }): Promise<void> {
  const places = groups.map((condition, place) => sql`WHEN ${condition} THEN ${place}`)
  const group = places.length ? sql`CASE ${join(places, ' ')} ELSE ${groups.length} END, ` : sql``
  return builder.run(
    sql`INSERT INTO ${ident(name)} SELECT * FROM (SELECT ${numbered} FROM ${source}) AS source_rows ORDER BY ${group}${order}`,
  )
}

/** Group by group: a sort would not keep the order of the files. */
async function fillByGroup(builder: Builder, { name, source, numbered, groups }: Filling): Promise<void> {
  for (const place of [...groups.keys(), groups.length]) {
    const others = groups.slice(0, place).map((condition) => sql`(${condition}) IS NOT TRUE`)
    const own = join([sql`TRUE`, ...groups.slice(place, place + 1), ...others], ' AND ')
    await builder.run(sql`INSERT INTO ${ident(name)} SELECT ${numbered} FROM ${source} WHERE ${own}`)
  }
}

interface SourceTable {
  readonly name: string
  readonly source: Sql
  readonly columns: readonly SourceColumn[]
}

/**
 * Columns of one name share an enumeration, so that tables are joined and united by numbers. Those of tables that are left in Parquet have
 * no other texts, so that a value that the enumeration does not know is nowhere. @returns how many texts each has
 */
async function createEnumerations(
  builder: Builder,
  small: readonly SourceTable[],
  large: readonly SourceTable[],
): Promise<ReadonlyMap<string, number>> {
  const texts = new Map<string, Set<string> | undefined>()
  const add = (found: ReadonlyMap<string, ReadonlySet<string> | undefined>) => {
    for (const [column, values] of found) {
      const others = texts.has(column) ? texts.get(column) : new Set<string>()
      texts.set(column, others && values && union(others, values))
    }
  }
  for (const table of small) add(await fewTexts(builder, table))
  for (const { source, columns } of large) {
    for (const column of textColumns(columns)) if (texts.get(column)) add(new Map([[column, await textsUpTo(builder, source, column)]]))
  }
  const made = new Map<string, number>()
  for (const [column, values] of texts) {
    if (!values?.size) continue
    await createEnumeration(builder, enumName(column), await inOrder(builder, values))
    made.set(column, values.size)
  }
  return made
}

/** By the database, so that the order is the one in which it sorts texts. */
async function inOrder(builder: Builder, texts: ReadonlySet<string>): Promise<string[]> {
  const rows = await builder.rows(sql`SELECT unnest(list_sort(from_json(${JSON.stringify([...texts])}, '["VARCHAR"]'))) AS text`)
  return rows.map(({ text }) => String(text))
}

/** The different texts of each text column; undefined where they are too many. */
async function fewTexts(builder: Builder, { source, columns }: SourceTable): Promise<Map<string, ReadonlySet<string> | undefined>> {
  const found = new Map<string, ReadonlySet<string> | undefined>()
  const texts = textColumns(columns)
  if (!texts.length) return found
  const counts = join(texts.map((column, index) => sql`CAST(count(DISTINCT ${quotedName(column)}) AS INTEGER) AS ${ident(`c${index}`)}`))
  // All others are numbered by the files themselves, and their texts are found without a look at the rows.
  const [counted] = await builder.rows(sql`SELECT ${counts} FROM (SELECT * FROM ${source} LIMIT ${FIRST_ROWS}) AS first_rows`)
  for (const [index, column] of texts.entries()) {
    const isFew = Number(counted?.[`c${index}`]) <= MOST_TEXTS
    found.set(column, isFew ? await textsUpTo(builder, source, column) : undefined)
  }
  return found
}

/** The different texts of a column; undefined where they are too many. */
async function textsUpTo(builder: Builder, source: Sql, column: string): Promise<ReadonlySet<string> | undefined> {
  const name = quotedName(column)
  const rows = await builder.rows(sql`SELECT DISTINCT ${name} AS text FROM ${source} WHERE ${name} IS NOT NULL LIMIT ${MOST_TEXTS + 1}`)
  return rows.length <= MOST_TEXTS ? new Set(rows.map(({ text }) => String(text))) : undefined
}

function union(known: ReadonlySet<string>, more: ReadonlySet<string>): Set<string> | undefined {
  const all = new Set([...known, ...more])
  return all.size <= MOST_TEXTS ? all : undefined
}
