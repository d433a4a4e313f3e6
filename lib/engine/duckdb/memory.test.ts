import { totalmem } from 'node:os'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import { memoryShare } from './memory'

const ofMachine = (share: number) => `${Math.floor((totalmem() * share) / 2 ** 20)}MiB`

it.each([
  ['8GB', 2, '4GB'],
  ['1.5 GiB', 2, '0.75GiB'],
  ['512MB', 1, '512MB'],
  ['60%', 4, ofMachine(0.15)],
  [undefined, 2, ofMachine(0.4)],
])('%s in %d parts is %s, which DuckDB takes', async (limit, parts, share) => {
  expect(memoryShare(limit, parts)).toBe(share)
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: share })
  instance.closeSync()
})
