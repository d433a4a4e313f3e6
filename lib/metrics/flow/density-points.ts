import { type ColumnTable, numbersOf } from '../../engine/columns'
import { inTextOrder } from '../../engine/text-order'
import { rowsAt, textsAt } from '../facts/column-rows'
import type { Limit, Reach } from './density-queries'

/** Items found, less those that are no points, in the order of their last finish. */
export interface ShownPoints {
  readonly points: ColumnTable
  /** Those above the 95th percentile. */
  readonly outlierCount: number
}

/** All while they are few enough; else the longest of those above the percentile, equal ones by the last finish, and those that were asked for. */
export function shownPoints(found: ColumnTable, { isEach }: Reach, { percentile }: Limit, outliers: number): ShownPoints {
  const [lengths, finished] = [numbersOf(found, 'span_value'), numbersOf(found, 'finished_at')]
  const [streams, ids] = [textsAt(found, 'stream_id'), textsAt(found, 'item_id')]
  const isSelected = found.columns.find(({ name }) => name === 'is_selected')?.values
  const isOutlier = (row: number) => (lengths[row] ?? 0) > percentile
  const byName = (a: number, b: number) => inTextOrder(streams(a), streams(b)) || inTextOrder(ids(a), ids(b))
  const atOf = (row: number) => finished[row] ?? 0
  let rows = Array.from({ length: found.rowCount }, (_, row) => row)
  if (!isEach) {
    rows = rows.filter((row) => isOutlier(row) || isSelected?.[row])
    rows.sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0) || atOf(b) - atOf(a) || byName(a, b))
    rows = rows.filter((row, place) => place < outliers || isSelected?.[row])
  }
  rows.sort((a, b) => atOf(a) - atOf(b) || byName(a, b))
  return { points: rowsAt(found, rows), outlierCount: rows.reduce((sum, row) => (isOutlier(row) ? sum + 1 : sum), 0) }
}
