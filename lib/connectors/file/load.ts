import { closest } from 'fastest-levenshtein'
import { ident, join, quotedName, type Sql, sql } from '../../engine/sql'
import { dimensionColumn } from '../../model/dimension'
import { CANCELLED_STAGE } from '../../model/stage'
import type { ValueStream } from '../../model/value-stream'
import { type Fault, Problem } from '../../problem'
import type { ReadContext } from '../connector'
import type { FileSource } from './options'
import type { FileColumn, FileRelation } from './relation'
import { instantValue, looksAmbiguous, textValue } from './values'

/** Columns of loaded rows, beside one `dim_<name>` per dimension. */
const TEXT_FIELDS = ['item', 'state', 'key', 'title', 'url', 'blocked'] as const

interface WantedColumn {
  /** What the column is for, as people call it: `columns.state`, `dimensions.team`. */
  readonly role: string
  readonly column: string
  readonly as: Sql
  readonly isTime: boolean
}

/** The rows of one relation by our names. */
export interface LoadedRows {
  /** Stands in a FROM clause: `source_row` and every wanted column, times as UTC instants beside their text (`changed_at`, `changed_at_text`). */
  readonly from: Sql
  readonly rowCount: number
}

/**
 * Makes the wanted columns of a relation readable by our names. What takes long to read is kept in the table `loaded`: rows are gone
 * through several times. @throws Problem for columns that are not there and times that could be read in two ways
 */
export async function loadRows(context: ReadContext, source: FileSource, file: string, relation: FileRelation): Promise<LoadedRows> {
  const { session } = context
  const found = matchColumns(wantedColumns(context, source), relation.columns, file)
  const rows = namedRows(context, source, relation, found)
  const from = relation.isQuick ? sql`(${rows}) AS loaded` : sql`loaded`
  if (!relation.isQuick) await session.run(sql`CREATE OR REPLACE TABLE loaded AS ${rows}`)
  if (source.timestamps.format === undefined) await refuseAmbiguousTimes(context, { file, from }, found)
  const [count] = await session.rows(sql`SELECT count(*) AS n FROM ${from}`)
  return { from, rowCount: Number(count?.n ?? 0) }
}

function namedRows(
  { stream }: ReadContext,
  source: FileSource,
  { from, numbered }: FileRelation,
  found: ReturnType<typeof matchColumns>,
): Sql {
  const format = { format: source.timestamps.format, timezone: source.timestamps.timezone ?? stream.timezone }
  const inner = found.map(({ want, column }) =>
    want.isTime && column.type !== 'VARCHAR'
      ? sql`${quotedName(column.name)} AS ${want.as}`
      : sql`${textValue(quotedName(column.name), source.nulls)} AS ${want.as}`,
  )
  const outer = found.map(({ want, column }) =>
    want.isTime
      ? sql`${instantValue(want.as, column.type, format)} AS ${want.as}, ${timeText(want.as, column.type)} AS ${ident(`${plain(want.as)}_text`)}`
      : want.as,
  )
  const number = numbered ? sql`file_row_number + 1` : sql`row_number() OVER ()`
  return sql`SELECT source_row, ${join(outer)} FROM (SELECT ${number} AS source_row, ${join(inner)} FROM ${numbered ?? from})`
}

/** A time as the file writes it, for whoever must be told that it is none; what is typed as a time is one. */
function timeText(column: Sql, type: string): Sql {
  return type.startsWith('TIMESTAMP') || type === 'DATE' ? sql`CAST(NULL AS VARCHAR)` : sql`CAST(${column} AS VARCHAR)`
}

/** Lines of a CSV file that are no rows go to `rejects` with what is wrong with them. */
export async function rejectBrokenLines(context: ReadContext, file: string, relation: FileRelation): Promise<void> {
  if (!relation.errors) return
  await context.session.run(sql`INSERT INTO rejects
    SELECT ${context.stream.id}, ${file}, line - 1, NULL, 'line', left(any_value(csv_line), 500), any_value(error_message)
    FROM ${ident(relation.errors)} GROUP BY line ORDER BY line`)
}

