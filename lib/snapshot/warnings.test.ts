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
    const { portfolio, lastDay } = snapshot.manifest
    return await figureWarnings(builder, { portfolio, lastDay, hasStageLevels: true })
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

  it('names levels of stages that the changes do not add up to', async () => {
    const told = await warnings(
      sql`UPDATE cube_stage_levels SET behind_count = behind_count + 1 WHERE stage_id = 'done' AND stream_id IS NULL`,
    )
    expect(told).toEqual([
      expect.stringMatching(/"levels of stages = cube of levels" does not hold in 1 places, for example all streams stage done/),
    ])
  })

  const own = sql`item_ix = (SELECT item_ix FROM items WHERE item_id = '1')`
  const second = sql`WHERE ${own} AND visit_ix = 2`
  const onDoing = sql`WHERE ${own} AND position = 1`
  it.each<[string, string, Sql]>([
    ['a visit is missing', 'visits: done from 2024-03-08', sql`DELETE FROM visits ${second}`],
    ['the first visit is missing', 'visits: doing from 2024-03-05', sql`DELETE FROM visits WHERE ${own} AND visit_ix = 1`],
    ['the last visit is missing', 'visits: doing from 2024-03-05', sql`DELETE FROM visits WHERE ${own} AND visit_ix = 3`],
    ['a visit stands twice', 'visits: doing from 2024-03-05', sql`INSERT INTO visits SELECT * FROM visits ${second}`],
    ['a visit begins late', 'visits: doing from 2024-03-05', sql`UPDATE visits SET entered_at = entered_at + INTERVAL 1 HOUR ${second}`],
    ['a visit goes on beside another', 'visits: done from 2024-03-08', sql`UPDATE visits SET left_at = NULL ${second}`],
    [
      'a visit ends before it begins, and the next begins then',
      'visits: doing from 2024-03-05',
      sql`UPDATE visits SET left_at = CASE visit_ix WHEN 2 THEN entered_at - INTERVAL 1 HOUR ELSE left_at END,
        entered_at = CASE visit_ix WHEN 3 THEN TIMESTAMP '2024-03-05 09:00' ELSE entered_at END WHERE ${own}`,
    ],
    ['a spell is missing', 'day-end spells: done from 2024-03-08', sql`DELETE FROM spells ${onDoing}`],
    ['the last spell is missing', 'day-end spells: doing from 2024-03-05', sql`DELETE FROM spells WHERE ${own} AND position = 2`],
    ['a spell begins late', 'day-end spells: doing from 2024-03-06', sql`UPDATE spells SET from_day = from_day + 1 ${onDoing}`],
    ['a spell lasts too long', 'day-end spells: done from 2024-03-08', sql`UPDATE spells SET to_day = to_day + 1 ${onDoing}`],
    [
      'a spell is empty',
      'day-end spells: doing from 2024-03-05',
      sql`INSERT INTO spells SELECT * REPLACE (from_day AS to_day) FROM spells ${onDoing}`,
    ],
  ])('says where the chain of an item breaks: %s', async (_, where, change) => {
    const [chain, stage] = where.split(': ')
    const told = (await warnings(change)).filter((text) => text.includes('follow each other'))
    expect(told).toEqual([
      expect.stringMatching(
        `"${chain} follow each other .*" does not hold in 1 places, for example small item number \\d+, in ${stage} on;`,
      ),
    ])
  })

  it('takes as an example the item of which it says where it breaks', async () => {
    const told = await warnings(sql`UPDATE visits SET item_ix = item_ix + 8, visit_ix = visit_ix + 1`)
    expect(told).toContainEqual(expect.stringContaining('in 2 places, for example small item number 10, in doing from 2024-03-05 on;'))
  })
})
