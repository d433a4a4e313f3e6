import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Builder, openBuilder } from '@/lib/engine/duckdb/builder'
import { sql } from '@/lib/engine/sql'
import { ZoneClock } from './zone-clock'

const FROM = Date.UTC(1995, 0, 1) * 1000
const TO = Date.UTC(2035, 0, 1) * 1000
const SEED = 4

let builder: Builder
beforeAll(async () => {
  builder = await openBuilder()
})
afterAll(() => builder.close())

async function engineDay(zone: string, at: number): Promise<number> {
  const [row] = await builder.rows(sql`SELECT CAST(date_diff('day', DATE '1970-01-01',
    CAST(timezone(${zone}, timezone('UTC', make_timestamp(CAST(${at} AS BIGINT)))) AS DATE)) AS INTEGER) AS day`)
  return Number(row?.day)
}

describe('ZoneClock', () => {
  it.each(['UTC', 'Europe/Zurich', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu', 'Australia/Lord_Howe'])(
    `tells the day that the engine tells in %s, seed ${SEED}`,
    async (zone) => {
      const clock = await ZoneClock.open(builder, zone, FROM, TO)
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: FROM / 1000, max: TO / 1000 }), async (ms) => {
          expect(clock.dayOf(ms * 1000)).toBe(await engineDay(zone, ms * 1000))
        }),
        { seed: SEED, numRuns: 60 },
      )
    },
  )

  it('knows the hours around midnight at which a clock changes', async () => {
    const clock = await ZoneClock.open(builder, 'Pacific/Apia', FROM, TO)
    for (const text of [
      '2011-12-30T09:59:59Z',
      '2011-12-30T10:00:00Z',
      '2011-12-30T10:14:00Z',
      '2009-09-26T11:30:00Z',
      '2010-04-03T14:00:00Z',
    ]) {
      const at = Date.parse(text) * 1000
      expect(clock.dayOf(at), text).toBe(await engineDay('Pacific/Apia', at))
    }
  })
})
