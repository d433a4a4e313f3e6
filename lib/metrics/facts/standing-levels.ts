import { type ColumnTable, cellAt } from '../../engine/columns'
import type { MetricContext } from '../define'
import { groupsOf } from './running'

/** No stream has as many. */
const MOST_STAGES = 10_000

/** Where items stand: their stage, how far they ever got, and whether they are open, finished or removed. */
export interface Standing {
  readonly streamId: string
  readonly position: number
  readonly mark: number
  readonly status: string
}

/** The levels of several series at the end of each day, for one group. */
export interface GroupLevels {
  readonly group: string | null
  forEachDay(emit: (day: number, sums: Float64Array) => void): void
}

/**
 * Levels out of rows of `levelChanges`. There may be a hundred thousand of them but few different standings, so each standing is
 * asked once which series it counts in, and every change is then one addition. @param seriesOf undefined: in none, and makes no group
 */
export function standingLevels(
  table: ColumnTable | undefined,
  context: MetricContext,
  { series, seriesOf }: { readonly series: number; readonly seriesOf: (standing: Standing) => readonly number[] | undefined },
): GroupLevels[] {
  const { from, to } = context.window
  const width = Math.max(0, to - from) * series
  const matrices = new Map<string | null, Float64Array>()
  const known = new Map<number, readonly number[] | undefined>()
  const [streams, statuses] = [numbering(), numbering()]
  const [group, stream, day, position, mark, status, delta] = table?.columns ?? []
  if (table && group && stream && day && position && mark && status && delta) {
    for (let row = 0; row < table.rowCount; row++) {
      const standing = {
        streamId: String(cellAt(stream, row)),
        position: Number(position.values[row]),
        mark: Number(mark.values[row]),
        status: String(cellAt(status, row)),
      }
      const key =
        ((streams(standing.streamId) * MOST_STAGES + standing.position + 2) * MOST_STAGES + standing.mark + 2) * 4 +
        statuses(standing.status)
      if (!known.has(key)) known.set(key, seriesOf(standing))
      const own = known.get(key)
      if (!own) continue
      const name = cellAt(group, row) as string | null
      const matrix = matrices.get(name) ?? new Float64Array(width)
      matrices.set(name, matrix)
      const offset = (Number(day.values[row]) - from) * series
      for (const index of own) matrix[offset + index] = (matrix[offset + index] ?? 0) + Number(delta.values[row])
    }
  }
  const groups = groupsOf(
    [...matrices.keys()].map((name) => ({ group: name })),
    context.params.group !== undefined,
  )
  return groups.map((name) => ({ group: name, forEachDay: (emit) => runDays(matrices.get(name), { from, to, series }, emit) }))
}

/** Numbers texts as they come. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>()
  return (text) => {
    const number = numbers.get(text) ?? numbers.size
    if (number === numbers.size) numbers.set(text, number)
    return number
  }
}

function runDays(
  matrix: Float64Array | undefined,
  { from, to, series }: { readonly from: number; readonly to: number; readonly series: number },
  emit: (day: number, sums: Float64Array) => void,
): void {
  const sums = new Float64Array(series)
  for (let day = from; day < to; day++) {
    const offset = (day - from) * series
    if (matrix) for (let index = 0; index < series; index++) sums[index] = (sums[index] ?? 0) + (matrix[offset + index] ?? 0)
    emit(day, sums)
  }
}
