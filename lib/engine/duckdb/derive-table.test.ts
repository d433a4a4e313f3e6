import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Row } from '../columns'
import { join, literal, quotedName, type Sql, sql } from '../sql'
import { type Builder, copyToParquet, openBuilder } from './builder'
import { columnsOf, createTable, numbered } from './derive-table'
import { createEnumeration, enumName } from './enumerations'
import { parquet } from './parquet'

/** Up to `MOST_LISTED` texts are found by a function, more by a cast; and so many are numbered at most. */
const COUNTS = [1, 255, 256, 512, 513, 4_096]
const STRANGE = ['', ' ', '"', "'", '%', 'Ä', 'a', 'b', 'ü', '日本']

let folder: string
let builder: Builder
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-numbered-'))
  builder = await openBuilder()
})
afterEach(async () => {
  builder.close()
  await rm(folder, { recursive: true, force: true })
})

/** A file of rows, and how to read it. */
async function inFile(query: Sql): Promise<Sql> {
  const file = path.join(folder, 'rows.parquet')
  await builder.run(copyToParquet(query, file))
  return parquet([file])
}

/** The rows of a file as the table of a derived database holds them, `texts` of each of its columns as numbers. */
async function copied(source: Sql, texts: ReadonlyMap<string, readonly string[]>): Promise<{ rows: Row[]; types: string[] }> {
  for (const [column, own] of texts) await createEnumeration(builder, enumName(column), own)
  const columns = await columnsOf(builder, source)
  const counts = new Map([...texts].map(([column, { length }]) => [column, length]))
  await createTable(builder, 'copied', columns, counts)
  const rows = sql`SELECT ${numbered(columns, counts)} FROM ${source}`
  const types = (await columnsOf(builder, sql`(${rows})`)).map(({ name, type }) => `${name} ${type.replace(/\(.*/s, '')}`)
  await builder.run(sql`INSERT INTO copied SELECT * FROM (${rows}) AS numbers`)
  return { rows: await builder.rows(sql`FROM copied`), types }
}

function textsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, place) => `text ${`${place}`.padStart(5, '0')}`)
}

describe('texts by number', () => {
  it.each(COUNTS)('are the texts of the file, row by row, and absent where these are: %i of them', async (count) => {
    const texts = textsUpTo(count)
    // Each text, and again in another order, with gaps between them.
    const source =
      await inFile(sql`SELECT n, CASE WHEN n % 3 < 2 THEN 'text ' || lpad(CAST(n * 7 // 3 % ${count} AS VARCHAR), 5, '0') END AS team
      FROM range(${3 * count + 3_000}) r(n)`)
    const { rows, types } = await copied(source, new Map([['team', texts]]))
    expect(types).toEqual(['n BIGINT', 'team ENUM'])
    const expected = await builder.rows(sql`FROM ${source}`)
    expect(new Set(expected.map(({ team }) => team))).toEqual(new Set([...texts, null]))
    expect(rows).toEqual(expected)
  })

  it.each(COUNTS)('are in the order of the texts, those that are absent last: %i of them', async (count) => {
    const source = await inFile(sql`SELECT CASE WHEN n > 0 THEN 'text ' || lpad(CAST(hash(n) % ${count} AS VARCHAR), 5, '0') END AS team
      FROM range(${2 * count}) r(n)`)
    await copied(source, new Map([['team', textsUpTo(count)]]))
    const [inOrder, expected] = await Promise.all(
      [sql`copied`, source].map((from) =>
        builder.rows(sql`SELECT CAST(team AS VARCHAR) AS team FROM (SELECT team FROM ${from} ORDER BY team) AS sorted`),
      ),
    )
    expect(inOrder).toEqual(expected)
  })

  it('may be any text', async () => {
    const source = await inFile(sql`SELECT unnest([${join(STRANGE.map(literal))}, NULL]) AS ${quotedName('of "whom"')}`)
    const { rows, types } = await copied(source, new Map([['of "whom"', STRANGE]]))
    expect(types).toEqual(['of "whom" ENUM'])
    expect(rows.map((row) => row['of "whom"'])).toEqual([...STRANGE, null])
  })

  it('are none of a table without rows, nor of a column without texts', async () => {
    const texts = new Map([['team', ['a']]])
    expect(await copied(await inFile(sql`SELECT 'a' AS team WHERE FALSE`), texts)).toEqual({ rows: [], types: ['team ENUM'] })
    await builder.run(sql`DROP TABLE copied; DROP TYPE ${quotedName(enumName('team'))}`)
    const { rows } = await copied(await inFile(sql`SELECT CAST(NULL AS VARCHAR) AS team FROM range(3)`), texts)
    expect(rows).toEqual([{ team: null }, { team: null }, { team: null }])
  })

  it('stand for those columns alone that have an enumeration', async () => {
    const source = await inFile(sql`SELECT 'a' AS team, 'b' AS title, 1 AS type`)
    expect(await copied(source, new Map([['team', ['a', 'b']]]))).toEqual({
      rows: [{ team: 'a', title: 'b', type: 1 }],
      types: ['team ENUM', 'title VARCHAR', 'type INTEGER'],
    })
    expect(numbered(await columnsOf(builder, source), new Map())).toEqual(sql`*`)
  })
})
