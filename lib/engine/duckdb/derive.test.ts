import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { log } from '../../log'
import { type ColumnTable, type Row, toRows } from '../columns'
import { encodeArrow } from '../encode/arrow'
import { join, Sql, sql } from '../sql'
import { copyToParquet, openBuilder } from './builder'
import { deriveDatabase } from './derive'
import { derivedFiles, removeDerived } from './derived'
import { duckdbDialect } from './dialect'
import { openDuckdb } from './engine'

const GROWN = 'd4e5f6'
const ID = 'a1b2c3'
/** Of DuckDB's files. */
const BLOCK = 262_144
const HEADERS = 3 * 4096
let data: string
let derived: string
let tables: Map<string, readonly string[]>
const warn = vi.spyOn(log, 'warn').mockImplementation(() => {})

beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), "streamgauge-o'derived-"))
  derived = path.join(data, 'derived')
  const file = (name: string) => path.join(data, `${name}.parquet`)
  const builder = await openBuilder()
  const items = (from: number, to: number) => sql`SELECT n AS item_ix, 'item ' || n AS key,
    CASE WHEN n % 7 > 0 THEN ['Zebra', 'an "Elm"', 'O''Brien', 'ümlaut', ''][CAST(hash(n) % 5 AS INTEGER) + 1] END AS team,
    DATE '2020-01-01' + CAST(n % 900 AS INTEGER) AS on_day FROM range(${from}, ${to}) r(n) ORDER BY hash(n)`
  await builder.run(copyToParquet(items(0, 3000), file('items-1')))
  await builder.run(copyToParquet(items(3000, 5000), file('items-2')))
  await builder.run(
    copyToParquet(
      sql`SELECT n AS item_ix, ['Zebra', 'Yak'][n % 2 + 1] AS team, CAST(NULL AS VARCHAR) AS nothing FROM range(100) r(n)`,
      file('visits'),
    ),
  )
  await builder.run(copyToParquet(sql`SELECT 'x' AS team FROM range(0) r(n)`, file('empty')))
  builder.close()
  tables = new Map([
    ['items', [file('items-1'), file('items-2')]],
    ['visits', [file('visits')]],
    ['empty', [file('empty')]],
  ])
})
beforeEach(async () => {
  warn.mockClear()
  await derive()
})
afterAll(() => rm(data, { recursive: true }))

const database = () => derivedFiles(derived, ID).database
const record = () => derivedFiles(derived, ID).record

async function derive(mostRows?: number, always?: readonly string[]): Promise<void> {
  await removeDerived(derived, ID)
  await deriveDatabase({ id: ID, tables }, { folder: derived, mostRows, always })
}

const table = (name: string) => duckdbDialect.table(ID, name)
const raw = (text: string) => new Sql([text], [])
const QUESTIONS: readonly Sql[] = [
  sql`SELECT * FROM ${table('items')}`,
  sql`SELECT team, CAST(count(*) AS INTEGER) AS n, min(team) AS least, max(on_day) AS last FROM ${table('items')} GROUP BY team ORDER BY team NULLS LAST`,
  sql`SELECT key FROM ${table('items')} WHERE team IN (${'Zebra'}, ${'unheard of'}) OR team IS NULL ORDER BY item_ix`,
  sql`SELECT visit.team, item.team AS item_team, item.key FROM ${table('visits')} visit JOIN ${table('items')} item USING (item_ix) WHERE visit.team = item.team ORDER BY item_ix`,
  sql`SELECT coalesce(team, ${'nobody'}) AS team, team < ${'b'} AS low, team || '!' AS loud FROM ${table('items')} ORDER BY item_ix`,
  sql`SELECT team FROM ${table('items')} UNION SELECT team FROM ${table('visits')} ORDER BY team`,
  sql`SELECT team, nothing FROM ${table('visits')} ORDER BY team, item_ix`,
  sql`SELECT * FROM ${table('empty')}`,
  ...['Zebra', "O'Brien", 'Yak', 'unheard of'].flatMap((text) =>
    ['items', 'visits'].map(
      (name) => sql`SELECT item_ix FROM ${table(name)} WHERE team = ${duckdbDialect.text(ID, 'team', text)} ORDER BY item_ix`,
    ),
  ),
  sql`SELECT key FROM ${table('items')} WHERE key IN (${duckdbDialect.text(ID, 'key', 'item 7')}, ${duckdbDialect.text(ID, 'key', 'none')})`,
]

