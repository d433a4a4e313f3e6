import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Builder, openBuilder } from '@/lib/engine/duckdb/builder'
import { sql } from '@/lib/engine/sql'
import { smallStream } from '@/lib/testing/small'
import {
  BANDS_PER_PLACE,
  bandOfCell,
  CELLS_PER_PLACE,
  cellOf,
  cellOfStretch,
  cellsOfBand,
  lengthOfStretch,
  stagePlaces,
  stretchOf,
} from './stretches'

const STREAMS = [smallStream('first', []).stream, smallStream('second', []).stream]
/** A part of a length by which those of one stretch may differ at most. */
const WIDTH = 1 / 2_048
/** Between the first and the last instant that a table can hold. */
const LONGEST = 9_223_372_036_854

let builder: Builder
beforeAll(async () => {
  builder = await openBuilder()
})
afterAll(() => builder.close())

async function stretches(streamId: string, position: number, seconds: readonly number[]) {
  const told = sql`(SELECT ${streamId} AS stream_id, CAST(${position} AS INTEGER) AS position, CAST(unnest(from_json(${JSON.stringify(seconds)}, '["DOUBLE"]')) AS BIGINT) AS seconds)`
  const rows =
    await builder.rows(sql`SELECT CAST(seconds AS DOUBLE) AS seconds, CAST(stretch AS DOUBLE) AS stretch, CAST(${cellOf(sql`stretch`)} AS DOUBLE) AS cell
    FROM (SELECT seconds, ${stretchOf(STREAMS, sql`position`, sql`seconds`)} AS stretch FROM ${told}) AS told ORDER BY seconds`)
  return rows.map((row) => ({ seconds: Number(row.seconds), stretch: Number(row.stretch), cell: Number(row.cell) }))
}

it('what is longer is in no earlier stretch, and lengths of one stretch hardly differ', async () => {
  const edges = Array.from({ length: 43 }, (_, octave) => 2 ** (octave + 1)).filter((edge) => edge < LONGEST)
  const seconds = [
    0,
    1,
    ...edges.flatMap((edge) => [edge - 1, edge, edge + 1, Math.floor(edge * 1.3), Math.floor(edge * 1.3) + 1]),
    LONGEST,
  ]
  const found = await stretches(
    'second',
    1,
    [...new Set(seconds)].filter((one) => one <= LONGEST),
  )
  for (const [index, { seconds, stretch, cell }] of found.entries()) {
    expect(cellOfStretch(stretch)).toBe(cell)
    const before = found[index - 1]
    if (!before) continue
    expect(stretch, `${seconds} s`).toBeGreaterThanOrEqual(before.stretch)
    expect(lengthOfStretch(stretch)).toBeGreaterThanOrEqual(lengthOfStretch(before.stretch))
    expect(cell).toBeGreaterThanOrEqual(before.cell)
    if (stretch === before.stretch) expect(seconds - before.seconds).toBeLessThanOrEqual(before.seconds * WIDTH)
  }
  for (const edge of edges)
    expect(new Set(found.filter(({ seconds }) => seconds === edge || seconds === edge - 1).map(({ stretch }) => stretch)).size).toBe(2)
})

it('a band is some neighbouring cells of one stage', async () => {
  const found = await stretches(
    'second',
    1,
    Array.from({ length: 40 }, (_, octave) => Math.floor(1.3 * 2 ** octave)),
  )
  for (const { cell } of found) {
    const band = bandOfCell(cell)
    expect(cellsOfBand(band)).toContain(cell)
    expect(new Set(cellsOfBand(band).map((one) => Math.floor(one / CELLS_PER_PLACE)))).toEqual(
      new Set([Math.floor(band / BANDS_PER_PLACE)]),
    )
    expect(new Set(cellsOfBand(band).map(bandOfCell))).toEqual(new Set([band]))
    expect((cellsOfBand(band)[0] ?? 0) % CELLS_PER_PLACE).toBe((band % BANDS_PER_PLACE) * cellsOfBand(band).length)
  }
})

it('a cell tells its stage, those outside the order included', async () => {
  const places = stagePlaces(STREAMS)
  for (const streamId of ['first', 'second']) {
    const last = (STREAMS[0]?.stages.length ?? 0) - 1
    for (const position of [-2, -1, 0, last]) {
      for (const { cell } of await stretches(streamId, position, [0, 86_400, LONGEST]))
        expect(places[Math.floor(cell / CELLS_PER_PLACE)]).toEqual({ streamId, position })
    }
  }
})
