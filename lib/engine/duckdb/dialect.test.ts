import { describe, expect, it } from 'vitest'
import { GRAINS } from '../../model/unit'
import { periodStart } from '../../time/grain'
import { toRows } from '../columns'
import { sql } from '../sql'
import { duckdbDialect } from './dialect'
import { openDuckdb } from './engine'

/** 1956 to 2052. */
const [FIRST, LAST] = [-5_000, 30_000]

describe('the first day of a period', () => {
  it.each(GRAINS)('is that of the calendar, a %s', async (grain) => {
    const engine = await openDuckdb({ readable: [] })
    try {
      const days = duckdbDialect.series(FIRST, LAST)
      const rows = toRows(
        await engine.query(sql`SELECT n AS day, ${duckdbDialect.periodStart(sql`n`, grain)} AS start FROM ${days} AS days`),
      )
      expect(rows).toHaveLength(LAST - FIRST + 1)
      expect(rows.filter(({ day, start }) => start !== periodStart(Number(day), grain))).toEqual([])
    } finally {
      await engine.close()
    }
  })
})

describe('integers as a relation', () => {
  it.each([[[]], [[7]], [[3, -1, 3, 2_000_000_000]]])('are those of the list: %j', async (values) => {
    const engine = await openDuckdb({ readable: [] })
    try {
      const rows = toRows(await engine.query(sql`SELECT n FROM ${duckdbDialect.integers(values)} AS listed`))
      expect(rows.map(({ n }) => n)).toEqual(values)
    } finally {
      await engine.close()
    }
  })
})
