import { z } from 'zod'
import { type ColumnTable, numbersOf } from '../../engine/columns'
import type { Histogram } from '../../stats/nearest-rank'
import { column, defineMetric } from '../define'
import { oncePerAnswer } from '../facts/entries'
import { unitInForce } from '../facts/finished'
import { LENGTH_PARAMS, spanValueOf } from '../facts/lengths'
import { countText } from '../own-params'
import { cellOf, dayCells, fineness, lengthEdges } from './density-cells'
import { shownPoints } from './density-points'
import {
  afterReach,
  countedIn,
  countQueries,
  type DensityContext,
  finenessFor,
  firstQueries,
  itemsWithin,
  limitOf,
  type Reach,
  reachOf,
} from './density-queries'
import { cellTable, densityTable, type Grid, pointTable } from './density-table'

const COLUMNS = {
  kind: column.text('cell: items counted together; point: one item'),
  day_from: column.day('first local day of finish'),
  day_to: column.day('local day after the last'),
  length_from: column.float('least length, in the unit in force', { unit: 'days' }),
  length_to: column.float('length that is just too long; of a point its own', { unit: 'days' }),
  item_count: column.int('finished items that this row adds: 0 for a point that a cell counts', { unit: 'items' }),
  point_count: column.int('those of them that come as points, too', { unit: 'items' }),
  reason: column.text('why it is a point: each, outlier or selected', { nullable: true }),
  left_out_count: column.int('outliers that are no points, the same in every row', { unit: 'items' }),
  policy_count: column.int('finished items that another policy gives another length, the same in every row', { unit: 'items' }),
  stream_id: column.text('value stream', { nullable: true }),
  item_id: column.text("the item's id in its source", { nullable: true }),
  key: column.text('key that people use', { nullable: true }),
  title: column.text('title', { nullable: true }),
  type: column.text('flow item type when it finished', { nullable: true }),
  team: column.text('team when it finished', { nullable: true }),
  finished_on: column.day('local day of its last finish', { nullable: true }),
  span_days: column.int('inclusive calendar days from start to finish', { unit: 'days', nullable: true }),
  elapsed_days: column.float('elapsed days of 86,400 seconds', { unit: 'elapsed days', nullable: true }),
}

const KINDS = new Map(Object.entries(COLUMNS).map(([name, { kind }]) => [name, kind]))

export const spanDensity = defineMetric({
  name: 'span-density',
  title: 'Density of finished items',
  aka: ['binned cycle time scatterplot', 'cycle time heat map'],
  unit: 'items',
  doc: 'How many items finished in each cell of days and lengths. Up to `pointsBelow` items come as points instead, one each. With cells come as points, too: the outliers, which took longer than 95 % of all items that finished in the window (nearest rank), the longest `outliers` of them, and the items of `selected`. item_count adds up to the number of finished items: it is 0 for a point that a cell counts.',
  source: 'Vacanti 2015, ch. 10; Carr et al. 1987 (binning)',
  subject: 'finished',
  uses: ['rule', 'span', 'unit', 'policy'],
  params: z.object({
    scale: z.enum(['linear', 'log']).default('linear').describe('cells of equal steps of the length, or of its logarithm'),
    columns: countText(200, 1000, 1).describe('cells in time at most: single days while they suffice, else whole weeks from Monday on'),
    rows: countText(40, 400, 1).describe('cells over lengths, about; the finest are a day, of elapsed time a quarter of an hour'),
    pointsBelow: countText(2000, 50_000).describe('up to so many items each is a point'),
    outliers: countText(500, 10_000).describe('outliers at most, the longest first'),
    selected: z.string().max(10_000).optional().describe('ids of items that come as points whatever their length, separated by commas'),
    ...LENGTH_PARAMS,
  }),
  columns: COLUMNS,
  queries: firstQueries,
  follow: (answers, context) => {
    if (answers.points) return {}
    if (!countedIn(answers, context)) return countQueries(context, finenessFor(answers.long))
    const reach = reachFound(answers, context)
    return reach ? afterReach(context, reach) : {}
  },
  items: { list: itemsWithin, counted: { how: 'sum', column: 'item_count' } },
  derive: (answers, context) => {
    const counted = countedIn(answers, context)
    const reach = reachFound(answers, context)
    if (!counted || !reach || !answers.points) return []
    const { cells } = counted
    const { policies = cells, stretch } = answers
    const unit = unitInForce(context)
    const limit = limitOf(reach, stretch)
    const { points, outlierCount } = shownPoints(answers.points, reach, limit, context.params.outliers)
    const same = {
      left_out_count: reach.isEach ? 0 : limit.above - outlierCount,
      policy_count: sumOf(numbersOf(policies, 'policy_count')),
    }
    const shown = reach.isEach || !cells.rowCount ? [] : [cellsShown(lengthsCounted(cells, answers, context), points, context)]
    return densityTable([...shown, pointTable(points, reach.isEach, unit)], same, KINDS)
  },
})

type Answers = Readonly<Record<string, ColumnTable>>

