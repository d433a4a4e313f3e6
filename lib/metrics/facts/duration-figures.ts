import { type ColumnTable, numbersOf, type Row, toRows } from '../../engine/columns'
import { ident, kept, list, type Sql, sql } from '../../engine/sql'
import type { CubeFamily } from '../../snapshot/cubes/cubes'
import { lengthOfCell, lengthOfStretch, placeOfCell, type StagePlace, stagePlaces } from '../../snapshot/cubes/stretches'
import { countOf, type Histogram, rankOf, valueAtRank } from '../../stats/nearest-rank'
import type { MetricContext } from '../define'
import { type CubeSource, coveringCube } from './cubes'
import { durationCounts } from './duration-counts'
import { entryOf } from './entries'
import { fitsIntoMemory, ofAllStreams, ofStreams, rowsInScope } from './kept-rows'
import { type Counted, narrowed, type Sought } from './narrowing'

/** Durations in stages of which figures are wanted, stage by stage. */
export interface Durations {
  /** Rows `place, seconds`, one for each duration, and the id of the stage of a `place`, NULL where it does not count. */
  facts(): { readonly durations: Sql; readonly key: Sql }
  /** Cubes of the same over all of history; absent: the facts alone know them. */
  readonly cubes?: { readonly stretches: CubeFamily; readonly times: CubeFamily }
  readonly percentiles: readonly number[]
  /** Id of the stage at a position; undefined: none that counts. */
  keyOf(place: StagePlace): string | undefined
}

/** What is known of the durations in one stage. */
export interface DurationFigures {
  readonly count: number
  readonly totalSeconds: number
  /** Seconds at each percentile, by nearest rank. */
  readonly percentiles: ReadonlyMap<number, number>
}

type Answers = Readonly<Record<string, ColumnTable>>

/** Stream, cell, items and seconds. */
const BYTES_PER_CELL = 28

/**
 * The first question about durations: `cells` where cubes cover it, else `counts` out of the facts. Seconds are as different as items, so
 * cubes are asked more and more closely where a percentile lies (`furtherDurations`), a few thousand rows at a time.
 */
export function durationQueries(context: MetricContext, durations: Durations): Record<string, Sql> {
  const family = durations.cubes?.stretches
  const own = cubeOf(context, family)
  if (!own) {
    const { durations: facts, key } = durations.facts()
    return { counts: durationCounts(facts, key, durations.percentiles) }
  }
  const isKept = fitsIntoMemory(own.rows, BYTES_PER_CELL)
  const cube = (isKept && cubeOf(ofAllStreams(context), family)) || own
  const cells = sql`SELECT fact.stream_id, CAST(fact.cell AS DOUBLE) AS cell, CAST(sum(fact.item_count) AS DOUBLE) AS item_count,
        CAST(sum(fact.total_seconds) AS DOUBLE) AS total_seconds
      FROM ${cube.table} AS fact WHERE ${cube.condition} GROUP BY fact.stream_id, fact.cell HAVING sum(fact.item_count) <> 0 ORDER BY fact.stream_id`
  return { cells: isKept ? kept(cells, ofStreams(context, sql`TRUE`)) : cells }
}

/** What to ask next, given what is known: the `stretches` of cells, then the `times` of stretches. */
export function furtherDurations(answers: Answers, context: MetricContext, durations: Durations): Record<string, Sql> {
  const { cells, stretches, times } = answers
  if (!cells || times) return {}
  const { inCells } = lookedThrough(cells, context, durations)
  if (!stretches) return { stretches: partsWithin(context, durations.cubes?.stretches, ['cell', 'stretch'], inCells) }
  return { times: partsWithin(context, durations.cubes?.times, ['stretch', 'seconds'], soughtInStretches(inCells, stretches)) }
}

/** The figures of each stage that has any. */
export function durationFigures(answers: Answers, context: MetricContext, durations: Durations): Map<string, DurationFigures> {
  const { cells, counts, stretches, times } = answers
  if (counts) return figuresOfCounts(toRows(counts), durations.percentiles)
  if (!cells || !stretches || !times) return new Map()
  const { byKey, inCells } = lookedThrough(cells, context, durations)
  const inStretches = soughtInStretches(inCells, stretches)
  const found = narrowed(
    inStretches,
    partsOf(times, 'stretch', 'seconds', (seconds) => seconds),
  )
  const figures = [...byKey].map(([key, { count, totalSeconds }]): [string, DurationFigures] => {
    const own = found.filter((one) => one.key === key)
    return [key, { count, totalSeconds, percentiles: new Map(own.map(({ percentile, length }) => [percentile, length])) }]
  })
  return new Map(figures)
}

