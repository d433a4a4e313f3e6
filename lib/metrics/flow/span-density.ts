import { z } from 'zod'
import { type ColumnTable, numbersOf, type Row, toRows } from '../../engine/columns'
import type { Histogram } from '../../stats/nearest-rank'
import { column, defineMetric } from '../define'
import { toUnit, unitInForce } from '../facts/finished'
import { LENGTH_PARAMS, spanValueOf } from '../facts/lengths'
import { countText } from '../own-params'
import { cellOf, dayCells, lengthEdges } from './density-cells'
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
  columns: {
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
  },
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
    const found = points ? toRows(points) : []
    const above = (reachFound(answers, context)?.above ?? 0) + Number((inside && toRows(inside)[0]?.above) ?? 0)
    const same = {
      left_out_count: found[0]?.is_each ? 0 : above - found.filter((row) => row.is_outlier).length,
      policy_count: policies ? sumOf(numbersOf(policies, 'policy_count')) : 0,
    }
    const isEach = found.some((row) => row.is_each)
    const shown = isEach || !cells ? [] : cellRows(cells, found, context)
    return [...shown, ...found.map((row) => pointRow(row, context))].map((row) => Object.assign(row, same))
  },
})

function reachFound({ cells, lengths = cells }: Readonly<Record<string, ColumnTable>>, context: DensityContext): Reach | undefined {
  return cells && lengths && reachOf(context, byLength(cells), byLength(lengths))
}

const HISTOGRAMS = new WeakMap<ColumnTable, Histogram>()

/** Items by length, whatever their day. */
function byLength(counted: ColumnTable): Histogram {
  const known = HISTOGRAMS.get(counted)
  if (known) return known
  const [lengths, counts] = [numbersOf(counted, 'fine_length'), numbersOf(counted, 'item_count')]
  const sums = new Map<number, number>()
  for (let row = 0; row < counted.rowCount; row++) addAt(sums, lengths[row] ?? 0, counts[row] ?? 0)
  const histogram = [...sums].sort(([a], [b]) => a - b)
  HISTOGRAMS.set(counted, histogram)
  return histogram
}

/** Cells that hold any, in the order of days and lengths. */
function cellRows(counted: ColumnTable, points: readonly Row[], context: DensityContext): Row[] {
  const { params, window } = context
  const unit = unitInForce(context)
  const days = dayCells(window.to - window.from, params.columns)
  const [dayCell, lengths, counts] = [numbersOf(counted, 'day_cell'), numbersOf(counted, 'fine_length'), numbersOf(counted, 'item_count')]
  const lowest = params.lengthFrom === undefined ? (unit === 'elapsed' ? 0 : 1) : spanValueOf(params.lengthFrom, unit)
  let highest = 0
  for (const length of lengths) highest = Math.max(highest, length)
  const edges = lengthEdges({ scale: params.scale, unit, rows: params.rows, lowest, highest })
  const end = params.lengthTo === undefined ? Number.POSITIVE_INFINITY : spanValueOf(params.lengthTo, unit)
  const keyOf = (day: number, length: number) => day * edges.length + cellOf(edges, length)
  const items = new Map<number, number>()
  lengths.forEach((length, row) => {
    addAt(items, keyOf(dayCell[row] ?? 0, length), counts[row] ?? 0)
  })
  const pointsAt = new Map<number, number>()
  for (const { finished_on, span_value } of points)
    addAt(pointsAt, keyOf(Math.floor((Number(finished_on) - days.first) / days.width), Number(span_value)), 1)
  const keys = [...new Set([...items.keys(), ...pointsAt.keys()])].sort((a, b) => a - b)
  return keys.map((key) => {
    const [day, row] = [Math.floor(key / edges.length), key % edges.length]
    return {
      kind: 'cell',
      day_from: Math.max(window.from, days.first + day * days.width),
      day_to: Math.min(window.to, days.first + (day + 1) * days.width),
      length_from: toUnit(Math.max(lowest, edges[row] ?? 0), unit),
      length_to: toUnit(Math.min(end, edges[row + 1] ?? 0), unit),
      item_count: items.get(key) ?? 0,
      point_count: pointsAt.get(key) ?? 0,
    }
  })
}

function sumOf(counts: Iterable<number>): number {
  let sum = 0
  for (const count of counts) sum += count
  return sum
}

function addAt(sums: Map<number, number>, key: number, count: number): void {
  sums.set(key, (sums.get(key) ?? 0) + count)
}

function pointRow(row: Row, context: DensityContext): Row {
  const length = toUnit(Number(row.span_value), unitInForce(context))
  const isEach = row.is_each === true
  return {
    kind: 'point',
    day_from: row.finished_on ?? null,
    day_to: Number(row.finished_on) + 1,
    length_from: length,
    length_to: length,
    item_count: isEach ? 1 : 0,
    point_count: 1,
    reason: row.is_selected ? 'selected' : isEach ? 'each' : 'outlier',
    stream_id: row.stream_id ?? null,
    item_id: row.item_id ?? null,
    key: row.key ?? null,
    title: row.title ?? null,
    type: row.type ?? null,
    team: row.team ?? null,
    finished_on: row.finished_on ?? null,
    span_days: row.span_days ?? null,
    elapsed_days: row.elapsed_days ?? null,
  }
}
