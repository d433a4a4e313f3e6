import { type ColumnTable, numbersOf } from '../../engine/columns'
import { join, kept, list, type Sql, sql } from '../../engine/sql'
import type { CubeFamily } from '../../snapshot/cubes/cubes'
import {
  BANDS_PER_PLACE,
  bandOfCell,
  CELLS_PER_PLACE,
  cellOfStretch,
  cellsOfBand,
  lengthOfCell,
  lengthOfStretch,
  type StagePlace,
  secondsOfStretch,
  stretchIn,
} from '../../snapshot/cubes/stretches'
import type { MetricContext } from '../define'
import { type CubeSource, coveringCube } from './cubes'
import { entryOf } from './entries'
import { fitsIntoMemory, keptRows, ofAllStreams, ofStreams, rowsInScope } from './kept-rows'
import type { Counted } from './narrowing'

/** Durations in stages of which figures are wanted, stage by stage. */
export interface Durations {
  /** Rows `stream_id, cell, seconds`, one for each duration in scope. @param cells those wanted alone; absent: all */
  facts(cells?: readonly number[]): Sql
  /** Cubes of the same; absent: the facts alone know them. */
  readonly cubes?: DurationCubes
  readonly percentiles: readonly number[]
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

/** How durations are told closer, within the units of length that came before: cells, stretches, seconds. */
export interface Rung {
  readonly name: string
  ask(units: readonly number[]): Sql
  counted(answer: ColumnTable): Counted[]
}

/** A way from all durations, counted roughly, down to single seconds. */
export interface Ladder {
  readonly name: string
  readonly ask: Sql
  /** Visits the units of the answer, some of them more than once. */
  each(answer: ColumnTable, visit: (unit: number, count: number, seconds: number) => void): void
  /** How many units there are of each stage, stage by stage, the shortest first. */
  readonly unitsPerPlace: number
  readonly rungs: readonly Rung[]
}

/** Stream, cell, items and seconds. */
const BYTES_PER_CELL = 28

const ladders = new WeakMap<MetricContext, Ladder>()

/**
 * The quickest way to the figures of durations: over all of history out of cubes until single stretches are left; in a window from the
 * days that a cube has; else out of the facts alone. Once for each question, which asks for durations of one kind.
 */
export function ladderOf(context: MetricContext, durations: Durations): Ladder {
  return entryOf(ladders, context, () => {
    const { cubes } = durations
    const whole = cubes && cubeOfAll(context, cubes.stretches)
    if (cubes && whole) return downFromStretches(context, { durations, cubes, whole })
    const bands = cubes && keptRows(context, cubes.bands, cubes.ofDays)
    if (cubes && bands) return downFromBands({ durations, cubes, bands })
    const cells = countedCells(sql`SELECT stream_id, cell, 1 AS item_count, seconds AS total_seconds FROM (${durations.facts()}) AS facts`)
    return { ...downFromCells(cells, context), rungs: [timesInCells(durations)] }
  })
}

/** Cubes of stretches hold all of history. */
function cubeOfAll(context: MetricContext, family: CubeFamily): CubeSource | undefined {
  return context.isWhole ? coveringCube(context, family) : undefined
}

function downFromStretches(
  context: MetricContext,
  { durations, cubes, whole }: { durations: Durations; cubes: DurationCubes; whole: CubeSource },
): Ladder {
  const isKept = fitsIntoMemory(whole.rows, BYTES_PER_CELL)
  const cube = (isKept && cubeOfAll(ofAllStreams(context), cubes.stretches)) || whole
  const cells = countedCells(
    sql`SELECT fact.stream_id, fact.cell, fact.item_count, fact.total_seconds FROM ${cube.table} AS fact WHERE ${cube.condition}`,
  )
  return {
    ...downFromCells(isKept ? kept(cells, ofStreams(context, sql`TRUE`)) : cells, context),
    rungs: [
      {
        name: 'stretches',
        ask: (units) => sql`SELECT fact.cell, fact.stretch, CAST(sum(fact.item_count) AS INTEGER) AS item_count FROM ${whole.table} AS fact
          WHERE ${whole.condition} AND fact.cell IN ${list(units)} GROUP BY fact.cell, fact.stretch HAVING sum(fact.item_count) <> 0`,
        counted: (answer) => countedParts(answer, ['cell', 'stretch', 'stretch'], (cell) => cell, lengthOfStretch),
      },
      {
        name: 'times',
        ask: (units) => timesInStretches(durations, units),
        counted: (answer) => countedParts(answer, ['cell', 'seconds', 'seconds'], stretchIn, (seconds) => seconds),
      },
    ],
  }
}

function downFromBands({ durations, cubes, bands }: { durations: Durations; cubes: DurationCubes; bands: Sql }): Ladder {
  return {
    name: 'bands',
    ask: bands,
    each: (answer, visit) => {
      const [units, counts, totals] = ['band', 'item_count', 'total_seconds'].map((name) => numbersOf(answer, name))
      cubes.eachRow(answer, (row) => visit(units?.[row] ?? 0, counts?.[row] ?? 0, totals?.[row] ?? 0))
    },
    unitsPerPlace: BANDS_PER_PLACE,
    rungs: [
      {
        name: 'cells',
        ask: (units) =>
          sql`SELECT cell, CAST(count(*) AS INTEGER) AS item_count FROM (${durations.facts(units.flatMap(cellsOfBand))}) AS facts GROUP BY cell`,
        counted: (answer) => countedParts(answer, ['cell', 'cell', 'cell'], bandOfCell, lengthOfCell),
      },
      timesInCells(durations),
    ],
  }
}

/** @param ask for `stream_id, cell, item_count, total_seconds`, stream by stream */
function downFromCells(ask: Sql, context: MetricContext): Omit<Ladder, 'rungs'> {
  return {
    name: 'cells',
    ask,
    each: (answer, visit) => {
      const [units, counts, totals] = ['cell', 'item_count', 'total_seconds'].map((name) => numbersOf(answer, name))
      for (const { start, end } of rowsInScope(answer, context)) {
        for (let row = start; row < end; row++) visit(units?.[row] ?? 0, counts?.[row] ?? 0, totals?.[row] ?? 0)
      }
    },
    unitsPerPlace: CELLS_PER_PLACE,
  }
}

function countedCells(rows: Sql): Sql {
  return sql`SELECT stream_id, CAST(cell AS INTEGER) AS cell, CAST(sum(item_count) AS INTEGER) AS item_count, CAST(sum(total_seconds) AS DOUBLE) AS total_seconds
    FROM (${rows}) AS counted GROUP BY stream_id, cell HAVING sum(item_count) <> 0 ORDER BY stream_id`
}

function timesInCells(durations: Durations): Rung {
  return {
    name: 'times',
    ask: (units) => countedTimes(durations.facts(units)),
    counted: (answer) =>
      countedParts(
        answer,
        ['cell', 'seconds', 'seconds'],
        (cell) => cell,
        (seconds) => seconds,
      ),
  }
}

/** Cells are looked for by their order, and stretches among their rows. */
function timesInStretches(durations: Durations, units: readonly number[]): Sql {
  const cells = [...new Set(units.map(cellOfStretch))]
  const ranges = units.map((unit) => {
    const { first, last } = secondsOfStretch(unit)
    return sql`(${cellOfStretch(unit)}, ${first}, ${last})`
  })
  if (!ranges.length) return countedTimes(durations.facts(cells))
  return countedTimes(sql`SELECT facts.cell, facts.seconds FROM (${durations.facts(cells)}) AS facts
    JOIN (VALUES ${join(ranges)}) AS wanted(cell, first, last) ON wanted.cell = facts.cell AND facts.seconds BETWEEN wanted.first AND wanted.last`)
}

function countedTimes(rows: Sql): Sql {
  return sql`SELECT cell, CAST(seconds AS DOUBLE) AS seconds, CAST(count(*) AS INTEGER) AS item_count FROM (${rows}) AS found GROUP BY cell, seconds`
}

/**
 * Rows as parts of the units before. @param columns of the unit before, or of what tells it; of their own unit; and of what tells the length
 * @param withinOf the unit before, by its column and that of the length
 */
function countedParts(
  table: ColumnTable,
  [within, unit, length]: readonly [string, string, string],
  withinOf: (within: number, length: number) => number,
  lengthOf: (length: number) => number,
): Counted[] {
  const [outer, inner, lengths, counts] = [within, unit, length, 'item_count'].map((name) => numbersOf(table, name))
  return Array.from({ length: table.rowCount }, (_, row) => ({
    within: withinOf(outer?.[row] ?? 0, lengths?.[row] ?? 0),
    place: inner?.[row] ?? 0,
    length: lengthOf(lengths?.[row] ?? 0),
    count: counts?.[row] ?? 0,
  }))
}
