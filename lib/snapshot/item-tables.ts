import path from 'node:path'
import { type Builder, writeParquet } from '../engine/duckdb/builder'
import { ident, join, type Sql, sql } from '../engine/sql'
import { dimensionList } from '../history/tables'
import { SPANS } from '../model/unit'
import type { WrittenFile } from './walk/parts'
import type { Walked } from './walk/walk'

/** So many items are joined at a time: joins of all of them would not fit into memory beside each other. */
const SLICE_ITEMS = 1_000_000
const TOLD = ['key', 'title', 'url'] as const

interface ItemTablesOptions {
  readonly builder: Builder
  readonly folder: string
  readonly dimensions: readonly string[]
}

/**
 * Joins what was told of items to what was found out about them, for the usual reading and for each span of the streams' own, and
 * writes it. `observations` are gone afterwards: nothing needs them any more, and nothing is larger.
 */
export async function writeItems({ builder, folder, dimensions }: ItemTablesOptions, { itemTables }: Walked): Promise<WrittenFile[]> {
  const [[, usual] = ['items', 'walked_items'], ...own] = itemTables
  for (const text of TOLD) {
    await builder.run(sql`CREATE TABLE ${told(text)} AS SELECT w.item_ix, o.${ident(text)} AS text
      FROM observations AS o JOIN ${ident(usual)} AS w ON w.${ident(`${text}_row`)} = o.rowid`)
  }
  await builder.run(sql`DROP TABLE observations`)
  await fill(builder, 'items', (slice) => itemRows(usual, dimensions, slice))
  for (const [table, walked] of own) await fill(builder, table, (slice) => itemRowsOfSpan(walked, dimensions, slice))
  const files: WrittenFile[] = []
  for (const table of itemTables.keys()) {
    const name = `${table}.parquet`
    const rows = sql`SELECT * EXCLUDE (digest_low, digest_high) FROM ${ident(table)}`
    files.push({ table, name, rowCount: await writeParquet(builder, rows, path.join(folder, name)) })
  }
  return files
}

/** Rows of a table whose items are of one slice. */
type Slice = (table: Sql) => Sql

async function fill(builder: Builder, table: string, rowsOf: (slice: Slice) => Sql): Promise<void> {
  const [range] = await builder.rows(sql`SELECT min(item_ix) AS first, max(item_ix) AS last FROM item_numbers`)
  const [first, last] = [Number(range?.first ?? 0), Number(range?.last ?? 0)]
  for (let from = first; from <= last; from += SLICE_ITEMS) {
    const rows = rowsOf((name) => sql`(SELECT * FROM ${name} WHERE item_ix >= ${from} AND item_ix < ${from + SLICE_ITEMS})`)
    await builder.run(from === first ? sql`CREATE TABLE ${ident(table)} AS ${rows}` : sql`INSERT INTO ${ident(table)} ${rows}`)
  }
}

function told(text: string): Sql {
  return ident(`told_${text}`)
}

/** `items`: one row per item: who it is, when it began, where it stands at the end of the history. */
function itemRows(walked: string, dimensions: readonly string[], slice: Slice): Sql {
  const texts = TOLD.map((text) => sql`LEFT JOIN ${slice(told(text))} AS ${ident(text)} ON ${ident(text)}.item_ix = w.item_ix`)
  return sql`SELECT w.item_ix, w.stream_ix, CAST(w.stream_id AS VARCHAR) AS stream_id, n.item_id, coalesce(key.text, n.item_id) AS key,
      coalesce(title.text, '') AS title, url.text AS url, ${found(dimensions)}, digest_low, digest_high
    FROM ${slice(ident(walked))} AS w JOIN ${slice(sql`item_numbers`)} AS n ON n.item_ix = w.item_ix ${join(texts, ' ')} ORDER BY w.item_ix`
}

function itemRowsOfSpan(walked: string, dimensions: readonly string[], slice: Slice): Sql {
  return sql`SELECT w.item_ix, w.stream_ix, i.stream_id, i.item_id, i.key, i.title, i.url, ${found(dimensions)}, w.digest_low, w.digest_high
    FROM ${slice(ident(walked))} AS w JOIN ${slice(sql`items`)} AS i ON i.item_ix = w.item_ix ORDER BY w.item_ix`
}

function found(dimensions: readonly string[]): Sql {
  const plain = [
    'created_at',
    'created_day',
    'told_created_at',
    'last_at',
    'change_count',
    'position',
    'stage_id',
    'status',
    'blocked',
    'mark',
  ]
  const starts = SPANS.map((span) => ident(`first_start_day_${span}`))
  return sql`${join([...plain.map(ident), ...starts].map((column) => sql`w.${column}`))}, ${dimensionList(dimensions, 'w')}`
}
