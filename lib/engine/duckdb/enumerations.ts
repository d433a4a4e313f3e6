import { join, literal, quotedName, sql } from '../sql'
import type { Builder } from './builder'

/** Name of the enumeration of the texts of all columns of a name. */
export function enumName(column: string): string {
  return `texts of ${column}`
}

/** @param texts in the order in which the database sorts them */
export function createEnumeration(builder: Builder, name: string, texts: readonly string[]): Promise<void> {
  return builder.run(sql`CREATE TYPE ${quotedName(name)} AS ENUM (${join(texts.map(literal))})`)
}
