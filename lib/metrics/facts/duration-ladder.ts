import { type ColumnTable, numbersOf } from '../../engine/columns'
import { ident, type Sql, sql } from '../../engine/sql'
import type { CubeFamily } from '../../snapshot/cubes/cubes'
import {
  BANDS_PER_PLACE,
  bandOfCell,
  CELLS_PER_PLACE,
  cellOfStretch,
  cellsOfBand,
  lengthOfStretch,
  type StagePlace,
} from '../../snapshot/cubes/stretches'
import type { MetricContext } from '../define'
import { type CubeSource, coveringCube } from './cubes'
import { entryOf, oncePerAnswer } from './entries'
import { keptRows, rowsInScope } from './kept-rows'
import type { Counted } from './narrowing'

/** Numbers that a column of the facts may have. */
export interface Wanted {
  readonly column: 'cell' | 'stretch'
  readonly numbers: readonly number[]
}

/** Whether facts (alias `fact`) are among those wanted. It names the numbers at once, so that the database passes over all others, and knows the text again. */
export function isWanted({ dialect }: MetricContext, wanted: Wanted | undefined): Sql {
  return wanted ? sql`fact.${ident(wanted.column)} IN (SELECT n FROM ${dialect.integers(wanted.numbers)} AS wanted)` : sql`TRUE`
}

/** Durations in stages of which figures are wanted, stage by stage. */
export interface Durations {
  /** Rows `stream_id, cell, stretch, seconds`, one for each duration in scope. @param wanted those of some cells or stretches alone; absent: all */
  facts(wanted?: Wanted): Sql
  /** Cubes of the same; absent: the facts alone know them. */
  readonly cubes?: DurationCubes
  readonly percentiles: readonly number[]
  /** So many of the longest are enough, of stages with at least so many durations: percentiles of others are left out. Absent: all are wanted. */
  readonly longest?: { readonly howMany: number; readonly fewest: number }
  /** Id of the stage at a position; undefined: none that counts. */
  keyOf(place: StagePlace): string | undefined
}

export interface DurationCubes {
  /** By stretches, over all of history. */
  readonly stretches: CubeFamily
  /** By bands and days. */
  readonly bands: CubeFamily
  /** The condition on the days of `bands` that takes those in the window. */
  readonly ofDays: Sql
  /** Visits each row of `bands` that is in scope and in the window. */
  eachRow(bands: ColumnTable, visit: (row: number) => void): void
}

/** How durations are told closer, within the units of length that came before. */
export interface Rung {
  readonly name: string
  /** Absent: the answer to the first question tells it, too. */
  ask?(units: readonly number[]): Sql
  /** @param units those wanted; others may be left out */
  counted(answer: ColumnTable, units: ReadonlySet<number>): Counted[]
}

/** Durations of each unit of length, and their seconds together. */
export interface UnitSums {
  readonly counts: Float64Array
  readonly seconds: Float64Array
}

/** A way from all durations, counted roughly, down to stretches, which hold few each. */
export interface Ladder {
  readonly name: string
  readonly ask: Sql
  /** How many units there are of each stage, stage by stage, the shortest first. */
  readonly unitsPerPlace: number
  /** What the answer says of each unit. @param units how many there are */
  sums(answer: ColumnTable, units: number): UnitSums
  readonly rungs: readonly Rung[]
}

const ladders = new WeakMap<MetricContext, Ladder>()

/**
 * The quickest way to the figures of durations: over all of history out of cubes until single stretches are left; in a window from the
 * days that a cube has; else out of the facts alone. Once for each question, which asks for durations of one kind.
 */
export function ladderOf(context: MetricContext, durations: Durations): Ladder {
  return entryOf(ladders, context, () => {
    const { cubes } = durations
    const stretches = cubes && context.isWhole ? keptRows(context, cubes.stretches, sql`TRUE`) : undefined
    if (stretches) return downFromStretches(stretches)
    const whole = cubes && context.isWhole ? coveringCube(context, cubes.stretches) : undefined
    if (whole) return downFromCube(whole, context)
    const bands = cubes && keptRows(context, cubes.bands, cubes.ofDays)
    if (cubes && bands) return downFromBands({ durations, cubes, bands })
    const cells = countedCells(sql`SELECT stream_id, cell, 1 AS item_count, seconds AS total_seconds FROM (${durations.facts()}) AS facts`)
    return { ...downFromCells(cells, context), rungs: [stretchesOf(durations, (cell) => [cell])] }
  })
}

/** @param ask for `cell, stretch, item_count, total_seconds` of all streams, which stays in memory and is put in order once */
function downFromStretches(ask: Sql): Ladder {
  return {
    name: 'stretches',
    ask,
    unitsPerPlace: CELLS_PER_PLACE,
    sums: sumsOfStretches,
    rungs: [
      {
        name: 'stretches',
        counted: (answer, units) => {
          const { starts, rows } = rowsByCell(answer)
          return countedStretches(answer, { rows: [...units].flatMap((cell) => [...rows.subarray(starts[cell], starts[cell + 1])]) })
        },
      },
    ],
  }
}

const sumsOfStretches = oncePerAnswer((answer: ColumnTable, units: number): UnitSums => {
  const sums = emptySums(units)
  const add = adderOf(answer, 'cell', sums)
  for (let row = 0; row < answer.rowCount; row++) add(row)
  return sums
})

interface RowsByCell {
  /** Where the rows of a cell begin; those of the next one follow. */
  readonly starts: Int32Array
  readonly rows: Int32Array
}

