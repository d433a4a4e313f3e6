import type { Unit } from '../../model/unit'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

/** Seconds from which on elapsed time is told in whole days: where anything takes so long, all edges of a linear axis are. */
export const LONG = 100 * DAY

/** Seconds to which elapsed time of some length is put together before it is counted, each a divisor of the next. */
export type Fineness = readonly { readonly below: number; readonly seconds: number }[]

export const GRADED: Fineness = [
  { below: DAY, seconds: 15 * MINUTE },
  { below: 10 * DAY, seconds: HOUR },
  { below: LONG, seconds: 6 * HOUR },
  { below: Number.POSITIVE_INFINITY, seconds: DAY },
]
export const BY_DAY = GRADED.slice(-1)
/** A logarithm has no zero: on a logarithmic axis what took less than two hours is one cell. */
const SHORTEST = 2 * HOUR
const LEAST_RATIO = 1.02
/** 1970-01-05. */
const A_MONDAY = 4

/** Equal stretches of days: cell i holds the days `[first + i · width, first + (i + 1) · width)`. */
export interface DayCells {
  readonly first: number
  readonly width: number
}

/** Single days while these are few enough, else whole weeks from Monday on: cells of two or three days would show weekends as stripes. */
export function dayCells(days: number, columns: number): DayCells {
  if (days <= columns) return { first: A_MONDAY, width: 1 }
  return { first: A_MONDAY, width: 7 * Math.ceil(days / 7 / columns) }
}

export interface LengthScale {
  readonly scale: 'linear' | 'log'
  readonly unit: Unit
  /** Cells upward, about. */
  readonly rows: number
  /** Shortest and longest length that is counted, as the facts count it: days, or seconds for `elapsed`. */
  readonly lowest: number
  readonly highest: number
}

/**
 * Edges of cells over lengths, ascending, the last above `highest`. Equal steps: in whole days (or in the fineness of elapsed time) on a
 * linear axis, in the logarithm on a logarithmic one, where cells of one day stand as long as a step is shorter than that.
 */
export function lengthEdges(lengths: LengthScale): number[] {
  return lengths.scale === 'log' ? logEdges(lengths) : linearEdges(lengths)
}

function linearEdges({ unit, rows, lowest, highest }: LengthScale): number[] {
  const fine = fineness(highest, unit)
  const step = Math.max(1, Math.ceil((highest + fine - lowest) / rows / fine)) * fine
  const edges = [unit === 'elapsed' ? Math.floor(lowest / step) * step : lowest]
  for (let edge = edges[0] ?? 0; edge <= highest; edge += step) edges.push(edge + step)
  return edges
}

function logEdges({ unit, rows, lowest, highest }: LengthScale): number[] {
  const shortest = unit === 'elapsed' ? SHORTEST : 1
  const edges = lowest < shortest ? [0, shortest] : [Math.floor(lowest / fineness(lowest, unit)) * fineness(lowest, unit)]
  const start = edges[edges.length - 1] ?? shortest
  const ratio = Math.max((highest / start) ** (1 / rows), LEAST_RATIO)
  for (let edge = start; edge <= highest; ) {
    const fine = fineness(edge * ratio, unit)
    edge = Math.max(Math.ceil((edge * ratio) / fine) * fine, Math.floor(edge / fine) * fine + fine)
    edges.push(edge)
  }
  return edges
}

/** Width of the stretch of lengths in which a length is counted before it goes into a cell. */
export function fineness(value: number, unit: Unit, steps = GRADED): number {
  if (unit !== 'elapsed') return 1
  return steps.find(({ below }) => value < below)?.seconds ?? DAY
}

/** Index of the cell that holds a value: the last edge at or below it. */
export function cellOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length - 2]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((edges[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
