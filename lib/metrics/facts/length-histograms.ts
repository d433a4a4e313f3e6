import { type ColumnTable, cellAt, numbersOf } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import type { Grain } from '../../model/unit'
import { LENGTHS } from '../../snapshot/cubes/cubes'
import type { Histogram } from '../../stats/nearest-rank'
import { type Period, periodsIn } from '../../time/grain'
import type { MetricContext } from '../define'
import { entryOf, oncePerAnswer } from './entries'
import { isCubed, lengthCounts, unitInForce } from './finished'
import { eachFinished, finishedDays, keptRows } from './kept-rows'
import { placesOf } from './periods'
import { groupsOf } from './running'

/** Counts of so many lengths and periods are held at once, and no more. */
const MOST_COUNTS = 4_000_000

/** Finished items of a group and a period by their length: `[span_value, items]`, ascending. */
export interface LengthHistogram {
  readonly group: string | null
  /** First day of the period; 0 where all of the window is one. */
  readonly period: number
  readonly histogram: Histogram
}

/** Asks for finished items by length, in the unit in force, and period: `kept` where a cube of them may stay in memory, else `lengths`. */
export function lengthQueries(context: MetricContext, grain?: Grain): Readonly<Record<string, Sql>> {
  const isWhole = isCubed(context) && unitInForce(context) === 'days' && countsAtOnce(context, grain) <= MOST_COUNTS
  const kept = isWhole ? keptRows(context, LENGTHS, finishedDays(context)) : undefined
  if (kept) return { kept }
  const period = grain === undefined ? sql`0` : context.dialect.periodStart(sql`finish_day`, grain)
  return {
    lengths: sql`SELECT grp, ${period} AS period, span_value, CAST(sum(item_count) AS INTEGER) AS item_count
      FROM (${lengthCounts(context)}) AS measured GROUP BY grp, period, span_value ORDER BY grp NULLS LAST, period, span_value`,
  }
}

/** The answer, in the order of groups and periods; those without an item are not there. */
export function lengthHistograms(
  { kept, lengths }: Readonly<Record<string, ColumnTable>>,
  context: MetricContext,
  grain?: Grain,
): LengthHistogram[] {
  if (kept) return histogramsOfKept(kept, context, grain)
  return lengths ? histogramsOfRows(lengths, context.params.group !== undefined) : []
}

/** Lengths are no longer than history, of which every stream has its own counts where it is a group. */
function countsAtOnce({ window, params, streams, firstDay, lastDay }: MetricContext, grain: Grain | undefined): number {
  const periods = grain === undefined ? 1 : periodsIn(window.from, window.to, grain).length
  return periods * (lastDay - firstDay + 2) * (params.group === 'stream' ? streams.length : 1)
}

/** Rows come in their order. */
function histogramsOfRows(lengths: ColumnTable, isGrouped: boolean): LengthHistogram[] {
  const [periods, values, counts] = [numbersOf(lengths, 'period'), numbersOf(lengths, 'span_value'), numbersOf(lengths, 'item_count')]
  const groups = isGrouped ? lengths.columns.find(({ name }) => name === 'grp') : undefined
  const parts: (LengthHistogram & { readonly histogram: [number, number][] })[] = []
  for (let row = 0; row < lengths.rowCount; row++) {
    const group = groups ? (cellAt(groups, row) as string | null) : null
    const period = periods[row] ?? 0
    let part = parts.at(-1)
    if (!part || part.group !== group || part.period !== period) {
      part = { group, period, histogram: [] }
      parts.push(part)
    }
    part.histogram.push([values[row] ?? 0, counts[row] ?? 0])
  }
  return parts
}

function histogramsOfKept(kept: ColumnTable, context: MetricContext, grain: Grain | undefined): LengthHistogram[] {
  const { from, to } = context.window
  const periods: readonly Pick<Period, 'start' | 'end'>[] = grain === undefined ? [{ start: 0, end: to }] : periodsIn(from, to, grain)
  const [lengths, counts] = [numbersOf(kept, 'span_days'), numbersOf(kept, 'item_count')]
  const width = longestOf(kept) + 1
  const placeOfDay = placesOf(periods, from, to)
  const sums = new Map<string | null, Int32Array>()
  let [last, own]: [string | null | undefined, Int32Array] = [undefined, new Int32Array(0)]
  eachFinished(kept, context, (row, day, group) => {
    if (group !== last) [last, own] = [group, entryOf(sums, group, () => new Int32Array(periods.length * width))]
    const place = (placeOfDay[day - from] ?? 0) * width + (lengths[row] ?? 0)
    own[place] = (own[place] ?? 0) + (counts[row] ?? 0)
  })
  const groups = groupsOf(
    [...sums.keys()].map((group) => ({ group })),
    context.params.group !== undefined,
  )
  return groups.flatMap((group) =>
    periods.flatMap(({ start }, place) => {
      const histogram = pairsOf(sums.get(group)?.subarray(place * width, (place + 1) * width))
      return histogram.length ? [{ group, period: start, histogram }] : []
    }),
  )
}

const longestOf = oncePerAnswer((kept: ColumnTable): number => {
  let longest = 0
  for (const length of numbersOf(kept, 'span_days')) longest = Math.max(longest, length)
  return longest
})

function pairsOf(counts: Int32Array | undefined): [number, number][] {
  const pairs: [number, number][] = []
  counts?.forEach((count, length) => {
    if (count) pairs.push([length, count])
  })
  return pairs
}
