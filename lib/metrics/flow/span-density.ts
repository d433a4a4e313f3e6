import { z } from 'zod'
import { type ColumnTable, numbersOf, toRows } from '../../engine/columns'
import type { Histogram } from '../../stats/nearest-rank'
import { column, defineMetric } from '../define'
import { oncePerAnswer } from '../facts/entries'
import { unitInForce } from '../facts/finished'
import { LENGTH_PARAMS, spanValueOf } from '../facts/lengths'
import { countText } from '../own-params'
import { cellOf, dayCells, fineness, lengthEdges } from './density-cells'
import {
  afterReach,
  cellCounts,
  type DensityContext,
  itemsWithin,
  lengthsOfAll,
  policiesApart,
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
  queries: (context) => {
    const [lengths, policies] = [lengthsOfAll(context), policiesApart(context)]
    return { cells: cellCounts(context), ...(lengths ? { lengths } : {}), ...(policies ? { policies } : {}) }
  },
  follow: (answers, context) => {
    const reach = reachFound(answers, context)
    return reach ? afterReach(context, reach) : {}
  },
  items: { list: itemsWithin, counted: { how: 'sum', column: 'item_count' } },
  derive: (answers, context) => {
    const { cells, policies = cells, points, inside } = answers
    const unit = unitInForce(context)
    const isEach = points !== undefined && countWhere(points, 'is_each') > 0
    const outliers = points ? countWhere(points, 'is_outlier') : 0
    const above = (reachFound(answers, context)?.above ?? 0) + Number((inside && toRows(inside)[0]?.above) ?? 0)
    const same = {
      left_out_count: isEach ? 0 : above - outliers,
      policy_count: policies ? sumOf(numbersOf(policies, 'policy_count')) : 0,
    }
    const shown = isEach || !cells?.rowCount ? [] : [cellsShown(cells, points, context)]
    return densityTable([...shown, ...(points ? [pointTable(points, isEach, unit)] : [])], same, KINDS)
  },
})

function reachFound({ cells, lengths = cells }: Readonly<Record<string, ColumnTable>>, context: DensityContext): Reach | undefined {
  const finest = fineness(0, unitInForce(context))
  return cells && lengths && reachOf(context, lengthsAmong(cells, finest).histogram, lengthsAmong(lengths, finest).histogram)
}

interface Lengths {
  /** Items by length, whatever their day, from the shortest up. */
  readonly histogram: Histogram
  /** Each length once, as they first come, and the number of its length for each row. */
  readonly each: readonly number[]
  readonly ofRow: Int32Array
}

const lengthsAmong = oncePerAnswer((counted, finest: number): Lengths => {
  const [lengths, counts] = [numbersOf(counted, 'fine_length'), numbersOf(counted, 'item_count')]
  // Eighty thousand rows of elapsed time: a call or a look into a map for each would cost more than all the rest.
  const numbers: number[] = []
  const each: number[] = []
  const sums: number[] = []
  const ofRow = new Int32Array(counted.rowCount)
  for (let row = 0; row < ofRow.length; row++) {
    const length = lengths[row] ?? 0
    const place = Math.round(length / finest)
    let number = numbers[place]
    if (number === undefined) {
      number = each.push(length) - 1
      numbers[place] = number
      sums.push(0)
    }
    ofRow[row] = number
    sums[number] = (sums[number] ?? 0) + (counts[row] ?? 0)
  }
  const histogram = each.map((length, number) => [length, sums[number] ?? 0] as const).sort(([a], [b]) => a - b)
  return { histogram, each, ofRow }
})

function cellsShown(counted: ColumnTable, points: ColumnTable | undefined, context: DensityContext): ColumnTable {
  const { params, window } = context
  const unit = unitInForce(context)
  const lengths = lengthsAmong(counted, fineness(0, unit))
  const shortest = params.lengthFrom === undefined ? (unit === 'elapsed' ? 0 : 1) : spanValueOf(params.lengthFrom, unit)
  const highest = lengths.each.reduce((most, length) => Math.max(most, length), 0)
  const edges = lengthEdges({ scale: params.scale, unit, rows: params.rows, lowest: shortest, highest })
  const longest = params.lengthTo === undefined ? Number.POSITIVE_INFINITY : spanValueOf(params.lengthTo, unit)
  const days = dayCells(window.to - window.from, params.columns)
  return cellTable(gridOf(counted, points, { days, edges, lengths }), { from: window.from, to: window.to, shortest, longest }, unit)
}

/** Items and points counted on the grid. */
function gridOf(
  counted: ColumnTable,
  points: ColumnTable | undefined,
  { days, edges, lengths: { each, ofRow } }: Pick<Grid, 'days' | 'edges'> & { readonly lengths: Lengths },
): Grid {
  const [dayCell, counts] = [numbersOf(counted, 'day_cell'), numbersOf(counted, 'item_count')]
  const dayOf = (day: number) => Math.floor((day - days.first) / days.width)
  const pointDays = Int32Array.from(points ? numbersOf(points, 'finished_on') : [], dayOf)
  const firstDay = pointDays.reduce((least, day) => Math.min(least, day), dayCell[0] ?? 0)
  const lastDay = pointDays.reduce((most, day) => Math.max(most, day), dayCell.at(-1) ?? 0)
  const dayCount = lastDay - firstDay + 1
  const grid = () => new Int32Array(dayCount * edges.length)
  const [items, pointCounts] = [grid(), grid()]
  const cellOfLength = each.map((length) => cellOf(edges, length))
  const add = (sums: Int32Array, day: number, cell: number, count: number) => {
    const place = (day - firstDay) * edges.length + cell
    sums[place] = (sums[place] ?? 0) + count
  }
  for (let row = 0; row < ofRow.length; row++) add(items, dayCell[row] ?? 0, cellOfLength[ofRow[row] ?? 0] ?? 0, counts[row] ?? 0)
  const lengths = points ? numbersOf(points, 'span_value') : []
  pointDays.forEach((day, row) => {
    add(pointCounts, day, cellOf(edges, lengths[row] ?? 0), 1)
  })
  return { days, edges, firstDay, dayCount, items, points: pointCounts }
}

function countWhere({ columns }: ColumnTable, flag: string): number {
  return sumOf((columns.find(({ name }) => name === flag)?.values ?? []) as ArrayLike<number>)
}

/** By index: it is given arrays of several types, and their iterators are slow. */
function sumOf(counts: ArrayLike<number>): number {
  let sum = 0
  for (let row = 0; row < counts.length; row++) sum += counts[row] ?? 0
  return sum
}
