import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import { memoryShare } from './memory'

it.each([
  ['8GB', 2, '4GB'],
  ['1.5 GiB', 2, '0.75GiB'],
  ['60%', 4, '15%'],
  [undefined, 2, '40%'],
])('%s in %d parts is %s, which DuckDB takes', async (limit, parts, share) => {
  expect(memoryShare(limit, parts)).toBe(share)
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: share })
  instance.closeSync()
})
