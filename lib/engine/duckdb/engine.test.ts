import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { toRows } from '../columns'
import { type Engine, engineFor } from '../engine'
import { kept as keptOf, type Sql, sql } from '../sql'
import { copyToParquet, openBuilder } from './builder'
import { duckdbDialect } from './dialect'
import { type DuckdbOptions, openDuckdb } from './engine'

const ID = 'a1b2c3'
const kept = (query: Sql) => keptOf(query, sql`TRUE`)
let folder: string
let tables: Map<string, readonly string[]>
let engine: Engine | undefined

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-engine-'))
  const builder = await openBuilder()
  const files = ['visits-1', 'visits-2', 'cube'].map((name) => path.join(folder, `${name}.parquet`))
  const [first = '', second = '', cube = ''] = files
  await builder.run(copyToParquet(sql`SELECT n, hash(n) AS h FROM range(0, 20_000) r(n)`, first))
  await builder.run(copyToParquet(sql`SELECT n, hash(n) AS h FROM range(20_000, 30_000) r(n)`, second))
  await builder.run(copyToParquet(sql`SELECT 7 AS level`, cube))
  builder.close()
  tables = new Map([
    ['visits', [first, second]],
    ['cube', [cube]],
  ])
})
afterEach(() => engine?.close())
afterAll(() => rm(folder, { recursive: true }))

async function opened(options: Partial<DuckdbOptions> = {}): Promise<Engine> {
  engine = await openDuckdb({ readable: [folder], heavyBytes: 10_000, heavyMs: 0, ...options })
  await engine.attach({ id: ID, tables })
  return engine
}

const table = (name: string) => duckdbDialect.table(ID, name)
const LIGHT = () => sql`SELECT level FROM ${table('cube')}`
/** Longer than any test lasts. */
const ENDLESS = () =>
  sql`SELECT CAST(sum(a.n * b.n % 7 + c.n) AS DOUBLE) AS s FROM ${table('visits')} a, ${table('visits')} b, ${table('visits')} c`

async function levelOf(asked: Engine): Promise<unknown> {
  return toRows(await asked.query(LIGHT()))[0]?.level
}

const running = () => new Promise((resolve) => setTimeout(resolve, 50))

