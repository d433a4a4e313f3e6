import { MS_PER_DAY } from './base'

/** Days and values by turns, instants in ms: what the drawing library takes without a copy of each point. It wants `dimensions` beside it. */
export function flatPoints(days: readonly number[], values: readonly number[]): Float64Array {
  const flat = new Float64Array(days.length * 2)
  for (const [row, day] of days.entries()) {
    flat[2 * row] = day * MS_PER_DAY
    flat[2 * row + 1] = values[row] ?? Number.NaN
  }
  return flat
}

/** Points of a series' data, however it came. */
export function pointCount(data: unknown): number {
  if (data instanceof Float64Array) return data.length / 2
  return Array.isArray(data) ? data.length : 0
}

/** One of these points; a plain value stands at its own number. */
export function pointAt(data: unknown, index: number): [number, number] {
  if (data instanceof Float64Array) return [data[2 * index] ?? Number.NaN, data[2 * index + 1] ?? Number.NaN]
  const datum = Array.isArray(data) ? (data[index] as unknown) : undefined
  const value = typeof datum === 'object' && datum !== null && 'value' in datum ? datum.value : datum
  return Array.isArray(value) ? [Number(value[0]), Number(value[1])] : [index, Number(value)]
}
