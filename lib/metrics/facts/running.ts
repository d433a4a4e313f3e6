import type { Window } from '../window'

/** The groups that changes name, NULL last; a single NULL when nothing is grouped, even over no change at all. */
export function groupsOf(rows: readonly { readonly group: string | null }[], isGrouped: boolean): (string | null)[] {
  if (!isGrouped) return [null]
  const groups = [...new Set(rows.map((row) => row.group))]
  return groups.sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
}

/** Levels of several series at the end of each day of a window: adds each day's changes and hands the sums to `emit`. */
export function runLevels<T extends { readonly day: number }>(
  window: Window,
  changes: readonly T[],
  options: {
    readonly series: number
    readonly add: (change: T, sums: Float64Array) => void
    readonly emit: (day: number, sums: Float64Array) => void
  },
): void {
  const sums = new Float64Array(options.series)
  const sorted = changes.toSorted((a, b) => a.day - b.day)
  let next = 0
  for (let day = window.from; day < window.to; day++) {
    for (let change = sorted[next]; change !== undefined && change.day <= day; change = sorted[++next]) options.add(change, sums)
    options.emit(day, sums)
  }
}