describe('the engine', () => {
  it('reads all files of a table', async () => {
    const { query } = await opened().then((asked) => ({ query: (text: Sql) => asked.query(text) }))
    expect(toRows(await query(sql`SELECT count(*) AS n, max(n) AS last FROM ${table('visits')}`))).toEqual([{ n: 30_000, last: 29_999 }])
  })

  it.each([
    { takes: 'less than is worth the waking of others', wideMs: 600_000, small: [1, 1, 1], large: [3, 3, 1] },
    { takes: 'longer', wideMs: 0, small: [1, 1, 3], large: [3, 3, 3] },
  ])('gives all threads to what is large or takes long, and one to all else: what takes $takes', async ({ wideMs, small, large }) => {
    const asked = await opened({ threads: 3, wideMs })
    // What the first time takes decides nothing.
    const threads = async (name: string) => {
      const query = sql`SELECT CAST(current_setting('threads') AS INTEGER) AS threads FROM ${table(name)} LIMIT 1`
      const ask = async () => toRows(await asked.query(query))[0]?.threads
      return [await ask(), await ask(), await ask()]
    }
    expect(await threads('cube')).toEqual(small)
    expect(await threads('visits')).toEqual(large)
  })

  it('stops what nobody waits for any more, and its connection answers the next', async () => {
    const asked = await opened({ connections: 1 })
    for (const wait of [running, () => Promise.resolve()]) {
      const controller = new AbortController()
      const endless = asked.query(ENDLESS(), { signal: controller.signal })
      await wait()
      controller.abort()
      await expect(endless).rejects.toMatchObject({ code: 'cancelled' })
      expect(await levelOf(asked)).toBe(7)
    }
  })

  it('lets a waiting question go while another is still being answered', async () => {
    const asked = await opened({ connections: 1 })
    const [first, second] = [new AbortController(), new AbortController()]
    const endless = asked.query(ENDLESS(), { signal: first.signal })
    const waiting = asked.query(LIGHT(), { signal: second.signal })
    second.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    first.abort()
    await expect(endless).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('asks once for what is kept, and again for anything else', async () => {
    const asked = await opened()
    const drawn = (level: number) => sql`SELECT CAST(random() * 1e9 AS INTEGER) AS drawn FROM ${table('cube')} WHERE level = ${level}`
    const ask = async (query: Sql) => toRows(await asked.query(query))
    const [first, ...same] = await Promise.all([1, 2, 3].map(() => ask(kept(drawn(7)))))
    expect([...same, await ask(kept(drawn(7)))]).toEqual([first, first, first])
    expect(await ask(drawn(7))).not.toEqual(first)
    expect(await ask(kept(drawn(8)))).toEqual([])
  })

  it('holds nothing that is too large, and asks again for what it could not answer', async () => {
    const asked = await opened({ querySeconds: 5 })
    const sized = (rows: number) => kept(sql`SELECT random() AS drawn FROM range(${rows}) r(n)`)
    const lastOf = async (rows: number) => (await asked.query(sized(rows))).columns[0]?.values[rows - 1]
    expect(await lastOf(100_000)).toBe(await lastOf(100_000))
    expect(await lastOf(8_000_000)).not.toBe(await lastOf(8_000_000))
    const controller = new AbortController()
    const endless = asked.query(kept(ENDLESS()), { signal: controller.signal })
    controller.abort()
    await expect(endless).rejects.toMatchObject({ code: 'cancelled' })
    const wrong = () => asked.query(kept(sql`SELECT nothing FROM ${table('cube')}`))
    for (const query of [wrong(), wrong()]) await expect(query).rejects.toMatchObject({ code: 'query-failed' })
  })

  it('stops a query that takes too long and says what to do', async () => {
    const asked = await opened({ connections: 1, querySeconds: 0.1 })
    await expect(asked.query(ENDLESS())).rejects.toMatchObject({ code: 'too-slow', message: expect.stringContaining('Narrow it') })
    expect(await levelOf(asked)).toBe(7)
  })

  it('survives a query that needs more memory than there is', async () => {
    const asked = await opened({ connections: 1, memoryLimit: '40MB' })
    const greedy = sql`SELECT max(len(l)) AS n FROM (SELECT n % 3 AS g, list(n || ' and some more text') AS l FROM range(3_000_000) r(n) GROUP BY g)`
    await expect(asked.query(greedy)).rejects.toMatchObject({ code: 'out-of-memory', status: 503 })
    expect(await levelOf(asked)).toBe(7)
  })

  it('takes the disk for what does not fit into memory, in a folder of its own, and leaves nothing there', async () => {
    const asked = await opened({ memoryLimit: '60MB', threads: 1 })
    const spilled = async () => (await readdir(tmpdir())).filter((name) => name.startsWith(`streamgauge-${process.pid}-`))
    const sorted = sql`SELECT CAST(sum(k % 5) AS DOUBLE) AS s FROM (SELECT row_number() OVER (ORDER BY hash(n)) AS k, 'some text ' || n AS text
      FROM range(1_500_000) r(n)) WHERE text <> ''`
    expect(toRows(await asked.query(sorted))).toEqual([{ s: 3_000_000 }])
    expect(await spilled()).toHaveLength(1)
    await asked.close()
    engine = undefined
    expect(await spilled()).toEqual([])
  })

  it('turns questions away when too many wait', async () => {
    const asked = await opened({ connections: 1, queueLength: 2 })
    const controller = new AbortController()
    const { signal } = controller
    const asker = (name: string) => engineFor(asked, name)
    const known = [asker('a').query(ENDLESS(), { signal }), asker('a').query(LIGHT(), { signal }), asker('b').query(LIGHT(), { signal })]
    await expect(asker('c').query(LIGHT())).rejects.toMatchObject({ code: 'busy', status: 503 })
    controller.abort()
    await Promise.allSettled(known)
    expect(await levelOf(asked)).toBe(7)
  })

  it('answers the light question of one before twenty heavy ones of another', async () => {
    const asked = await opened({ connections: 4 })
    const done: string[] = []
    const heavy = sql`SELECT CAST(sum(hash(a.n + b.n) % 7) AS DOUBLE) AS s FROM ${table('visits')} a, range(40) b(n)`
    const analyst = engineFor(asked, 'analyst')
    const heavies = Array.from({ length: 20 }, (_, number) => analyst.query(heavy).then(() => done.push(`heavy ${number}`)))
    await running()
    const before = done.length
    const chart = engineFor(asked, 'executive')
      .query(LIGHT())
      .then(() => done.push('chart'))
    await Promise.all([...heavies, chart])
    expect(done.indexOf('chart') - before).toBeLessThan(6)
    expect(done).toHaveLength(21)
  })

  it('takes what it has answered quickly for light, however large its tables', async () => {
    const asked = await opened({ connections: 4, heavyMs: 60_000 })
    const quick = sql`SELECT count(*) AS n FROM ${table('visits')}`
    await asked.query(quick)
    const controller = new AbortController()
    const heavies = [1, 2].map(() => asked.query(ENDLESS(), { signal: controller.signal }))
    await running()
    expect(toRows(await asked.query(quick))).toEqual([{ n: 30_000 }])
    controller.abort()
    await Promise.allSettled(heavies)
  })

  it('does not let heavy questions of one wait behind all heavy questions of another', async () => {
    const asked = await opened({ connections: 2 })
    const done: string[] = []
    const heavy = sql`SELECT CAST(sum(hash(a.n + b.n) % 7) AS DOUBLE) AS s FROM ${table('visits')} a, range(20) b(n)`
    const ask = (name: string) =>
      engineFor(asked, name)
        .query(heavy)
        .then(() => done.push(name))
    await Promise.all([...Array.from({ length: 20 }, () => ask('analyst')), ask('executive')])
    expect(done.indexOf('executive')).toBeLessThan(3)
  })
})
