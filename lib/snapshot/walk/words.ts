import type { Builder } from '../../engine/duckdb/builder'
import { ident, join, sql } from '../../engine/sql'
import { inTextOrder } from '../../engine/text-order'
import { dimensionColumn } from '../../model/dimension'
import { mappedTexts } from '../../model/mapping'
import type { Portfolio } from '../../model/portfolio'
import { STATUSES } from './follow'
import { readingTexts } from './reading'
import { ledgerFields, YES } from './tables/changes'
import { Vocabulary } from './vocabulary'

const WORDS = 'words'

/** Collects every text of states, reasons and dimensions and makes the ENUM `words` of them. */
export async function collectWords(builder: Builder, portfolio: Portfolio, dimensions: readonly string[]): Promise<Vocabulary> {
  const columns = ['state', 'blocked_reason', ...dimensions.map(dimensionColumn)]
  const each = columns.map((name) => sql`SELECT DISTINCT ${ident(name)} AS word FROM observations`)
  const told = await builder.rows(sql`SELECT DISTINCT word FROM (${join(each, ' UNION ALL ')}) WHERE word IS NOT NULL`)
  const own = [...readingTexts(portfolio.streams), ...mappedTexts(portfolio), ...STATUSES, ...ledgerFields(dimensions), YES]
  // As the engine sorts texts, so that what is sorted by code is sorted by text.
  const texts = [...new Set([...told.map(({ word }) => String(word)), ...own])].sort(inTextOrder)
  await createWords(builder, texts)
  return new Vocabulary(WORDS, texts)
}

/** Makes the ENUM `words` in a database. */
export async function createWords(builder: Builder, texts: readonly string[]): Promise<void> {
  await builder.run(sql`CREATE TABLE word_list (place INTEGER, word VARCHAR)`)
  await builder.append('word_list', {
    rowCount: texts.length,
    columns: [
      { name: 'place', kind: 'int', values: Int32Array.from(texts, (_, place) => place) },
      { name: 'word', kind: 'text', values: texts },
    ],
  })
  await builder.run(sql`CREATE TYPE ${ident(WORDS)} AS ENUM (SELECT word FROM word_list ORDER BY place)`)
}

/** How many texts the ENUM `words` of a database has. */
export async function wordCount(builder: Builder): Promise<number> {
  const [counted] = await builder.rows(sql`SELECT CAST(len(enum_range(CAST(NULL AS ${ident(WORDS)}))) AS DOUBLE) AS n`)
  return Number(counted?.n)
}
