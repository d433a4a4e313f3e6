import type { Columns } from '@/lib/model/columns'

/** Of the items in a histogram of days, how many there are and which share took fewer days; no share without any. */
export function shareBelow(columns: Columns, days: number): { readonly n: number; readonly share: number | undefined } {
  const lengths = columns.numbers('days')
  const counts = columns.numbers('item_count')
  let [n, below] = [0, 0]
  for (let row = 0; row < columns.rowCount; row++) {
    const count = counts[row] ?? 0
    n += count
    if ((lengths[row] ?? 0) < days) below += count
  }
  return { n, share: n === 0 ? undefined : below / n }
}
