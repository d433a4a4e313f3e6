import { ident, join, quotedName, Sql, sql } from '../sql'
import type { Builder } from './builder'
import { enumName } from './enumerations'

export interface SourceColumn {
  readonly name: string
  /** As the database writes it. */
  readonly type: string
}

/** More texts than these are not looked through from the first on. */
const MOST_LISTED = 512

export async function columnsOf(builder: Builder, source: Sql): Promise<SourceColumn[]> {
  const rows = await builder.rows(sql`SELECT column_name AS name, column_type AS type FROM (DESCRIBE FROM ${source})`)
  return rows.map(({ name, type }) => ({ name: String(name), type: String(type) }))
}

export function textColumns(columns: readonly SourceColumn[]): string[] {
  return columns.filter(({ type }) => type === 'VARCHAR').map(({ name }) => name)
}

/**
 * An empty table for rows of these columns. Texts of the columns in `numbered` are enumerations; others stand as they are, since of
 * compressed ones a whole row group is unpacked for each that is wanted.
 */
export function createTable(
  builder: Builder,
  table: string,
  columns: readonly SourceColumn[],
  numbered: ReadonlySet<string> | ReadonlyMap<string, unknown>,
): Promise<void> {
  const defined = columns.map(({ name, type }) => {
    if (numbered.has(name)) return sql`${quotedName(name)} ${quotedName(enumName(name))}`
    const stored = new Sql([type === 'VARCHAR' ? `${type} USING COMPRESSION uncompressed` : type], [])
    return sql`${quotedName(name)} ${stored}`
  })
  return builder.run(sql`CREATE TABLE ${ident(table)} (${join(defined)})`)
}

/**
 * The columns of rows, texts as numbers, as the table above holds them: sorting these takes less than sorting texts. The database looks up
 * each row's text to cast it, but calls a function once for each text that a file numbers; every one of them must be known.
 * @param enumerations how many texts each has
 */
export function numbered(columns: readonly SourceColumn[], enumerations: ReadonlyMap<string, number>): Sql {
  const texts = textColumns(columns).filter((column) => enumerations.has(column))
  if (!texts.length) return sql`*`
  const numbers = texts.map((column) => {
    const [name, type] = [quotedName(column), quotedName(enumName(column))]
    const known = sql`enum_range(CAST(NULL AS ${type}))`
    return (enumerations.get(column) ?? 0) > MOST_LISTED
      ? sql`CAST(${name} AS ${type}) AS ${name}`
      : sql`list_extract(CAST(${known} AS ${type}[]), list_position(${known}, ${name})) AS ${name}`
  })
  return sql`* REPLACE (${join(numbers)})`
}
