import { type Column, type ColumnKind, type ColumnTable, numbersOf, TextColumn } from '../../engine/columns'
import { stacked } from '../../engine/stack'
import type { Unit } from '../../model/unit'
import { toUnit } from '../facts/finished'
import type { DayCells } from './density-cells'

/** Items counted on a grid of stretches of days and lengths. */
export interface Grid {
  readonly days: DayCells
  /** Number of the first stretch of days, and how many there are. */
  readonly firstDay: number
  readonly dayCount: number
  /** Edges over lengths, as the facts count them. */
  readonly edges: readonly number[]
  /** By day, then by length: items, and those of them that come as points. */
  readonly items: Int32Array
  readonly points: Int32Array
}

/** What no cell reaches beyond: days, and lengths as the facts count them. */
export interface Bounds {
  readonly from: number
  readonly to: number
  readonly shortest: number
  readonly longest: number
}

/** Columns that are the same in every row. */
export type Same = Readonly<Record<'left_out_count' | 'policy_count', number>>

/** Cells that hold any, in the order of days and lengths. */
export function cellTable({ days, firstDay, dayCount, edges, items, points }: Grid, bounds: Bounds, unit: Unit): ColumnTable {
  const count = items.reduce((sum, count, place) => (count || points[place] ? sum + 1 : sum), 0)
  const [dayFrom, dayTo, itemCount, pointCount] = [
    new Int32Array(count),
    new Int32Array(count),
    new Int32Array(count),
    new Int32Array(count),
  ]
  const [lengthFrom, lengthTo] = [new Float64Array(count), new Float64Array(count)]
  let row = 0
  for (let day = 0; day < dayCount; day++) {
    const start = days.first + (firstDay + day) * days.width
    for (let cell = 0; cell < edges.length; cell++) {
      const place = day * edges.length + cell
      if (!items[place] && !points[place]) continue
      dayFrom[row] = Math.max(bounds.from, start)
      dayTo[row] = Math.min(bounds.to, start + days.width)
      lengthFrom[row] = toUnit(Math.max(bounds.shortest, edges[cell] ?? 0), unit)
      lengthTo[row] = toUnit(Math.min(bounds.longest, edges[cell + 1] ?? 0), unit)
      itemCount[row] = items[place] ?? 0
      pointCount[row++] = points[place] ?? 0
    }
  }
  return tableOf(count, [
    { name: 'day_from', kind: 'day', values: dayFrom },
    { name: 'day_to', kind: 'day', values: dayTo },
    { name: 'length_from', kind: 'float', values: lengthFrom },
    { name: 'length_to', kind: 'float', values: lengthTo },
    { name: 'item_count', kind: 'int', values: itemCount },
    { name: 'point_count', kind: 'int', values: pointCount },
    sameText('kind', 'cell', count),
  ])
}

const REASONS = ['each', 'outlier', 'selected']

/** One row for each item found: its own texts and lengths as they came. */
export function pointTable(found: ColumnTable, isEach: boolean, unit: Unit): ColumnTable {
  const { rowCount } = found
  const lengths = numbersOf(found, 'span_value')
  const finished = numbersOf(found, 'finished_on')
  const isSelected = found.columns.find(({ name }) => name === 'is_selected')?.values
  const length = Float64Array.from(lengths, (value) => toUnit(value, unit))
  const reasons = Int32Array.from(lengths, (_, row) => (isSelected?.[row] ? 2 : isEach ? 0 : 1))
  return tableOf(rowCount, [
    ...found.columns,
    sameText('kind', 'point', rowCount),
    { name: 'day_from', kind: 'day', values: Int32Array.from(finished) },
    { name: 'day_to', kind: 'day', values: Int32Array.from(finished, (day) => day + 1) },
    { name: 'length_from', kind: 'float', values: length },
    { name: 'length_to', kind: 'float', values: length },
    { name: 'item_count', kind: 'int', values: new Int32Array(rowCount).fill(isEach ? 1 : 0) },
    { name: 'point_count', kind: 'int', values: new Int32Array(rowCount).fill(1) },
    new TextColumn('reason', { texts: REASONS, indices: reasons }),
  ])
}

/** Tables below each other, each row with what is the same in all. */
export function densityTable(tables: readonly ColumnTable[], same: Same, kinds: ReadonlyMap<string, ColumnKind>): ColumnTable {
  const whole = tables.map((table) => {
    const columns = Object.entries(same).map(
      ([name, value]): Column => ({ name, kind: 'int', values: new Int32Array(table.rowCount).fill(value) }),
    )
    return tableOf(table.rowCount, [...table.columns, ...columns])
  })
  return stacked(whole, kinds)
}

function tableOf(rowCount: number, columns: readonly Column[]): ColumnTable {
  return { rowCount, columns }
}

function sameText(name: string, text: string, rowCount: number): Column {
  return new TextColumn(name, { texts: [text], indices: new Int32Array(rowCount) })
}