/** Cubes hold all of history, in the streams' own workflows. */
function cubeOf(context: MetricContext, family: CubeFamily | undefined): CubeSource | undefined {
  return family && context.isWhole ? coveringCube(context, family) : undefined
}

interface KeyCells {
  count: number
  totalSeconds: number
  readonly cells: Counted[]
}

interface LookedThrough {
  readonly byKey: ReadonlyMap<string, KeyCells>
  readonly inCells: readonly Sought[]
}

const lookedThroughBefore = new WeakMap<MetricContext, LookedThrough>()

/** Once for each question, which comes back with every further answer. A question asks for durations of one kind. */
function lookedThrough(cells: ColumnTable, context: MetricContext, durations: Durations): LookedThrough {
  return entryOf(lookedThroughBefore, context, () => {
    const byKey = cellsByKey(cells, context, durations)
    return { byKey, inCells: soughtInCells(byKey, durations.percentiles) }
  })
}

/** The cells of each stage. */
function cellsByKey(table: ColumnTable, context: MetricContext, { keyOf }: Durations): Map<string, KeyCells> {
  const keys = stagePlaces(context.portfolio.streams).map(keyOf)
  const [cells, counts, totals] = ['cell', 'item_count', 'total_seconds'].map((name) => numbersOf(table, name))
  const found = new Map<string, KeyCells>()
  for (const { start, end } of rowsInScope(table, context)) {
    for (let row = start; row < end; row++) {
      const place = cells?.[row] ?? 0
      const key = keys[placeOfCell(place)]
      if (key === undefined) continue
      const own = entryOf(found, key, () => ({ count: 0, totalSeconds: 0, cells: [] }))
      const count = counts?.[row] ?? 0
      own.count += count
      own.totalSeconds += totals?.[row] ?? 0
      own.cells.push({ within: 0, place, length: lengthOfCell(place), count })
    }
  }
  return found
}

const ANYWHERE = [0]

/** In which cells the percentiles of each stage lie. */
function soughtInCells(byKey: ReadonlyMap<string, KeyCells>, percentiles: readonly number[]): Sought[] {
  return [...byKey].flatMap(([key, { count, cells }]) =>
    narrowed(
      percentiles.map((percentile) => ({ key, percentile, rank: rankOf(percentile, count), places: ANYWHERE, length: 0 })),
      cells,
    ),
  )
}

function soughtInStretches(inCells: readonly Sought[], stretches: ColumnTable): Sought[] {
  return narrowed(inCells, partsOf(stretches, 'cell', 'stretch', lengthOfStretch))
}

function partsOf(table: ColumnTable, within: string, own: string, lengthOf: (place: number) => number): Counted[] {
  const [outer, inner, counts] = [within, own, 'item_count'].map((name) => numbersOf(table, name))
  return Array.from({ length: table.rowCount }, (_, row) => {
    const place = inner?.[row] ?? 0
    return { within: outer?.[row] ?? 0, place, length: lengthOf(place), count: counts?.[row] ?? 0 }
  })
}

/** The parts of the places in which something is looked for. */
function partsWithin(
  context: MetricContext,
  family: CubeFamily | undefined,
  [within, own]: readonly [string, string],
  sought: readonly Sought[],
): Sql {
  const cube = cubeOf(context, family)
  if (!cube) throw new TypeError('only cubes have cells')
  const [outer, inner] = [sql`fact.${ident(within)}`, sql`fact.${ident(own)}`]
  const places = [...new Set(sought.flatMap((one) => one.places))]
  return sql`SELECT CAST(${outer} AS DOUBLE) AS ${ident(within)}, CAST(${inner} AS DOUBLE) AS ${ident(own)}, CAST(sum(fact.item_count) AS DOUBLE) AS item_count
    FROM ${cube.table} AS fact WHERE ${cube.condition} AND ${outer} IN ${list(places)}
    GROUP BY ${outer}, ${inner} HAVING sum(fact.item_count) <> 0`
}

function figuresOfCounts(rows: readonly Row[], percentiles: readonly number[]): Map<string, DurationFigures> {
  const byKey = new Map<string, Row[]>()
  for (const row of rows) entryOf(byKey, String(row.key), () => []).push(row)
  return new Map(
    [...byKey].map(([key, own]) => {
      const histogram: Histogram = own.map((row) => [Number(row.seconds), Number(row.item_count)] as const)
      const count = countOf(histogram)
      const found = percentiles.map((percentile) => [percentile, valueAtRank(histogram, rankOf(percentile, count)) ?? 0] as const)
      const totalSeconds = own.reduce((sum, row) => sum + Number(row.total_seconds), 0)
      return [key, { count, totalSeconds, percentiles: new Map(found) }]
    }),
  )
}
