import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Connection } from './connection'

let instance: DuckDBInstance
let connection: Connection

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:')
  connection = new Connection(await instance.connect())
})

afterAll(() => {
  connection.close()
  instance.closeSync()
})

async function answerOf(text: string, params: Record<string, string | number | null> = {}): Promise<unknown> {
  return (await (await connection.run(text, params)).getRows())[0]?.[0]
}

describe('Connection', () => {
  it('answers the same text with other values, also of other types', async () => {
    const text = 'SELECT $p0 || $p1'
    expect(await answerOf(text, { p0: 'a', p1: 'b' })).toBe('ab')
    expect(await answerOf(text, { p0: 'c', p1: null })).toBe(null)
    expect(await answerOf(text, { p0: 'd', p1: 7 })).toBe('d7')
  })

  it('keeps a result while its statement runs again', async () => {
    const first = await connection.run('SELECT n + $p0 FROM range(3000) t(n)', { p0: 1 })
    await connection.run('SELECT n + $p0 FROM range(3000) t(n)', { p0: 9 })
    expect((await first.getRows()).at(-1)).toEqual([3000n])
  })

  it('reads views that were made anew once it has forgotten its plans', async () => {
    const text = 'SELECT max(n) FROM numbers'
    await connection.run('CREATE VIEW numbers AS SELECT 1 AS n', {})
    expect(await answerOf(text)).toBe(1)
    await connection.run("CREATE OR REPLACE VIEW numbers AS SELECT 'two' AS n", {})
    connection.forget()
    expect(await answerOf(text)).toBe('two')
  })

  it('runs a text again that failed with other values', async () => {
    const text = 'SELECT CAST($p0 AS INTEGER)'
    await expect(answerOf(text, { p0: 'many' })).rejects.toThrow('many')
    expect(await answerOf(text, { p0: '12' })).toBe(12)
  })

  it('lets go of a database that nobody reads any more', async () => {
    const other = 'SELECT count(*) FROM other.numbers'
    await connection.run("ATTACH ':memory:' AS other", {})
    await connection.run('CREATE TABLE other.numbers AS SELECT 1 AS n', {})
    expect(await answerOf(other)).toBe(1n)
    connection.forget()
    await connection.run('DETACH other', {})
    await expect(answerOf(other)).rejects.toThrow('other')
  })

  it('answers more texts than it keeps', async () => {
    for (let round = 0; round < 2; round++) for (let n = 0; n < 250; n++) expect(await answerOf(`SELECT ${n} + $p0`, { p0: 1 })).toBe(n + 1)
  })
})
