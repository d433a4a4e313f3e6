import { ident, join, type Sql, sql } from '../../engine/sql'
import { dimensionColumn } from '../../model/dimension'
import type { ReadContext } from '../connector'
import { datedStages, stageColumn } from './load'
import type { FileSource } from './options'
import { booleanValue, reasonValue } from './values'

interface Origin {
  readonly from: Sql
  readonly name: string
  readonly sourceIx: number
}

/** Turns loaded rows into `observations`; rows that can't be one go to `rejects`. */
export async function observeRows(context: ReadContext, source: FileSource, origin: Origin): Promise<void> {
  const statements = source.layout === 'stages' ? stageRows(context, source, origin) : changeRows(context, source, origin)
  for (const statement of statements) await context.session.run(statement)
}

function changeRows(context: ReadContext, source: FileSource, origin: Origin): Sql[] {
  const either = (noItem: Sql, noTime: Sql, wrongTime: Sql) =>
    sql`CASE WHEN item IS NULL THEN ${noItem} WHEN changed_at_text IS NULL THEN ${noTime} ELSE ${wrongTime} END`
  return [
    // All at once: hardly any row is rejected, and looking for them takes a scan.
    reject(context, origin, sql`item IS NULL OR changed_at IS NULL`, {
      field: either(sql`'item'`, sql`'at'`, sql`'at'`),
      value: either(sql`NULL`, sql`NULL`, sql`changed_at_text`),
      reason: either(sql`'the row names no item'`, sql`'the row has no time'`, sql`${timeReason(source)}`),
    }),
    insert(context, source, origin, {
      at: sql`changed_at`,
      step: 0,
      state: source.columns.state === undefined ? sql`NULL` : sql`state`,
      condition: sql`item IS NOT NULL AND changed_at IS NOT NULL`,
    }),
  ]
}

/** One row per item: an observation per stage that has a date; the stage's id is the state. */
function stageRows(context: ReadContext, source: FileSource, origin: Origin): Sql[] {
  const dated = datedStages(context.stream, source)
  const times = join(dated.map(({ step }) => ident(stageColumn(step))))
  const named = sql`item IS NOT NULL`
  return [
    reject(context, origin, sql`item IS NULL`, { field: sql`'item'`, value: sql`NULL`, reason: sql`'the row names no item'` }),
    reject(context, origin, sql`${named} AND coalesce(${times}) IS NULL`, {
      field: sql`'stageColumns'`,
      value: sql`NULL`,
      reason: sql`'no stage of this item has a usable date'`,
    }),
    ...dated.flatMap(({ stageId, step }) => {
      const time = ident(stageColumn(step))
      const text = ident(`${stageColumn(step)}_text`)
      return [
        reject(context, origin, sql`${named} AND ${time} IS NULL AND ${text} IS NOT NULL`, {
          field: sql`${`stageColumns.${stageId}`}`,
          value: text,
          reason: sql`${timeReason(source)}`,
        }),
        insert(context, source, origin, { at: time, step, state: sql`${stageId}`, condition: sql`${named} AND ${time} IS NOT NULL` }),
      ]
    }),
  ]
}

function timeReason(source: FileSource): string {
  return source.timestamps.format === undefined
    ? 'not a date or time as ISO 8601 writes it'
    : `not a real time in the format ${source.timestamps.format}`
}

/** What is wrong with a row. */
interface Reason {
  readonly field: Sql
  readonly value: Sql
  readonly reason: Sql
}

function reject(context: ReadContext, origin: Origin, condition: Sql, { field, value, reason }: Reason): Sql {
  return sql`INSERT INTO rejects SELECT ${context.stream.id}, ${origin.name}, source_row, item, ${field}, ${value}, ${reason}
    FROM ${origin.from} WHERE ${condition} ORDER BY source_row`
}

function insert(
  context: ReadContext,
  source: FileSource,
  origin: Origin,
  row: { readonly at: Sql; readonly step: number; readonly state: Sql; readonly condition: Sql },
): Sql {
  const text = (field: 'key' | 'title' | 'url') => (source.columns[field] === undefined ? sql`CAST(NULL AS VARCHAR)` : ident(field))
  const dimensions = context.dimensions.map((name) => (source.dimensions[name] ? ident(dimensionColumn(name)) : sql`CAST(NULL AS VARCHAR)`))
  return sql`INSERT INTO observations
    SELECT ${context.stream.id}, item, ${row.at}, ${origin.sourceIx}, source_row, ${row.step}, ${row.state},
      ${source.columns.blocked === undefined ? sql`NULL, NULL` : sql`${booleanValue(sql`blocked`)}, ${reasonValue(sql`blocked`)}`}, ${text('key')}, ${text('title')}, ${text('url')},
      ${source.columns.created === undefined ? sql`NULL` : sql`created_at`}, ${join(dimensions)}
    FROM ${origin.from} WHERE ${row.condition}`
}
