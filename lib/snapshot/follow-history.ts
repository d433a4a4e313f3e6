import path from 'node:path'
import { parquet } from '../engine/duckdb/parquet'
import { ident, join, list, type Sql, sql } from '../engine/sql'
import { numberItems, rejectImpossible, rejectStateless } from '../history/normalise'
import type { WorkCalendar } from '../model/value-stream'
import { both } from './both'
import { writeItems } from './item-tables'
import type { WrittenFile } from './walk/parts'
import { type Walked, type WalkOptions, walkHistory } from './walk/walk'

/** What is known of a history beside its tables. */
export interface FollowedHistory extends Pick<Walked, 'firstDay' | 'lastDay' | 'changes' | 'states' | 'former'> {
  readonly files: readonly WrittenFile[]
}

export interface FollowOptions extends WalkOptions {
  /** What else is to be done as soon as items have their numbers, while they are followed. */
  readonly beside?: () => Promise<void>
  /** Number of the first item. */
  readonly firstItem?: number
  /** Days that the calendar has to span, whatever the history does. */
  readonly span?: { readonly firstDay: number; readonly lastDay: number }
}

/**
 * Turns `observations` into all tables that follow from each item's own history, as Parquet files in the folder and as views of
 * the same names in the builder. What was put right is counted in `repairs`, what can't be used goes to `rejects`.
 */
export async function followHistory(options: FollowOptions): Promise<FollowedHistory> {
  const { builder, portfolio, progress } = options
  progress('numbering items')
  const streams = portfolio.streams.map(({ id, timezone }, index) => sql`(${id}, ${index}, ${timezone})`)
  await builder.run(sql`CREATE TABLE streams AS SELECT * FROM (VALUES ${join(streams)}) AS t(stream_id, stream_ix, timezone)`)
  for (const statement of [...rejectImpossible(), numberItems(options.firstItem)]) await builder.run(statement)
  progress('ordering the history')
  const [{ walked, files, items }] = await both(walkAndWrite(options), options.beside?.() ?? Promise.resolve())
  await makeViews(options, files)
  const days = spanOf(walked, options.span)
  await builder.run(createCalendar(portfolio.calendar, days.firstDay - 1, days.lastDay + 1))
  return { ...walked, ...days, files: [...files, ...items] }
}

async function walkAndWrite(options: WalkOptions) {
  const walked = await walkHistory(options)
  // The last part of a whole history and the joins of all its items would not fit into memory beside each other.
  if (!options.former) await walked.files
  const [files, items] = await both(walked.files, describeItems(options, walked))
  return { walked, files, items }
}

async function describeItems(options: WalkOptions, walked: Walked): Promise<WrittenFile[]> {
  await noteRepairs(options, walked)
  options.progress('items')
  return writeItems(options, walked)
}

function spanOf({ firstDay, lastDay, changes }: Walked, span: FollowOptions['span']) {
  if (!span) return { firstDay, lastDay }
  return changes ? { firstDay: Math.min(firstDay, span.firstDay), lastDay: Math.max(lastDay, span.lastDay) } : span
}

async function noteRepairs({ builder, portfolio }: WalkOptions, { repairs, stateless }: Walked): Promise<void> {
  await builder.run(sql`CREATE TABLE stateless (item_ix INTEGER)`)
  if (stateless.length) {
    await builder.append('stateless', {
      rowCount: stateless.length,
      columns: [{ name: 'item_ix', kind: 'int', values: Int32Array.from(stateless) }],
    })
    await builder.run(rejectStateless())
  }
  for (const { streamIx, rule, rowCount, itemIx } of repairs.list()) {
    await builder.run(
      sql`INSERT INTO repairs SELECT ${portfolio.streams[streamIx]?.id ?? ''}, ${rule}, ${rowCount}, item_id FROM item_numbers WHERE item_ix = ${itemIx}`,
    )
  }
}

/** The tables that were written, for whatever is made of them. */
async function makeViews({ builder, folder }: WalkOptions, files: readonly WrittenFile[]): Promise<void> {
  const byTable = new Map<string, string[]>()
  for (const { table, name } of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    byTable.set(table, [...(byTable.get(table) ?? []), path.join(folder, name)])
  }
  for (const [table, own] of byTable) await builder.run(sql`CREATE VIEW ${ident(table)} AS FROM ${parquet(own)}`)
}

/** `calendar`: for each day from the day before the history begins to its end, how many working days lie up to and including it. */
function createCalendar(calendar: WorkCalendar, firstDay: number, lastDay: number): Sql {
  const date = sql`(DATE '1970-01-01' + CAST(range AS INTEGER))`
  return sql`CREATE TABLE calendar AS
    SELECT CAST(range AS INTEGER) AS day, CAST(sum(CASE WHEN isodow(${date}) IN ${list(calendar.weekend)}
      OR strftime(${date}, '%Y-%m-%d') IN ${list(calendar.holidays)} THEN 0 ELSE 1 END) OVER (ORDER BY range) AS INTEGER) AS workdays_through
    FROM range(${firstDay}, ${lastDay}) ORDER BY day`
}
