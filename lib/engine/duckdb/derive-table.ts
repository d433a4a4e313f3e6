import { ident, join, quotedName, Sql, sql } from '../sql'
import type { Builder } from './builder'
import { enumName } from './enumerations'

export interface SourceColumn {
  readonly name: string
  /** As the database writes it. */
  readonly type: string
}

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
  numbered: ReadonlySet<string>,
): Promise<void> {
  const defined = columns.map(({ name, type }) => {
    if (numbered.has(name)) return sql`${quotedName(name)} ${quotedName(enumName(name))}`
    const stored = new Sql([type === 'VARCHAR' ? `${type} USING COMPRESSION uncompressed` : type], [])
    return sql`${quotedName(name)} ${stored}`
  })
  return builder.run(sql`CREATE TABLE ${ident(table)} (${join(defined)})`)
}

/** Rows with their texts as numbers, as the table above holds them: sorting these takes less than sorting texts. */
export function numbered(source: Sql, columns: readonly SourceColumn[], enumerations: ReadonlySet<string>): Sql {
  const texts = textColumns(columns).filter((column) => enumerations.has(column))
  if (!texts.length) return source
  const cast = texts.map((column) => sql`CAST(${quotedName(column)} AS ${quotedName(enumName(column))}) AS ${quotedName(column)}`)
  return sql`(SELECT * REPLACE (${join(cast)}) FROM ${source})`
}
