import type { Columns, ColumnValue } from '@/lib/model/columns'
import type { ExploreShape } from './explore-shape'

export interface ExplorePoint {
  /** Day number, number, or place among `categories`. */
  readonly x: number
  /** null: a gap, no zero. */
  readonly y: number | null
  /** Of the answer. */
  readonly row: number
  readonly partial: boolean
}

export interface ExploreSeries {
  readonly id: string
  /** Of the key columns, in their order. */
  readonly keys: readonly ColumnValue[]
  readonly label: string
  readonly points: readonly ExplorePoint[]
  /** What stands on the axis, as the answer has it, one for each point; only where these are names. */
  readonly places?: readonly ColumnValue[]
}

export interface ExploreData {
  readonly series: readonly ExploreSeries[]
  /** Names along the axis, where it is made of names. */
  readonly categories: readonly string[]
  readonly xs: readonly number[]
}

/** What a value of a column is called. */
export type NameOf = (column: string, value: ColumnValue) => string

/** An answer as series of points, in the order of the answer. */
export function exploreData(columns: Columns, shape: ExploreShape, y: string, nameOf: NameOf): ExploreData {
  const { x, keys } = shape
  const places = x && columns.get(x.column)
  const byName = x?.kind === 'category' && places ? [...new Set(places.map((value) => nameOf(x.column, value)))] : []
  const indexOf = new Map(byName.map((name, index) => [name, index]))
  const placeOf = (row: number): number | null => {
    const value = places?.[row] ?? null
    if (x?.kind === 'category') return indexOf.get(nameOf(x.column, value)) ?? null
    return x === undefined ? 0 : typeof value === 'number' ? value : null
  }
  const [values, keyColumns] = [columns.numbers(y), keys.map((name) => columns.get(name))]
  const enough = columns.has('enough') ? columns.flags('enough') : undefined
  const partial = columns.has('partial') ? columns.flags('partial') : undefined
  const found = new Map<string, { keys: ColumnValue[]; points: ExplorePoint[]; places: ColumnValue[] }>()
  for (let row = 0; row < columns.rowCount; row++) {
    const place = placeOf(row)
    if (place === null) continue
    const of = keyColumns.map((column) => column[row] ?? null)
    const id = JSON.stringify(of)
    const series = found.get(id) ?? { keys: of, points: [], places: [] }
    // Too few items for this figure: it is not shown, as everywhere else.
    const value = enough && !enough[row] && y !== 'n' ? null : (values[row] ?? null)
    series.points.push({ x: place, y: value, row, partial: partial?.[row] ?? false })
    if (x?.kind === 'category') series.places.push(places?.[row] ?? null)
    found.set(id, series)
  }
  const series = [...found].map(([id, one]) => ({ id, ...one, label: labelOf(one.keys, keys, nameOf) }))
  const xs = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b)
  return { series, categories: x === undefined ? ['All'] : byName, xs }
}

function labelOf(values: readonly ColumnValue[], names: readonly string[], nameOf: NameOf): string {
  return values.map((value, index) => nameOf(names[index] ?? '', value)).join(' · ')
}

/** Series by their first key, for small multiples; each keeps the rest of its name. */
export function bySplit(
  data: ExploreData,
  keys: readonly string[],
  nameOf: NameOf,
): { readonly label: string; readonly data: ExploreData }[] {
  const groups = new Map<string, ExploreSeries[]>()
  for (const series of data.series) {
    const label = nameOf(keys[0] ?? '', series.keys[0] ?? null)
    const rest = { ...series, label: labelOf(series.keys.slice(1), keys.slice(1), nameOf) || label }
    groups.set(label, [...(groups.get(label) ?? []), rest])
  }
  return [...groups].map(([label, series]) => ({ label, data: { ...data, series } }))
}

/** The series with most to show, and how many were left out. */
export function largest(data: ExploreData, most: number): { readonly data: ExploreData; readonly leftOut: number } {
  if (data.series.length <= most) return { data, leftOut: 0 }
  const size = (series: ExploreSeries) => series.points.reduce((sum, { y }) => sum + Math.abs(y ?? 0), 0)
  const kept = new Set([...data.series].sort((a, b) => size(b) - size(a)).slice(0, most))
  return { data: { ...data, series: data.series.filter((series) => kept.has(series)) }, leftOut: data.series.length - most }
}

/** Least and largest figure of several answers, for charts beside each other that share a scale. */
export function rangeOf(all: readonly ExploreData[]): readonly [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { series } of all)
    for (const { points } of series)
      for (const { y } of points) {
        if (y === null) continue
        low = Math.min(low, y)
        high = Math.max(high, y)
      }
  return low <= high ? [low, high] : undefined
}