/** Name of the time column of a stage in loaded rows. */
export function stageColumn(step: number): string {
  return `stage_${step}`
}

/** Stages that have a date column, in the order of the stream; cancellation comes last. @throws Problem for a stage that is none */
export function datedStages(stream: ValueStream, source: FileSource): { stageId: string; step: number }[] {
  const order = [...stream.stages.map((stage) => stage.id), CANCELLED_STAGE]
  const faults = Object.keys(source.stageColumns)
    .filter((stageId) => !order.includes(stageId))
    .map((stageId) => ({
      where: `stream ${stream.id}, stageColumns`,
      message: `did you mean "${closest(stageId, order)}"?`,
      value: `"${stageId}"`,
      allowed: order,
    }))
  if (faults.length) throw new Problem('unknown-stage', 'A source names a stage that its stream does not have', { faults })
  return order.map((stageId, step) => ({ stageId, step })).filter(({ stageId }) => stageId in source.stageColumns)
}

function wantedColumns(context: ReadContext, source: FileSource): WantedColumn[] {
  const wanted: WantedColumn[] = []
  for (const field of TEXT_FIELDS) {
    const column = source.columns[field]
    if (column !== undefined) wanted.push({ role: `columns.${field}`, column, as: ident(field), isTime: false })
  }
  for (const [field, as] of [
    ['at', 'changed_at'],
    ['created', 'created_at'],
  ] as const) {
    const column = source.columns[field]
    if (column !== undefined) wanted.push({ role: `columns.${field}`, column, as: ident(as), isTime: true })
  }
  for (const [name, { column }] of Object.entries(source.dimensions)) {
    wanted.push({ role: `dimensions.${name}`, column, as: ident(dimensionColumn(name)), isTime: false })
  }
  for (const { stageId, step } of datedStages(context.stream, source)) {
    wanted.push({ role: `stageColumns.${stageId}`, column: source.stageColumns[stageId] ?? '', as: ident(stageColumn(step)), isTime: true })
  }
  return wanted
}

function matchColumns(wanted: readonly WantedColumn[], columns: readonly FileColumn[], file: string) {
  const names = columns.map((column) => column.name)
  const faults: Fault[] = []
  const found = wanted.flatMap((want) => {
    const column = columns.find(({ name }) => name === want.column) ?? columns.find(({ name }) => sameName(name, want.column))
    if (!column) faults.push(missingColumn(want, names, file))
    return column ? [{ want, column }] : []
  })
  if (faults.length) throw new Problem('missing-column', `${file} lacks columns that the configuration names`, { faults })
  return found
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}

function missingColumn(want: WantedColumn, names: readonly string[], file: string): Fault {
  const nearest = names.length ? closest(want.column, [...names]) : undefined
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`
  return { where: `${file}, ${want.role}`, message: `there is no column "${want.column}"${hint}`, allowed: names.slice(0, 60) }
}

async function refuseAmbiguousTimes(
  context: ReadContext,
  { file, from }: { readonly file: string; readonly from: Sql },
  found: ReturnType<typeof matchColumns>,
): Promise<void> {
  for (const { want, column } of found) {
    if (!want.isTime || column.type !== 'VARCHAR') continue
    const text = ident(`${plain(want.as)}_text`)
    const [row] = await context.session.rows(sql`SELECT ${text} AS example FROM ${from} WHERE ${looksAmbiguous(text)} LIMIT 1`)
    if (row) {
      throw new Problem('ambiguous-time', `${file} has times whose day and month can't be told apart`, {
        faults: [
          {
            where: `stream ${context.stream.id}, ${want.role} ("${column.name}")`,
            message: 'give timestamps.format, for example "%d/%m/%Y %H:%M" (day first) or "%m/%d/%Y %I:%M:%S %p" (month first)',
            value: `"${row.example}"`,
          },
        ],
      })
    }
  }
}

function plain(name: Sql): string {
  return name.texts[0] ?? ''
}
