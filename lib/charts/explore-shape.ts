import type { Columns } from '@/lib/model/columns'

/** A column as its metric describes it. */
export interface ColumnInfo {
  readonly name: string
  readonly kind: 'int' | 'float' | 'text' | 'bool' | 'day' | 'instant'
  readonly meaning: string
  readonly unit?: string
}

/** What stands where in a picture of an answer. */
export interface ExploreShape {
  /** Absent: the answer is a single row, or rows that nothing orders. */
  readonly x?: { readonly column: string; readonly kind: 'time' | 'number' | 'category' }
  /** Columns that tell one series from another, the split first. */
  readonly keys: readonly string[]
  /** A row is an item and not a figure. */
  readonly hasItems: boolean
}

const TIMES = ['period_on', 'day_on', 'at']
/** Numbers that say which figure is meant, and are none themselves. */
const KEY_NUMBERS = ['percentile']
const PLACES = ['days']
/** Texts that nobody tells series apart by. */
const REMARKS = ['explanation', 'meaning', 'title', 'url', 'example_keys', 'effect', 'item_id', 'key']
const NO_FIGURES = ['seed', 'total_count', ...KEY_NUMBERS]

/** The numbers of an answer that can be drawn; of days and lengths only what is measured. */
export function measuresOf(infos: readonly ColumnInfo[]): ColumnInfo[] {
  return infos.filter(({ name, kind }) => (kind === 'int' || kind === 'float') && !NO_FIGURES.includes(name) && !PLACES.includes(name))
}

/** The number that is drawn: the one asked for, else the metric's figure, else the first in the metric's own unit. */
export function measureOf(
  infos: readonly ColumnInfo[],
  { asked, figure, unit }: { readonly asked?: string; readonly figure?: string; readonly unit: string },
): ColumnInfo | undefined {
  const all = measuresOf(infos)
  const named = (name: string | undefined) => all.find((info) => info.name === name)
  const inUnit = (info: ColumnInfo) => info.unit === unit || (unit === 'ratio' && isRatio(info.name))
  return named(asked) ?? named(figure) ?? all.find(inUnit) ?? all[0]
}

/** Whether a column holds a share of one. */
export function isRatio(name: string): boolean {
  return name === 'ratio' || name.endsWith('_ratio')
}

/** Finds out of an answer what to draw it over and what its series are. `split`: the dimension asked for. */
export function shapeOf(infos: readonly ColumnInfo[], columns: Columns, split?: string): ExploreShape {
  const there = infos.filter(({ name }) => columns.has(name))
  const hasItems = columns.has('item_id')
  const x = hasItems ? itemAxis(there) : figureAxis(there)
  if (hasItems) return { x, hasItems, keys: split !== undefined && columns.has(split) ? [split] : [] }
  return { x, hasItems, keys: keysOf(there, columns, x?.column) }
}

function itemAxis(infos: readonly ColumnInfo[]): ExploreShape['x'] {
  const day = infos.find(({ kind, name }) => kind === 'day' && name !== 'day_from' && name !== 'day_to')
  if (day) return { column: day.name, kind: 'time' }
  const stage = infos.find(({ name }) => name === 'stage_id')
  return stage && { column: stage.name, kind: 'category' }
}

function figureAxis(infos: readonly ColumnInfo[]): ExploreShape['x'] {
  const time = TIMES.find((name) => infos.some((info) => info.name === name))
  if (time) return { column: time, kind: 'time' }
  const place = infos.find(({ name }) => PLACES.includes(name))
  if (place) return { column: place.name, kind: 'number' }
  const text = infos.filter(({ kind, name }) => kind === 'text' && !REMARKS.includes(name))
  const named = text.find(({ name }) => name !== 'group') ?? text[0] ?? infos.find(({ name }) => KEY_NUMBERS.includes(name))
  return named && { column: named.name, kind: 'category' }
}

/** As few columns as it takes to have one row for each place on the axis and each series. */
function keysOf(infos: readonly ColumnInfo[], columns: Columns, x: string | undefined): string[] {
  const isKey = ({ kind, name }: ColumnInfo) => (kind === 'text' && !REMARKS.includes(name)) || KEY_NUMBERS.includes(name)
  const candidates = infos.filter((info) => isKey(info) && info.name !== x).map(({ name }) => name)
  const ordered = [...candidates.filter((name) => name === 'group'), ...candidates.filter((name) => name !== 'group')]
  const keys: string[] = []
  let distinct = distinctRows(columns, x === undefined ? [] : [x])
  for (const name of ordered) {
    if (distinct === columns.rowCount && name !== 'group') break
    const next = distinctRows(columns, [...(x === undefined ? [] : [x]), ...keys, name])
    if (next > distinct || name === 'group') keys.push(name)
    distinct = next
  }
  return keys
}

function distinctRows(columns: Columns, names: readonly string[]): number {
  const values = names.map((name) => columns.get(name))
  const seen = new Set<string>()
  for (let row = 0; row < columns.rowCount; row++) seen.add(JSON.stringify(values.map((column) => column[row] ?? null)))
  return seen.size
}
