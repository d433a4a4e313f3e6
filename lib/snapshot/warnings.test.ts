import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBuilder } from '@/lib/engine/duckdb/builder'
import { parquet } from '@/lib/engine/duckdb/parquet'
import { ident, type Sql, sql } from '@/lib/engine/sql'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { figureWarnings } from './warnings'

let built: BuiltHistory
beforeAll(async () => {
  const items = [
    smallItem('1', '2024-03-04T10:00 Todo', '2024-03-05T10:00 Doing', '2024-03-08T10:00 Done'),
    smallItem('2', '2024-03-05T10:00 Doing'),
  ]
  built = await buildHistory(smallHistory(smallStream('small', items)))
})
afterAll(() => built.close())

async function warnings(change?: Sql): Promise<string[]> {
  const builder = await openBuilder()
  const { snapshot } = built
  try {
    for (const [table, files] of snapshot.tables) await builder.run(sql`CREATE TABLE ${ident(table)} AS FROM ${parquet(files)}`)
    if (change) await builder.run(change)
    return await figureWarnings(builder, snapshot.manifest.portfolio, snapshot.manifest.lastDay)
  } finally {
    builder.close()
  }
}

describe('figureWarnings', () => {
  it('has nothing to say of tables as they are built', async () => {
    expect(await warnings()).toEqual([])
    expect(built.snapshot.manifest.warnings.filter((text) => text.startsWith('Verification'))).toEqual([])
  })

  it('names what does not hold, so that the snapshot is not published silently', async () => {
    const told = await warnings(sql`UPDATE finishes SET finish_day = finish_day + 1`)
    expect(told).toContainEqual(expect.stringContaining('"bottom line(d) − bottom line(d−1) = first finishes(d)" does not hold'))
  })
})
