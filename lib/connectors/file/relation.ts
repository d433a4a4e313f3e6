import { parse } from 'csv-parse/sync'
import { join, literal, type Sql, sql } from '../../engine/sql'
import type { BuildSession } from '../../history/session'
import { Problem } from '../../problem'
import type { SourceFile } from './files'

/** A column as the file has it; `type` is DuckDB's name, VARCHAR for everything in a text file. */
export interface FileColumn {
  readonly name: string
  readonly type: string
}

/** A file that can stand in a FROM clause. */
export interface FileRelation {
  readonly from: Sql
  readonly columns: readonly FileColumn[]
  /** Whether a few of its columns are read again without much ado. */
  readonly isQuick?: boolean
  /** The same with the number of each row in `file_row_number`, the first is 0: rows that are counted as they come are read by one thread. */
  readonly numbered?: Sql
  /** Table that gathers the lines that are no rows; only for CSV. */
  readonly errors?: string
  /** Only of a CSV file, and only when it is no comma. */
  readonly delimiter?: string
}

export interface CsvOptions {
  readonly delimiter?: string
  readonly encoding?: string
}

const DELIMITERS = [',', ';', '\t', '|'] as const
/** What the engine calls the number of a row. */
const ROW_NUMBER = 'file_row_number'
const LONGEST_LINE = 10_000_000

/** Makes a file readable as a relation whose text columns are left as they are: nothing is guessed from values. */
export async function openRelation(session: BuildSession, file: SourceFile, options: CsvOptions, errors: string): Promise<FileRelation> {
  if (file.format === 'csv') return csvRelation(file, options, errors)
  if (file.format === 'parquet') return parquetRelation(session, file)
  return jsonRelation(session, file)
}

async function parquetRelation(session: BuildSession, file: SourceFile): Promise<FileRelation> {
  const relation = await describe(session, file, sql`read_parquet(${literal(file.path)}, hive_partitioning = false)`)
  if (relation.columns.some(({ name }) => name.toLowerCase() === ROW_NUMBER)) return { ...relation, isQuick: true }
  const numbered = sql`read_parquet(${literal(file.path)}, hive_partitioning = false, file_row_number = true)`
  return { ...relation, isQuick: true, numbered }
}

function csvRelation(file: SourceFile, options: CsvOptions, errors: string): FileRelation {
  const encoding = options.encoding ?? 'utf-8'
  const header = firstLine(file, encoding)
  const delimiter = options.delimiter ?? mostFrequent(header)
  const names = uniqueNames(parse(header, { delimiter, bom: true, relax_quotes: true, trim: true })[0] as string[])
  const columns = names.map((name) => ({ name, type: 'VARCHAR' }))
  const struct = join(names.map((name) => sql`${literal(name)}: 'VARCHAR'`))
  const from = sql`read_csv(${literal(file.path)}, auto_detect = false, header = true, delim = ${literal(delimiter)}, quote = '"', escape = '"',
    columns = {${struct}}, encoding = ${literal(encoding)}, max_line_size = ${literalNumber(LONGEST_LINE)}, null_padding = false,
    store_rejects = true, rejects_table = ${literal(errors)}, rejects_scan = ${literal(`${errors}_scan`)}, rejects_limit = 0)`
  return { from, columns, errors, ...(delimiter === ',' ? {} : { delimiter }) }
}

function literalNumber(value: number): Sql {
  return literal(String(value))
}

function firstLine(file: SourceFile, encoding: string): string {
  const text = new TextDecoder(encoding).decode(file.head)
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  if (!line.trim()) throw unreadable(file, 'its first line, which must name the columns, is blank')
  if (line.includes('\0')) throw unreadable(file, 'it is no text: give its encoding (utf-8, utf-16, latin-1)')
  return line
}

function mostFrequent(header: string): string {
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name, index) => {
    const base = name || `column_${index + 1}`
    const count = (seen.get(base.toLowerCase()) ?? 0) + 1
    seen.set(base.toLowerCase(), count)
    return count === 1 ? base : `${base}_${count}`
  })
}

/** Reads every member as text, so that no time loses its zone to a guessed type. */
async function jsonRelation(session: BuildSession, file: SourceFile): Promise<FileRelation> {
  const format = literal(file.format === 'ndjson' ? 'newline_delimited' : 'auto')
  const guessed = await describe(session, file, sql`read_json(${literal(file.path)}, format = ${format}, maximum_object_size = 100000000)`)
  const struct = join(guessed.columns.map((column) => sql`${literal(column.name)}: 'VARCHAR'`))
  const from = sql`read_json(${literal(file.path)}, format = ${format}, maximum_object_size = 100000000, columns = {${struct}})`
  return { from, columns: guessed.columns.map((column) => ({ name: column.name, type: 'VARCHAR' })) }
}

async function describe(session: BuildSession, file: SourceFile, from: Sql): Promise<FileRelation> {
  try {
    const rows = await session.rows(sql`DESCRIBE SELECT * FROM ${from}`)
    return { from, columns: rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) })) }
  } catch (error) {
    throw unreadable(file, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
}

function unreadable(file: SourceFile, reason: string): Problem {
  return new Problem('unreadable-file', "A source file can't be read", { faults: [{ where: file.name, message: reason }] })
}
