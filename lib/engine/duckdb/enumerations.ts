import { join, literal, quotedName, sql } from '../sql'
import type { Builder } from './builder'

const PREFIX = 'texts of '

/** Name of the enumeration of the texts of all columns of a name. */
export function enumName(column: string): string {
  return `${PREFIX}${column}`
}

/** The column name that an enumeration belongs to. */
export function columnOfEnum(name: string): string {
  return name.slice(PREFIX.length)
}

/** @param texts in the order in which the database sorts them */
export function createEnumeration(builder: Builder, name: string, texts: readonly string[]): Promise<void> {
  return builder.run(sql`CREATE TYPE ${quotedName(name)} AS ENUM (${join(texts.map(literal))})`)
}