const rowsByCell = oncePerAnswer((answer: ColumnTable): RowsByCell => {
  const cells = numbersOf(answer, 'cell')
  let last = 0
  for (const cell of cells) if (cell > last) last = cell
  const starts = new Int32Array(last + 2)
  for (const cell of cells) starts[cell + 1] = (starts[cell + 1] as number) + 1
  for (let cell = 0; cell <= last; cell++) starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number)
  const filled = starts.slice()
  const rows = new Int32Array(answer.rowCount)
  cells.forEach((cell, row) => {
    const place = filled[cell] as number
    rows[place] = row
    filled[cell] = place + 1
  })
  return { starts, rows }
})

/** Where there is more than stays in memory. */
function downFromCube({ table, condition }: CubeSource, context: MetricContext): Ladder {
  const cells = countedCells(
    sql`SELECT fact.stream_id, fact.cell, fact.item_count, fact.total_seconds FROM ${table} AS fact WHERE ${condition}`,
  )
  return {
    ...downFromCells(cells, context),
    rungs: [
      {
        name: 'stretches',
        ask: (units) => sql`SELECT fact.stretch, CAST(sum(fact.item_count) AS INTEGER) AS item_count FROM ${table} AS fact
          WHERE ${condition} AND ${isWanted(context, { column: 'cell', numbers: units })} GROUP BY fact.stretch HAVING sum(fact.item_count) <> 0`,
        counted: (answer) => countedStretches(answer),
      },
    ],
  }
}

function downFromBands({ durations, cubes, bands }: { durations: Durations; cubes: DurationCubes; bands: Sql }): Ladder {
  return {
    name: 'bands',
    ask: bands,
    unitsPerPlace: BANDS_PER_PLACE,
    sums: (answer, units) => {
      const sums = emptySums(units)
      cubes.eachRow(answer, adderOf(answer, 'band', sums))
      return sums
    },
    rungs: [stretchesOf(durations, cellsOfBand, bandOfCell)],
  }
}

/** @param ask for `stream_id, cell, item_count, total_seconds`, stream by stream */
function downFromCells(ask: Sql, context: MetricContext): Omit<Ladder, 'rungs'> {
  return {
    name: 'cells',
    ask,
    unitsPerPlace: CELLS_PER_PLACE,
    sums: (answer, units) => {
      const sums = emptySums(units)
      const add = adderOf(answer, 'cell', sums)
      for (const { start, end } of rowsInScope(answer, context)) for (let row = start; row < end; row++) add(row)
      return sums
    },
  }
}

function emptySums(units: number): UnitSums {
  return { counts: new Float64Array(units), seconds: new Float64Array(units) }
}

/** Adds rows to sums. @param unit the column that tells the unit of a row */
function adderOf(answer: ColumnTable, unit: string, { counts, seconds }: UnitSums): (row: number) => void {
  const [units, own, totals] = [numbersOf(answer, unit), numbersOf(answer, 'item_count'), numbersOf(answer, 'total_seconds')]
  return (row) => {
    const place = units[row] as number
    counts[place] = (counts[place] as number) + (own[row] as number)
    seconds[place] = (seconds[place] as number) + (totals[row] as number)
  }
}

function countedCells(rows: Sql): Sql {
  return sql`SELECT stream_id, CAST(cell AS INTEGER) AS cell, CAST(sum(item_count) AS INTEGER) AS item_count, CAST(sum(total_seconds) AS DOUBLE) AS total_seconds
    FROM (${rows}) AS counted GROUP BY stream_id, cell HAVING sum(item_count) <> 0 ORDER BY stream_id`
}

/** Stretches out of the facts. @param cellsOf those of a unit before @param unitOf the unit of a cell; absent: the cell itself */
function stretchesOf(durations: Durations, cellsOf: (unit: number) => readonly number[], unitOf?: (cell: number) => number): Rung {
  return {
    name: 'stretches',
    ask: (units) => sql`SELECT stretch, CAST(count(*) AS INTEGER) AS item_count
      FROM (${durations.facts({ column: 'cell', numbers: units.flatMap(cellsOf) })}) AS facts GROUP BY stretch`,
    counted: (answer) => countedStretches(answer, { unitOf }),
  }
}

interface Counting {
  /** Absent: all. */
  readonly rows?: Iterable<number>
  /** The unit to which a cell belongs; absent: the cell itself. */
  readonly unitOf?: (cell: number) => number
}

/** Stretches as parts of the units before. */
function countedStretches(table: ColumnTable, { rows = Array(table.rowCount).keys(), unitOf = (cell) => cell }: Counting = {}): Counted[] {
  const [stretches, counts] = [numbersOf(table, 'stretch'), numbersOf(table, 'item_count')]
  return Array.from(rows, (row) => {
    const place = stretches[row] ?? 0
    return { within: unitOf(cellOfStretch(place)), place, length: lengthOfStretch(place), count: counts[row] ?? 0 }
  })
}

/** Asks for the seconds of durations in some stretches. */
export function timesIn(durations: Durations, stretches: readonly number[]): Sql {
  return sql`SELECT stretch, CAST(seconds AS DOUBLE) AS seconds, CAST(count(*) AS INTEGER) AS item_count
    FROM (${durations.facts({ column: 'stretch', numbers: stretches })}) AS facts GROUP BY stretch, seconds`
}

/** The answer, within stretches. */
export function countedTimes(table: ColumnTable): Counted[] {
  const [stretches, times, counts] = ['stretch', 'seconds', 'item_count'].map((name) => numbersOf(table, name))
  return Array.from({ length: table.rowCount }, (_, row) => {
    const seconds = times?.[row] ?? 0
    return { within: stretches?.[row] ?? 0, place: seconds, length: seconds, count: counts?.[row] ?? 0 }
  })
}
