import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { STREAMS } from './company'
import { DEMO_TEXT_COLUMNS, type DemoBatch } from './demo-log'
import { demoSeries } from './series'
import { simulate } from './simulate'
import { DEMO_FROM, DEMO_TO } from './story'
import { type History, localDate, mappedStages, type Row, readHistories } from './testing/histories'
import type { DemoTruth } from './truth'

function hashOf(batches: readonly DemoBatch[]): string {
  const hash = createHash('sha256')
  for (const batch of batches) {
    hash.update(`${batch.stream} ${batch.rowCount}`)
    for (const column of [batch.at, batch.created, batch.blocked]) {
      hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
    }
    for (const name of DEMO_TEXT_COLUMNS) hash.update(batch.text[name].join('\u0001'))
  }
  return hash.digest('hex')
}

let histories: History[]
let batches: DemoBatch[]
let truth: DemoTruth

beforeAll(async () => {
  const run = await readHistories({ seed: 1, batchRows: 20_000 })
  histories = run.histories
  batches = run.batches
  truth = run.truth
})

describe('simulate', () => {
  it('makes the same bytes from the same seed, and others from another', async () => {
    const again = await readHistories({ seed: 1, batchRows: 20_000 })
    expect(hashOf(again.batches)).toBe(hashOf(batches))
    expect(again.truth).toEqual(truth)
    expect(demoSeries(1, again.truth)).toEqual(demoSeries(1, truth))
    const other = await readHistories({ seed: 2, items: 900 })
    expect(Math.abs(other.truth.item_count - 900)).toBeLessThan(120)
    expect(other.histories[0]).not.toEqual(histories[0])
  })

  it('makes about as many items as it is asked for, and counts what it made', async () => {
    expect(histories.length).toBe(truth.item_count)
    expect(Math.abs(truth.item_count - 30_000)).toBeLessThan(1200)
    expect(batches.reduce((sum, batch) => sum + batch.rowCount, 0)).toBe(truth.change_count)
    const large = await simulate({ seed: 1, items: 50_000 }, () => undefined)
    expect(Math.abs(large.item_count - 50_000)).toBeLessThan(2000)
  })

  it('waits for the sink and cuts batches of the size it is told', async () => {
    let open = 0
    let most = 0
    await simulate({ seed: 1, items: 3000, batchRows: 2000 }, async (batch) => {
      open++
      most = Math.max(most, open)
      expect(batch.rowCount).toBeLessThanOrEqual(2000)
      expect(batch.at.length).toBe(batch.rowCount)
      for (const name of DEMO_TEXT_COLUMNS) expect(batch.text[name].length).toBe(batch.rowCount)
      await new Promise((resolve) => setImmediate(resolve))
      open--
    })
    expect(most).toBe(1)
  })

  it('writes the rows of an item in the order of time, with one creation time, on full seconds', () => {
    const wrong = histories.filter(({ created, rows }) => {
      const isOrdered = rows.every((row, index) => row.at % 1000 === 0 && row.at >= (rows[index - 1]?.at ?? created))
      return !isOrdered || rows[0]?.at !== created
    })
    expect(wrong).toEqual([])
  })

  it('stays inside the span of the log in every zone', () => {
    const wrong = histories.filter(({ stream, created, rows }) => {
      return localDate(stream, created) < DEMO_FROM || localDate(stream, rows.at(-1)?.at ?? 0) >= DEMO_TO
    })
    expect(wrong).toEqual([])
  })

  it('changes something with every row', () => {
    const facts = (row: Row | undefined) => JSON.stringify({ ...row, at: 0 })
    expect(histories.filter(({ rows }) => rows.some((row, index) => facts(row) === facts(rows[index - 1])))).toEqual([])
  })

  it('has one unmapped state, used by a handful of items, and no other', () => {
    const known = new Set(STREAMS.flatMap((plan) => [...mappedStages(plan).keys(), ...plan.cancelledStates]))
    const strange = histories.filter((history) => history.rows.some((row) => !known.has(row.state)))
    expect(new Set(strange.flatMap((history) => history.rows.map((row) => row.state).filter((state) => !known.has(state))))).toEqual(
      new Set(['On hold (legal)']),
    )
    expect(strange.map((history) => history.key).sort()).toEqual([...truth.dirt.unmapped_items].sort())
    expect(strange.length).toBeLessThan(25)
  })

  it('gives every item an id and a key of its own', () => {
    expect(new Set(histories.map((history) => history.key)).size).toBe(histories.length)
    expect(new Set(histories.map((history) => history.id)).size).toBe(histories.length)
  })

  it('writes titles that read like titles, and many of them', () => {
    expect(histories.filter(({ title }) => !/^[A-Z][^{}*]{9,89}$/.test(title))).toEqual([])
    const titles = new Set(histories.filter((history) => history.stream !== 'customer-care').map((history) => history.title))
    expect(titles.size).toBeGreaterThan(8000)
  })

  it('says why an item is blocked exactly while it is blocked', () => {
    expect(histories.filter(({ rows }) => rows.some((row) => (row.blockReason !== '') !== row.blocked))).toEqual([])
  })
})

describe('demoSeries', () => {
  it('has a value for each of the 36 months', () => {
    for (const { csv } of demoSeries(1, truth)) {
      const lines = csv.trimEnd().split('\n')
      expect(lines[0]).toBe('date,value')
      expect(lines.length).toBe(37)
      expect(lines[1]).toMatch(/^2022-10-31,\d/)
      expect(lines[36]).toMatch(/^2025-09-30,\d/)
    }
  })
})
