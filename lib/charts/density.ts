import type { Columns } from '@/lib/model/columns'
import type { Unit } from '@/lib/model/unit'
import { mix } from './colors'
import type { ChartTheme } from './theme'

/** A stretch of finish days and lengths with the items in it; `[x0, x1)` in days, `[y0, y1)` in the unit. */
export interface Cell {
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
  readonly count: number
  /** Of these are drawn as dots, too. */
  readonly points: number
}

/** An answer of `span-density`, cells and points apart. */
export interface Density {
  /** Only those that hold more than what is drawn as dots. */
  readonly cells: readonly Cell[]
  /** Rows of the points. */
  readonly points: readonly number[]
  /** Items in all. */
  readonly total: number
  /** Most items in a cell that is drawn. */
  readonly most: number
}

/** Takes an answer apart: what is drawn as a cell and what as a dot. */
export function densityOf(columns: Columns): Density {
  const kinds = columns.texts('kind')
  const [x0, x1] = [columns.numbers('day_from'), columns.numbers('day_to')]
  const [y0, y1] = [columns.numbers('length_from'), columns.numbers('length_to')]
  const [counts, pointCounts] = [columns.numbers('item_count'), columns.numbers('point_count')]
  const cells: Cell[] = []
  const points: number[] = []
  let total = 0
  for (let row = 0; row < columns.rowCount; row++) {
    const [count, among] = [counts[row] ?? 0, pointCounts[row] ?? 0]
    total += count
    if (kinds[row] === 'point') points.push(row)
    else if (count > among) cells.push({ x0: x0[row] ?? 0, x1: x1[row] ?? 0, y0: y0[row] ?? 0, y1: y1[row] ?? 0, count, points: among })
  }
  return { cells, points, total, most: cells.reduce((most, cell) => Math.max(most, cell.count), 0) }
}

/** A whole number of days is drawn around its place on the axis: 3 stands from 2.5 to 3.5. */
export function drawnEdge(length: number, unit: Unit): number {
  return unit === 'elapsed' ? length : length - 0.5
}

export interface DensityStep {
  readonly from: number
  /** Undefined: and more. */
  readonly to: number | undefined
  readonly color: string
}

const MOST_STEPS = 7
const FAINTEST = 0.22

/** Classes of items per cell, from one on, each about as much more than the one before; few enough to be told apart. @param hue of the fullest */
export function densitySteps(most: number, { palette }: ChartTheme, hue = palette.accent): DensityStep[] {
  const bounds: number[] = []
  for (let power = 1; power <= most; power *= 10) for (const digit of [1, 2, 5]) if (digit * power <= most) bounds.push(digit * power)
  const every = Math.ceil(bounds.length / MOST_STEPS)
  const kept = bounds.filter((_, index) => index % every === 0)
  return kept.map((from, index) => ({
    from,
    to: kept[index + 1] === undefined ? undefined : (kept[index + 1] ?? 0) - 1,
    color: mix(hue, palette.surface, kept.length === 1 ? 0.6 : FAINTEST + ((1 - FAINTEST) * index) / (kept.length - 1)),
  }))
}

/** The colour of a cell. */
export function stepOf(steps: readonly DensityStep[], count: number): DensityStep | undefined {
  return steps.findLast(({ from }) => from <= count)
}
