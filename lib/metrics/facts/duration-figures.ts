import { type ColumnTable, type Row, toRows } from '../../engine/columns'
import { ident, list, type Sql, sql } from '../../engine/sql'
import type { CubeFamily } from '../../snapshot/cubes/cubes'
import { lengthOfCell, lengthOfStretch, type StagePlace, stageOfCell } from '../../snapshot/cubes/stretches'
import { countOf, type Histogram, rankOf, valueAtRank } from '../../stats/nearest-rank'
import type { MetricContext } from '../define'
import { type CubeSource, coveringCube } from './cubes'
import { durationCounts } from './duration-counts'
import { entryOf } from './entries'
import { type Counted, narrowed, type Sought } from './narrowing'

/** Durations in stages of which figures are wanted, stage by stage. */
export interface Durations {
  /** Rows `key, seconds`, one for each duration; `key` is the id of the stage. */
  readonly facts: Sql
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

/**
 * The first question about durations: `cells` where cubes cover it, else `counts` out of the facts. Seconds are as different as items, so
 * cubes are asked more and more closely where a percentile lies (`furtherDurations`), a few thousand rows at a time.
 */
export function durationQueries(context: MetricContext, durations: Durations): Record<string, Sql> {
  const cube = cubeOf(context, durations.cubes?.stretches)
  if (!cube) return { counts: durationCounts(durations.facts, durations.percentiles) }
  return {
    cells: sql`SELECT CAST(fact.cell AS DOUBLE) AS cell, CAST(sum(fact.item_count) AS DOUBLE) AS item_count,
        CAST(sum(fact.total_seconds) AS DOUBLE) AS total_seconds
      FROM ${cube.table} AS fact WHERE ${cube.condition} GROUP BY fact.cell HAVING sum(fact.item_count) <> 0 ORDER BY fact.cell`,
  }
}

/** What to ask next, given what is known: the `stretches` of cells, then the `times` of stretches. */
export function furtherDurations(answers: Answers, context: MetricContext, durations: Durations): Record<string, Sql> {
  const { cells, stretches } = answers
  if (!cells) return {}
  const inCells = soughtInCells(cells, context, durations)
  if (!stretches) return lookInto(context, durations.cubes?.stretches, ['cell', 'stretch'], { stretches: inCells })
  return lookInto(context, durations.cubes?.times, ['stretch', 'seconds'], { times: soughtInStretches(inCells, stretches) })
}

/** The figures of each stage that has any. */
export function durationFigures(answers: Answers, context: MetricContext, durations: Durations): Map<string, DurationFigures> {
  const { cells, counts, stretches, times } = answers
  if (counts) return figuresOfCounts(toRows(counts), durations.percentiles)
  const found = new Map<string, { count: number; totalSeconds: number; percentiles: Map<number, number> }>()
  if (!cells || !stretches || !times) return found
  const keyOf = keyOfCell(context, durations)
  for (const row of toRows(cells)) {
    const key = keyOf(Number(row.cell))
    if (key === undefined) continue
    const own = entryOf(found, key, () => ({ count: 0, totalSeconds: 0, percentiles: new Map() }))
    own.count += Number(row.item_count)
    own.totalSeconds += Number(row.total_seconds)
  }
  const inStretches = soughtInStretches(soughtInCells(cells, context, durations), stretches)
  const parts = partsOf(times, 'stretch', 'seconds', (seconds) => seconds)
  for (const { key, percentile, length } of narrowed(inStretches, parts)) found.get(key)?.percentiles.set(percentile, length)
  return found
}

/** Cubes hold all of history, in the streams' own workflows. */
function cubeOf(context: MetricContext, family: CubeFamily | undefined): CubeSource | undefined {
  return family && context.isWhole ? coveringCube(context, family) : undefined
}

function keyOfCell({ portfolio }: MetricContext, { keyOf }: Durations): (cell: number) => string | undefined {
  const stageOf = stageOfCell(portfolio.streams)
  return (cell) => {
    const place = stageOf(cell)
    return place && keyOf(place)
  }
}

/** In which cells the percentiles of each stage lie. */
function soughtInCells(cells: ColumnTable, context: MetricContext, durations: Durations): Sought[] {
  const keyOf = keyOfCell(context, durations)
  const keys: string[] = []
  const parts = toRows(cells).flatMap((row): Counted[] => {
    const place = Number(row.cell)
    const key = keyOf(place)
    if (key === undefined) return []
    if (!keys.includes(key)) keys.push(key)
    return [{ within: keys.indexOf(key), place, length: lengthOfCell(place), count: Number(row.item_count) }]
  })
  const all = keys.flatMap((key, place) => {
    const count = parts.reduce((sum, part) => sum + (part.within === place ? part.count : 0), 0)
    return durations.percentiles.map((percentile) => ({ key, percentile, rank: rankOf(percentile, count), places: [place], length: 0 }))
  })
  return narrowed(all, parts)
}

function soughtInStretches(inCells: readonly Sought[], stretches: ColumnTable): Sought[] {
  return narrowed(inCells, partsOf(stretches, 'cell', 'stretch', lengthOfStretch))
}

function partsOf(table: ColumnTable, within: string, own: string, lengthOf: (place: number) => number): Counted[] {
  return toRows(table).map((row) => {
    const place = Number(row[own])
    return { within: Number(row[within]), place, length: lengthOf(place), count: Number(row.item_count) }
  })
}

/** The parts of the places in which something is looked for, under the name of the question. */
function lookInto(
  context: MetricContext,
  family: CubeFamily | undefined,
  [within, own]: readonly [string, string],
  wanted: Readonly<Record<string, readonly Sought[]>>,
): Record<string, Sql> {
  const cube = cubeOf(context, family)
  if (!cube) return {}
  const [outer, inner] = [sql`fact.${ident(within)}`, sql`fact.${ident(own)}`]
  return Object.fromEntries(
    Object.entries(wanted).map(([name, sought]) => {
      const places = [...new Set(sought.flatMap((one) => one.places))]
      return [
        name,
        sql`SELECT CAST(${outer} AS DOUBLE) AS ${ident(within)}, CAST(${inner} AS DOUBLE) AS ${ident(own)}, CAST(sum(fact.item_count) AS DOUBLE) AS item_count
          FROM ${cube.table} AS fact WHERE ${cube.condition} AND ${outer} IN ${list(places)} GROUP BY ${outer}, ${inner} HAVING sum(fact.item_count) <> 0
          ORDER BY ${outer}, ${inner}`,
      ]
    }),
  )
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