function reachFound(answers: Answers, context: DensityContext): Reach | undefined {
  const counted = countedIn(answers, context)
  if (!counted) return undefined
  const histogramOf = (table: ColumnTable) => lengthsCounted(table, answers, context).histogram
  return reachOf(context, finenessFor(answers.long), { shown: histogramOf(counted.cells), all: histogramOf(counted.lengths) })
}

function lengthsCounted(counted: ColumnTable, { long }: Answers, context: DensityContext): Lengths {
  return lengthsAmong(counted, fineness(0, unitInForce(context), finenessFor(long)))
}

interface Lengths {
  readonly counted: ColumnTable
  /** All lengths are multiples of it. */
  readonly finest: number
  /** Items by length, whatever their day, from the shortest up. */
  readonly histogram: Histogram
  /** For each row the place of its length among all multiples of the finest. */
  readonly places: Int32Array
}

const lengthsAmong = oncePerAnswer((counted, finest: number): Lengths => {
  const [lengths, counts] = [numbersOf(counted, 'fine_length'), numbersOf(counted, 'item_count')]
  // Eighty thousand rows: a call or a look into a map for each would cost more than all the rest.
  const places = new Int32Array(lengths.length)
  let highest = 0
  for (let row = 0; row < places.length; row++) {
    const place = Math.round((lengths[row] ?? 0) / finest)
    places[row] = place
    if (place > highest) highest = place
  }
  const sums = new Float64Array(highest + 1)
  for (let row = 0; row < places.length; row++) {
    const place = places[row] ?? 0
    sums[place] = (sums[place] ?? 0) + (counts[row] ?? 0)
  }
  const histogram: [number, number][] = []
  for (let place = 0; place < sums.length; place++) if (sums[place]) histogram.push([place * finest, sums[place] ?? 0])
  return { counted, finest, histogram, places }
})

function cellsShown({ counted, finest, histogram, places }: Lengths, points: ColumnTable, context: DensityContext): ColumnTable {
  const { params, window } = context
  const unit = unitInForce(context)
  const shortest = params.lengthFrom === undefined ? (unit === 'elapsed' ? 0 : 1) : spanValueOf(params.lengthFrom, unit)
  const highest = histogram.at(-1)?.[0] ?? 0
  const edges = lengthEdges({ scale: params.scale, unit, rows: params.rows, lowest: shortest, highest })
  const longest = params.lengthTo === undefined ? Number.POSITIVE_INFINITY : spanValueOf(params.lengthTo, unit)
  const days = dayCells(window.to - window.from, params.columns)
  const cells = new Int32Array(Math.round(highest / finest) + 1)
  for (const [length] of histogram) cells[Math.round(length / finest)] = cellOf(edges, length)
  return cellTable(gridOf(counted, points, { days, edges, places, cells }), { from: window.from, to: window.to, shortest, longest }, unit)
}

interface Measured extends Pick<Grid, 'days' | 'edges'> {
  /** For each row counted the place of its length, and for each place the cell. */
  readonly places: Int32Array
  readonly cells: Int32Array
}

/** Items and points counted on the grid. */
function gridOf(counted: ColumnTable, points: ColumnTable, { days, edges, places, cells }: Measured): Grid {
  const [itemDays, counts] = [numbersOf(counted, 'cell_day'), numbersOf(counted, 'item_count')]
  let [first, last] = [itemDays[0] ?? 0, itemDays[0] ?? 0]
  for (let row = 1; row < itemDays.length; row++) {
    const day = itemDays[row] ?? 0
    if (day < first) first = day
    if (day > last) last = day
  }
  const dayCell = (day: number) => Math.floor((day - days.first) / days.width)
  const [firstDay, dayCount] = [dayCell(first), dayCell(last) - dayCell(first) + 1]
  const starts = Int32Array.from({ length: last - first + 1 }, (_, day) => (dayCell(first + day) - firstDay) * edges.length)
  const grid = () => new Int32Array(dayCount * edges.length)
  const [items, pointCounts] = [grid(), grid()]
  for (let row = 0; row < itemDays.length; row++) {
    const place = (starts[(itemDays[row] ?? 0) - first] ?? 0) + (cells[places[row] ?? 0] ?? 0)
    items[place] = (items[place] ?? 0) + (counts[row] ?? 0)
  }
  const [pointDays, lengths] = [numbersOf(points, 'finished_on'), numbersOf(points, 'span_value')]
  for (let row = 0; row < pointDays.length; row++) {
    const place = (dayCell(pointDays[row] ?? 0) - firstDay) * edges.length + cellOf(edges, lengths[row] ?? 0)
    pointCounts[place] = (pointCounts[place] ?? 0) + 1
  }
  return { days, edges, firstDay, dayCount, items, points: pointCounts }
}

/** By index: it is given arrays of several types, and their iterators are slow. */
function sumOf(counts: ArrayLike<number>): number {
  let sum = 0
  for (let row = 0; row < counts.length; row++) sum += counts[row] ?? 0
  return sum
}
