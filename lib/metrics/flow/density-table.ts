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
  const places: number[] = []
  for (let place = 0; place < dayCount * edges.length; place++) if (items[place] || points[place]) places.push(place)
  const dayOf = (place: number) => days.first + (firstDay + Math.floor(place / edges.length)) * days.width
  const edgeOf = (place: number, next: number) => edges[(place % edges.length) + next] ?? 0
  return tableOf(places.length, [
    { name: 'day_from', kind: 'day', values: Int32Array.from(places, (place) => Math.max(bounds.from, dayOf(place))) },
    { name: 'day_to', kind: 'day', values: Int32Array.from(places, (place) => Math.min(bounds.to, dayOf(place) + days.width)) },
    numbers('length_from', places, (place) => toUnit(Math.max(bounds.shortest, edgeOf(place, 0)), unit)),
    numbers('length_to', places, (place) => toUnit(Math.min(bounds.longest, edgeOf(place, 1)), unit)),
    { name: 'item_count', kind: 'int', values: Int32Array.from(places, (place) => items[place] ?? 0) },
    { name: 'point_count', kind: 'int', values: Int32Array.from(places, (place) => points[place] ?? 0) },
    sameText('kind', 'cell', places.length),
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

function numbers(name: string, places: readonly number[], at: (place: number) => number): Column {
  return { name, kind: 'float', values: Float64Array.from(places, at) }
}

function sameText(name: string, text: string, rowCount: number): Column {
  return new TextColumn(name, { texts: [text], indices: new Int32Array(rowCount) })
}
