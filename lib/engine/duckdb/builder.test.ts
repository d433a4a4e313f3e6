import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../sql'
import { openBuilder } from './builder'

const ROWS = 1_000_000
/** Takes more than the memory that is allowed below, so that both spill at the same time. */
const sorted = sql`SELECT CAST(sum(length(s)) AS DOUBLE) AS total, CAST(count(*) AS INTEGER) AS n
  FROM (SELECT md5(CAST(range AS VARCHAR)) || repeat('x', 60) AS s FROM range(${ROWS}) ORDER BY s)`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-builder-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a builder beside another one', () => {
  it('spills into a folder of its own, so that both get through', async () => {
    const builder = await openBuilder({ spillFolder: path.join(folder, 'spill'), memoryLimit: '80MB', threads: 1 })
    const beside = await builder.beside()
    try {
      const answers = await Promise.all([builder.rows(sorted), beside.rows(sorted)])
      expect(answers).toEqual([[{ total: ROWS * 92, n: ROWS }], [{ total: ROWS * 92, n: ROWS }]])
    } finally {
      builder.close()
      beside.close()
    }
  })
})

describe('a builder whose tables can be packed', () => {
  const held = sql`SELECT CAST(sum(memory_usage_bytes) AS DOUBLE) AS bytes FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'`
  const contents = sql`SELECT CAST(count(*) AS INTEGER) AS n, CAST(sum(n) AS DOUBLE) AS total, min(word) AS first FROM words`

  it('holds the same rows in a fraction of the memory, and goes on taking more', async () => {
    const builder = await openBuilder({ isPacked: true, threads: 1 })
    try {
      await builder.run(sql`CREATE TABLE words AS SELECT range AS n, 'word ' || range % 50 AS word FROM range(${ROWS})`)
      const [before] = await builder.rows(held)
      await builder.pack()
      const [after] = await builder.rows(held)
      expect(Number(after?.bytes)).toBeLessThan(Number(before?.bytes) / 4)
      await builder.run(sql`INSERT INTO words VALUES (${-1}, 'a word')`)
      expect(await builder.rows(contents)).toEqual([{ n: ROWS + 1, total: (ROWS * (ROWS - 1)) / 2 - 1, first: 'a word' }])
    } finally {
      builder.close()
    }
  })
})
