import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { tableFromIPC } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ColumnTable, toRows } from '../columns'
import { arrowPieces, encodeArrow } from '../encode/arrow'
import { readColumns } from './read'

let instance: DuckDBInstance
let connection: DuckDBConnection
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:')
  connection = await instance.connect()
})
afterAll(() => {
  connection.closeSync()
  instance.closeSync()
})

async function read(query: string): Promise<ColumnTable> {
  return readColumns(await connection.run(query))
}

/** What the driver itself makes of each value, in the words of a column table. */
async function slowly(query: string): Promise<unknown[]> {
  const result = await connection.run(query)
  return (await result.getRowObjects()).map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])))
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  if ('days' in value) return value.days
  return 'micros' in value ? Number(value.micros) / 1000 : value
}

const GAPS = (every: number, value: string) => `CASE WHEN n % ${every} <> 1 THEN ${value} END`
const EVERY_KIND = `SELECT
    ${GAPS(3, 'CAST(n - 5000 AS INTEGER)')} AS int,
    CAST(n % 100 - 50 AS SMALLINT) AS small,
    CAST(n % 100 - 50 AS TINYINT) AS tiny,
    ${GAPS(7, 'n * 400_000 - 2_000_000_000')} AS big,
    ${GAPS(5, 'n / 7')} AS ratio,
    ${GAPS(4, 'n % 3 = 0')} AS flag,
    ${GAPS(6, "DATE '1969-12-20' + CAST(n AS INTEGER)")} AS on_day,
    ${GAPS(2, "TIMESTAMP '1969-12-31 23:59:59.999' + to_microseconds(n * 86_400_000_123)")} AS at,
    ${GAPS(9, "['', 'a', 'twelve bytes', 'thirteen byte', 'ünïcödé 🙂', 'a longer text than fits'][n % 6 + 1]")} AS few,
    ${GAPS(8, "'item ' || n")} AS many,
    ${GAPS(10, "CAST(['low', 'high', 'mid'][n % 3 + 1] AS ENUM ('mid', 'unused', 'low', 'high'))")} AS level,
    CAST(NULL AS VARCHAR) AS never
  FROM range(10_001) r(n)`

describe('readColumns', () => {
  it('reads every kind as the driver reads it value by value, gaps included', async () => {
    expect(toRows(await read(EVERY_KIND))).toEqual(await slowly(EVERY_KIND))
  })

  it('knows the kinds of an answer without rows', async () => {
    const table = await read(`FROM (${EVERY_KIND}) LIMIT 0`)
    expect(table.columns.map(({ kind }) => kind)).toEqual([
      'int',
      'int',
      'int',
      'int',
      'float',
      'bool',
      'day',
      'instant',
      'text',
      'text',
      'text',
      'text',
    ])
  })

  it('makes one string of a text that many rows have', async () => {
    const { columns } = await read("SELECT 'team ' || n % 7 AS team FROM range(5000) r(n)")
    expect(columns[0]?.dictionary?.texts).toEqual(['team 0', 'team 1', 'team 2', 'team 3', 'team 4', 'team 5', 'team 6'])
  })

  it.each(['2147483648', '-2147483649', '4294967295', '9007199254740993'])('refuses %s, which does not fit', async (value) => {
    await expect(read(`SELECT CAST(${value} AS BIGINT) AS n`)).rejects.toThrow('column n holds')
  })

  it.each(['2147483647', '-2147483648', '-1', '0'])('takes %s, which does', async (value) => {
    expect(toRows(await read(`SELECT CAST(${value} AS BIGINT) AS n`))).toEqual([{ n: Number(value) }])
  })

  it('takes no notice of what lies in a gap', async () => {
    expect(toRows(await read('SELECT CASE WHEN n > 0 THEN 5_000_000_000 * (n - 1) END AS n FROM range(2) r(n)'))).toEqual([
      { n: null },
      { n: 0 },
    ])
  })

  it('puts nothing into gaps, so that equal answers are equal in their bytes', async () => {
    const { columns } =
      await read(`SELECT ${GAPS(2, 'CAST(n * 7 AS INTEGER)')} AS int, ${GAPS(2, 'n / 7')} AS ratio, ${GAPS(2, 'n % 3 > 0')} AS flag,
      ${GAPS(2, "DATE '2020-01-01' + CAST(n AS INTEGER)")} AS on_day, ${GAPS(2, "TIMESTAMP '2020-01-01' + to_days(CAST(n AS INTEGER))")} AS at FROM range(5000) r(n)`)
    for (const { values, valid } of columns) {
      const inGaps = Array.from(values as Float64Array).filter((_, row) => valid?.[row] === 0)
      expect([inGaps.length, inGaps.some((value) => value !== 0)]).toEqual([2500, false])
    }
  })

  it.each(['CAST(1 AS HUGEINT)', '[1]', 'CAST(1 AS DECIMAL(9, 2))'])('names a column of a type that needs a cast: %s', async (value) => {
    await expect(read(`SELECT ${value} AS odd`)).rejects.toThrow('column odd has the type')
  })
})

describe('Arrow of what was read', () => {
  it('is the same whether texts come as texts or as an enumeration', async () => {
    const values = "['low', 'high', 'mid'][n % 3 + 1]"
    const texts = await read(`SELECT ${GAPS(5, values)} AS level FROM range(3000) r(n)`)
    const numbers = await read(
      `SELECT ${GAPS(5, `CAST(${values} AS ENUM ('mid', 'secret', 'low', 'high'))`)} AS level FROM range(3000) r(n)`,
    )
    const cells = { rowCount: 3000, columns: [{ name: 'level', kind: 'text' as const, values: texts.columns[0]?.values ?? [] }] }
    expect(encodeArrow(numbers)).toEqual(encodeArrow(texts))
    expect(encodeArrow(cells)).toEqual(encodeArrow(texts))
    expect(Buffer.from(encodeArrow(numbers)).includes('secret')).toBe(false)
  })

  it('of many rows is several batches with the same rows', async () => {
    const query = `SELECT CAST(n AS INTEGER) AS n, ${GAPS(3, 'n % 2 = 0')} AS flag, ${GAPS(5, "'item ' || n % 40_000")} AS text,
      ${GAPS(7, 'CAST(n % 2 AS VARCHAR)')} AS narrow, ${GAPS(70_000, 'n / 4')} AS ratio, TIMESTAMP '2020-01-01' + to_seconds(n) AS at FROM range(140_001) r(n)`
    const table = await read(query)
    const pieces = [...arrowPieces(table)]
    const bytes = Buffer.concat(pieces)
    expect(bytes.equals(encodeArrow(table))).toBe(true)
    const decoded = tableFromIPC(bytes)
    expect(decoded.batches.map(({ numRows }) => numRows)).toEqual([65_536, 65_536, 8929])
    const rows = toRows(table)
    for (let row = 0; row < table.rowCount; row += row % 65_536 < 9 || row > 139_990 ? 1 : 97) {
      const found = Object.fromEntries(table.columns.map(({ name }) => [name, decoded.getChild(name)?.get(row) ?? null]))
      expect(found).toEqual(rows[row])
    }
  })
})
