import { join, type Sql, sql } from '../../engine/sql'
import type { ValueStream } from '../../model/value-stream'

/** Two stages stand outside the order, at positions below 0. */
const OUTSIDE = 2
/** From here on each doubling of the seconds is cut into so many stretches; below each second is one. */
const FINE = 2_048
const FINE_BITS = 11
/** More stretches than there are up to the longest time between two instants. */
export const STRETCHES_PER_PLACE = 131_072
const STRETCHES_PER_CELL = 64
export const CELLS_PER_PLACE = STRETCHES_PER_PLACE / STRETCHES_PER_CELL
/** A quarter of a doubling. */
const CELLS_PER_BAND = 8
export const BANDS_PER_PLACE = CELLS_PER_PLACE / CELLS_PER_BAND

type Streams = readonly Pick<ValueStream, 'id' | 'stages'>[]

/** A stage of a stream. */
export interface StagePlace {
  readonly streamId: string
  readonly position: number
}

/** Number of a stage among those of all streams, in the order of the portfolio, of rows with a `stream_id`. */
export function placeOf(streams: Streams, position: Sql): Sql {
  let before = 0
  const firsts = streams.map(({ id, stages }) => {
    const first = before + OUTSIDE
    before += OUTSIDE + stages.length
    return sql`WHEN ${id} THEN ${first}`
  })
  return sql`(CASE stream_id ${join(firsts, ' ')} END + ${position})`
}

/**
 * Number of a stretch of seconds in a stage, which tells both and sorts by both: a few ten thousandths of a length wide, so that looking
 * for a percentile ends among few rows. Neighbouring stretches are a cell, and neighbouring cells a band.
 */
export function stretchOf(streams: Streams, position: Sql, seconds: Sql): Sql {
  const octave = sql`CAST(floor(log2(greatest(${seconds}, 1))) AS BIGINT)`
  const own = sql`CASE WHEN ${seconds} < ${FINE} THEN ${seconds}
    ELSE (${octave} - ${FINE_BITS - 1}) * ${FINE} + ((${seconds} >> (${octave} - ${FINE_BITS})) & ${FINE - 1}) END`
  return sql`CAST(${placeOf(streams, position)} * ${STRETCHES_PER_PLACE} + ${own} AS BIGINT)`
}

export function cellOf(stretch: Sql): Sql {
  return sql`(${stretch} // ${STRETCHES_PER_CELL})`
}

export function bandOf(cell: Sql): Sql {
  return sql`(${cell} // ${CELLS_PER_BAND})`
}

/** Number of the cell of which a stretch is a part. */
export const cellOfStretch = (stretch: number): number => Math.floor(stretch / STRETCHES_PER_CELL)

/** Number of the band of which a cell is a part. */
export const bandOfCell = (cell: number): number => Math.floor(cell / CELLS_PER_BAND)

/** Numbers of the cells of a band. */
export function cellsOfBand(band: number): number[] {
  return Array.from({ length: CELLS_PER_BAND }, (_, place) => band * CELLS_PER_BAND + place)
}

/** Every stage by its number. */
export function stagePlaces(streams: Streams): StagePlace[] {
  return streams.flatMap(({ id, stages }) =>
    Array.from({ length: OUTSIDE + stages.length }, (_, place) => ({ streamId: id, position: place - OUTSIDE })),
  )
}

/** How far a stretch lies behind the shortest one of its stage. */
export const lengthOfStretch = (stretch: number): number => stretch % STRETCHES_PER_PLACE
/** Whether a stretch of this length is a single second; the length is then that number. */
export const isSecond = (lengthOfStretch: number): boolean => lengthOfStretch < FINE
