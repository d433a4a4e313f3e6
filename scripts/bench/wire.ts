import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { encodeArrow } from '@/lib/engine/encode/arrow'
import { Sql } from '@/lib/engine/sql'
import { type Spread, spreadOf } from './quartiles'
import { openRawDuckdb, quoted } from './rivals/duckdb'
import { interleaved } from './rounds'

/** What it takes to get an answer of so many rows out as bytes. */
export interface WireResult {
  readonly rows: number
  /** The query with its chunks fetched and left alone. */
  readonly query: Spread
  readonly arrow: Spread
  readonly json: Spread
  readonly arrowBytes: number
  readonly jsonBytes: number
}

const SIZES = [100_000, 1_000_000]
const RUNS = 7

/** Query → chunks → Arrow as the product does it, against query → row objects → JSON, by turns. */
export async function benchWire(home: string): Promise<WireResult[]> {
  const folder = path.join(home, 'wire')
  await mkdir(folder, { recursive: true })
  const engine = await openDuckdb({ readable: [folder] })
  const duckdb = await openRawDuckdb(path.join(home, 'competitors'))
  try {
    const results: WireResult[] = []
    for (const rows of SIZES) {
      const file = quoted(path.join(folder, `${rows}.parquet`))
      await duckdb.run(`COPY (${rowsOf(rows)}) TO ${file} (FORMAT parquet, COMPRESSION zstd)`)
      const text = `SELECT item, day, days, team FROM ${file}`
      results.push(
        await measure(rows, {
          query: async () => void (await duckdb.fetch(text)),
          arrow: async () => encodeArrow(await engine.query(new Sql([text], []))).length,
          json: async () => Buffer.from(JSON.stringify(await duckdb.objects(text))).length,
        }),
      )
    }
    return results
  } finally {
    duckdb.close()
    await engine.close()
  }
}

/** An item, a day, a length and a team: what a scatterplot takes. */
function rowsOf(rows: number): string {
  return `SELECT CAST(range AS INTEGER) AS item, CAST(20000 + range % 1100 AS INTEGER) AS day, CAST(range % 977 AS DOUBLE) / 7 AS days,
    'Team ' || (range % 12) AS team FROM range(${rows})`
}

type Ways = Readonly<Record<'query' | 'arrow' | 'json', () => Promise<number | undefined>>>

async function measure(rows: number, ways: Ways): Promise<WireResult> {
  const times = { query: [] as number[], arrow: [] as number[], json: [] as number[] }
  const bytes = { query: 0, arrow: 0, json: 0 }
  const names = ['query', 'arrow', 'json'] as const
  for (const name of names) bytes[name] = (await ways[name]()) ?? 0
  for (const turn of interleaved(names.map((name) => ({ name, runs: RUNS })))) {
    const name = turn as (typeof names)[number]
    const started = performance.now()
    await ways[name]()
    times[name].push(performance.now() - started)
  }
  return {
    rows,
    query: spreadOf(times.query),
    arrow: spreadOf(times.arrow),
    json: spreadOf(times.json),
    arrowBytes: bytes.arrow,
    jsonBytes: bytes.json,
  }
}
