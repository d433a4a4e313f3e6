import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cell, type ColumnKind, fromRows, type Row } from '../columns'
import { openBuilder } from '../duckdb/builder'
import { literal, sql } from '../sql'
import { encodeArrow } from './arrow'
import { plainCell } from './cell-text'
import { encodeCsv } from './csv'
import { encodeJson } from './json'
import { encodeParquet } from './parquet'
import { encodeTextTable } from './text-table'

const KINDS = new Map<string, ColumnKind>([
  ['count', 'int'],
  ['ratio', 'float'],
  ['name', 'text'],
  ['flag', 'bool'],
  ['on', 'day'],
  ['at', 'instant'],
])

const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  count: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  ratio: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  name: fc.option(
    fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom('', '=1+1', 'a,b', '"q"', 'x\r\ny', ' lead', "o'clock")),
  ),
  flag: fc.option(fc.boolean()),
  on: fc.option(fc.integer({ min: -10_000, max: 60_000 })),
  at: fc.option(fc.integer({ min: -1_000_000_000_000, max: 4_000_000_000_000 })),
})

const tables = fc.array(rowArbitrary, { maxLength: 40 }).map((rows) => fromRows(rows, KINDS))

function plainRows(rows: readonly Row[]): Row[] {
  return rows.map((row) => Object.fromEntries([...KINDS].map(([name, kind]) => [name, plainCell(row[name] ?? null, kind)])))
}

function arrowRows(bytes: Uint8Array): Row[] {
  const table = tableFromIPC(bytes)
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(
      [...KINDS].map(([name, kind]) => {
        const value = table.getChild(name)?.get(row) ?? null
        const number = kind === 'day' && value !== null ? value / 86_400_000 : value
        return [name, plainCell((typeof number === 'bigint' ? Number(number) : number) as Cell, kind)]
      }),
    ),
  )
}

/** CSV carries texts only: what the columns are, the reader must know. */
function csvRows(text: string): Row[] {
  const [, ...records] = parse(text, { cast: (value, context) => (value === '' && !context.quoting ? null : value) }) as (string | null)[][]
  return records.map((record) => Object.fromEntries([...KINDS].map(([name, kind], index) => [name, fromCsv(record[index] ?? null, kind)])))
}

function fromCsv(value: string | null, kind: ColumnKind): Cell {
  if (value === null) return null
  if (kind === 'int' || kind === 'float') return Number(value)
  return kind === 'bool' ? value === 'true' : value
}

describe('encoders', () => {
  it('carry the same rows as Arrow, JSON and CSV', () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary, { maxLength: 40 }), (rows) => {
        const table = fromRows(rows, KINDS)
        const expected = plainRows(rows)
        expect(JSON.parse(encodeJson(table))).toEqual(expected)
        expect(arrowRows(encodeArrow(table))).toEqual(expected)
        expect(csvRows(encodeCsv(table))).toEqual(expected)
      }),
    )
  })

  it('give equal bytes for equal tables', () => {
    fc.assert(
      fc.property(tables, (table) => Buffer.from(encodeArrow(table, { a: 1 })).equals(Buffer.from(encodeArrow(table, { a: 1 })))),
      { numRuns: 20 },
    )
  })

  it('carry metadata in the Arrow schema', () => {
    const bytes = encodeArrow(fromRows([], KINDS), { metric: 'wip' })
    expect(JSON.parse(tableFromIPC(bytes).schema.metadata.get('streamgauge') ?? '')).toEqual({ metric: 'wip' })
  })

  it('write Parquet with real column types', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-'))
    const file = path.join(folder, "it's.parquet")
    const rows: Row[] = [
      { count: 1, ratio: 0.5, name: "o'clock", flag: true, on: 16_800, at: 1_450_000_000_001 },
      { count: null, ratio: null, name: null, flag: null, on: null, at: null },
    ]
    const builder = await openBuilder()
    try {
      await writeFile(file, await encodeParquet(fromRows(rows, KINDS), { title: "O'Elm" }))
      expect(await builder.rows(sql`SELECT * FROM read_parquet(${literal(file)})`)).toEqual(rows)
      const types = await builder.rows(sql`DESCRIBE SELECT * FROM read_parquet(${literal(file)})`)
      expect(types.map((row) => row.column_type)).toEqual(['INTEGER', 'DOUBLE', 'VARCHAR', 'BOOLEAN', 'DATE', 'TIMESTAMP'])
      const [told] = await builder.rows(sql`SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(${literal(file)})`)
      expect(told).toEqual({ key: 'streamgauge', value: '{"title":"O\'Elm"}' })
      expect(await encodeParquet(fromRows(rows, KINDS), { a: 1 })).toEqual(await encodeParquet(fromRows(rows, KINDS), { a: 1 }))
      expect((await encodeParquet(fromRows([], KINDS))).byteLength).toBeGreaterThan(0)
    } finally {
      builder.close()
      await rm(folder, { recursive: true })
    }
  })

  it('append more rows than a chunk holds, gaps included', async () => {
    const rows: Row[] = Array.from({ length: 5000 }, (_, index) => ({
      count: index % 3 ? index : null,
      name: index % 5 ? `n${index}` : null,
    }))
    const kinds = new Map<string, ColumnKind>([
      ['count', 'int'],
      ['name', 'text'],
    ])
    const builder = await openBuilder()
    try {
      await builder.run(sql`CREATE TABLE t (count INTEGER, name VARCHAR)`)
      await builder.append('t', fromRows(rows, kinds))
      expect(await builder.rows(sql`SELECT * FROM t`)).toEqual(rows)
    } finally {
      builder.close()
    }
  })

  it('draw a table for a terminal that no value can command', () => {
    const table = fromRows([{ count: 12, ratio: 1 / 3, name: 'a\u001b[31m', flag: false, on: 0, at: 0 }], KINDS)
    expect(encodeTextTable(table).split('\n')).toEqual([
      'count     ratio  name    flag  on          at',
      '─────  ────────  ──────  ────  ──────────  ────────────────────────',
      '   12  0.333333  a [31m  no    1970-01-01  1970-01-01T00:00:00.000Z',
      '',
    ])
  })
})