async function ask(folder: string | undefined, questions: readonly Sql[]): Promise<ColumnTable[]> {
  const engine = await openDuckdb({ readable: [data], derived: folder })
  try {
    await engine.attach({ id: ID, tables })
    return await Promise.all(questions.map((question) => engine.query(question)))
  } finally {
    await engine.close()
  }
}

async function sourceOf(name: string): Promise<string> {
  const [found] = await ask(derived, [sql`SELECT sql FROM duckdb_views() WHERE view_name = ${name}`])
  return String((found ? toRows(found) : ([] as Row[]))[0]?.sql)
}

function hashOf(answer: ColumnTable): string {
  return createHash('sha256').update(encodeArrow(answer)).digest('hex')
}

async function answersAreRight(): Promise<void> {
  const [found, expected] = [await ask(derived, QUESTIONS), await ask(undefined, QUESTIONS)]
  expect(found.map(hashOf)).toEqual(expected.map(hashOf))
}

describe('a derived database', () => {
  it('gives the answers of the Parquet files, byte by byte and in their order', async () => {
    expect(await sourceOf('items')).toContain(`derived_${ID}`)
    await answersAreRight()
    expect(warn).not.toHaveBeenCalled()
  })

  it('keeps texts that repeat as numbers, the same ones in all tables', async () => {
    const [described] = await ask(derived, [
      sql`SELECT table_name || '.' || column_name || ' ' || data_type AS text FROM duckdb_columns()
      WHERE database_name LIKE 'derived_%' AND column_name IN ('team', 'key') ORDER BY text`,
    ])
    const texts = "ENUM('', 'O''Brien', 'Yak', 'Zebra', 'an \"Elm\"', 'ümlaut')"
    expect(described ? toRows(described).map(({ text }) => text) : []).toEqual([
      `empty.team ${texts}`,
      `items.key VARCHAR`,
      `items.team ${texts}`,
      `visits.team ${texts}`,
    ])
  })

  it('takes away what a process left that died, and nothing of one that lives', async () => {
    const [dead, alive] = ['.building-999999999-x', `.building-${process.pid}-y`]
    for (const name of [dead, alive]) await writeFile(path.join(derived, name), '')
    await derive()
    const left = await readdir(derived)
    expect([left.includes(dead), left.includes(alive)]).toEqual([false, true])
    await rm(path.join(derived, alive))
  })

  it('leaves large tables in Parquet', async () => {
    await derive(1000)
    expect(await sourceOf('items')).toContain('read_parquet')
    expect(await sourceOf('visits')).toContain(`derived_${ID}`)
    await answersAreRight()
  })

  it('copies a large table that is always to be copied', async () => {
    await derive(1000, ['items'])
    expect(await sourceOf('items')).toContain(`derived_${ID}`)
    await answersAreRight()
  })

  it('leaves in Parquet what was added to a table that its origin leaves there', async () => {
    await derive(1000)
    const [items = [], visits = []] = [tables.get('items'), tables.get('visits')]
    const added = new Map([
      ['items', items],
      ['visits', visits],
      ['placed', visits],
    ])
    const increments = { originId: ID, origin: tables, added, replaced: [], replacedIn: new Set<string>() }
    await deriveDatabase({ id: GROWN, tables, increments }, { folder: derived })
    const record = JSON.parse(await readFile(derivedFiles(derived, GROWN).record, 'utf8')) as { tables: readonly string[] }
    expect(record.tables.toSorted()).toEqual(['placed', 'visits'])
    await removeDerived(derived, GROWN)
  })

  it.each([undefined, 1000])(
    'finds a text that came later, whichever table it is in, where tables up to %s rows are copied',
    async (mostRows) => {
      await derive(mostRows)
      const builder = await openBuilder()
      const later = path.join(data, 'later.parquet')
      await builder.run(copyToParquet(sql`SELECT 9000 AS item_ix, 'new' AS key, 'Newcomer' AS team, DATE '2024-01-01' AS on_day`, later))
      builder.close()
      const all = new Map([...tables, ['items', [...(tables.get('items') ?? []), later]]])
      const increments = { originId: ID, origin: tables, added: new Map([['items', [later]]]), replaced: [], replacedIn: new Set<string>() }
      const grown = { id: GROWN, tables: all, increments }
      await deriveDatabase(grown, { folder: derived })
      const counts = async (folder?: string) => {
        const engine = await openDuckdb({ readable: [data], derived: folder })
        await engine.attach(grown)
        const countOf = async (text: string) => {
          const isMeant = sql`team = ${duckdbDialect.text(GROWN, 'team', text)}`
          const from = duckdbDialect.table(GROWN, 'items')
          return toRows(await engine.query(sql`SELECT CAST(count(*) AS INTEGER) AS n FROM ${from} WHERE ${isMeant}`))[0]?.n
        }
        const found = [await countOf('Newcomer'), await countOf('Zebra'), await countOf('unheard of')]
        await engine.close()
        return found
      }
      const [found, expected] = [await counts(derived), await counts()]
      expect(expected).toEqual([1, expect.toSatisfy((n) => n > 100), 0])
      expect(found).toEqual(expected)
      await removeDerived(derived, GROWN)
    },
  )

  it('puts rows that are set apart before the others, those of the first condition first', async () => {
    await removeDerived(derived, ID)
    const apart = new Map([['items', [sql`team = ${'Zebra'}`, sql`item_ix % 2 = 1`]]])
    await deriveDatabase({ id: ID, tables }, { folder: derived, apart })
    const rows = async (folder?: string) => {
      const [answer] = await ask(folder, [sql`SELECT item_ix, team FROM ${table('items')}`])
      return answer ? toRows(answer) : []
    }
    const [found, all] = [await rows(derived), await rows()]
    const groupOf = (row: Row) => (row.team === 'Zebra' ? 0 : Number(row.item_ix) % 2 === 1 ? 1 : 2)
    expect(found).toEqual(all.toSorted((a, b) => groupOf(a) - groupOf(b)))
    expect(found).not.toEqual(all)
  })

  it('puts rows that stand together in the order that is asked for', async () => {
    await removeDerived(derived, ID)
    const [apart, orders] = [new Map([['items', [sql`team = ${'Zebra'}`]]]), new Map([['items', sql`on_day, item_ix`]])]
    await deriveDatabase({ id: ID, tables }, { folder: derived, apart, orders })
    const [answer] = await ask(derived, [sql`SELECT item_ix, team, on_day FROM ${table('items')}`])
    const found = answer ? toRows(answer) : []
    const placeOf = (row: Row) => [row.team === 'Zebra' ? 0 : 1, Number(row.on_day), Number(row.item_ix)] as const
    const sorted = found.toSorted((a, b) => {
      const [one, other] = [placeOf(a), placeOf(b)]
      return one[0] - other[0] || one[1] - other[1] || one[2] - other[2]
    })
    expect(found).toHaveLength(5000)
    expect(found).toEqual(sorted)
  })

  it('looks rows up by the key of a table, those of a page at once', async () => {
    const wanted = sql`SELECT item.key FROM (VALUES ${join(Array.from({ length: 100 }, (_, place) => sql`(${place * 49})`))}) page(item_ix)
      JOIN ${table('items')} item USING (item_ix) ORDER BY item.key`
    const find = async () => {
      const [found, plan] = await ask(derived, [wanted, sql`EXPLAIN ANALYZE ${wanted}`])
      return { hash: found && hashOf(found), plan: JSON.stringify(plan ? toRows(plan) : []) }
    }
    const without = await find()
    await removeDerived(derived, ID)
    await deriveDatabase({ id: ID, tables }, { folder: derived, keys: new Map([['items', 'item_ix']]) })
    const withKey = await find()
    expect(without.plan).not.toContain('Index Scan')
    expect(withKey.plan).toContain('Index Scan')
    expect(withKey.hash).toBe(without.hash)
    await answersAreRight()
  })

  it('is made again where it is not as it should be, and only there', async () => {
    const made = async () => (await stat(database())).ino
    const first = await made()
    await deriveDatabase({ id: ID, tables }, { folder: derived })
    expect(await made()).toBe(first)
    await writeFile(record(), (await readFile(record(), 'utf8')).replace('"layout":', '"layout":9'))
    const aside = await open(database())
    await deriveDatabase({ id: ID, tables }, { folder: derived })
    expect(await made()).not.toBe(first)
    await aside.close()
    await answersAreRight()
    expect(warn).not.toHaveBeenCalled()
    expect((await readdir(derived)).sort()).toEqual([`${ID}.duckdb`, `${ID}.json`])
  })

  it('is opened by several at once', async () => {
    const engines = await Promise.all([1, 2].map(() => openDuckdb({ readable: [data], derived })))
    for (const engine of engines) await engine.attach({ id: ID, tables })
    const counts = await Promise.all(engines.map((engine) => engine.query(sql`SELECT count(*) AS n FROM ${table('items')}`)))
    expect(counts.flatMap(toRows)).toEqual([{ n: 5000 }, { n: 5000 }])
    for (const engine of engines) await engine.close()
    expect(warn).not.toHaveBeenCalled()
  })

  it.each<[string, () => Promise<unknown>]>([
    ['half of it', async () => truncate(database(), Math.floor((await stat(database())).size / 2))],
    ['nothing of it', () => writeFile(database(), '')],
    ['something else in its place', async () => writeFile(database(), 'x'.repeat((await stat(database())).size))],
    ['it gone, and its record left', () => rm(database())],
    ['a torn record', async () => writeFile(record(), (await readFile(record(), 'utf8')).slice(0, 20))],
    ['another layout', async () => writeFile(record(), (await readFile(record(), 'utf8')).replace('"layout":', '"layout":9'))],
    [
      'a table that it does not hold',
      async () => {
        await derive(1000)
        await writeFile(record(), (await readFile(record(), 'utf8')).replace('"tables":[', '"tables":["items",'))
      },
    ],
    [
      'Parquet of another size',
      async () => writeFile(record(), (await readFile(record(), 'utf8')).replace(/items-1\.parquet \d+/, 'items-1.parquet 7')),
    ],
  ])('is not used and warned of: %s', async (_, damage) => {
    await damage()
    await answersAreRight()
    expect(warn).toHaveBeenCalled()
  })

  it('is left when a part of it turns out to be damaged, whichever it is', async () => {
    const { size } = await stat(database())
    for (let at = HEADERS; at < size; at += BLOCK) {
      await derive()
      const file = await open(database(), 'r+')
      await file.write('damage', at + 2000)
      await file.close()
      await answersAreRight()
    }
    expect(warn).toHaveBeenCalled()
  })

  it('is not missed', async () => {
    await removeDerived(derived, ID)
    await removeDerived(derived, ID)
    expect(await readdir(derived)).toEqual([])
    await answersAreRight()
    expect(warn).not.toHaveBeenCalled()
  })

  it('may go while it is in use', async () => {
    const engine = await openDuckdb({ readable: [data], derived })
    await engine.attach({ id: ID, tables })
    await removeDerived(derived, ID)
    expect(toRows(await engine.query(sql`SELECT count(*) AS n FROM ${table('items')}`))).toEqual([{ n: 5000 }])
    await engine.attach({ id: 'another', tables: new Map() })
    const databases = await engine.query(
      sql`SELECT CAST(count(*) AS INTEGER) AS n FROM duckdb_databases() WHERE database_name LIKE 'derived_%'`,
    )
    expect(toRows(databases)).toEqual([{ n: 0 }])
    expect(toRows(await engine.query(sql`SELECT count(*) AS n FROM ${table('items')}`))).toEqual([{ n: 5000 }])
    await engine.close()
  })

  it('opens no other file, and is not written to', async () => {
    const engine = await openDuckdb({ readable: [path.join(data, 'snapshots')], derived })
    await copyFile(derivedFiles(derived, ID).database, path.join(data, 'other.duckdb'))
    for (const text of [
      `ATTACH '${path.join(data, 'other.duckdb').replaceAll("'", "''")}' AS other (READ_ONLY)`,
      `FROM read_text('${path.join(data, '*').replaceAll("'", "''")}')`,
      "FROM read_csv('/etc/passwd')",
      'SET enable_external_access = true',
    ]) {
      await expect(engine.query(raw(text))).rejects.toThrow(/Permission|lock|locked|disabled|not allowed/i)
    }
    await engine.close()
    const reader = await openDuckdb({ readable: [data], derived })
    await reader.attach({ id: ID, tables })
    await expect(reader.query(raw(`DELETE FROM derived_${ID}.items`))).rejects.toThrow(/read-only/)
    await reader.close()
  })
})
