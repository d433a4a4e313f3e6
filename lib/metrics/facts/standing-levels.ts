import { type Column, type ColumnTable, cellAt } from '../../engine/columns'
import type { MetricContext } from '../define'
import { groupsOf } from './running'

/** No stream has as many. */
const MOST_STAGES = 10_000
const MOST_STATUSES = 16

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
export function standingLevels(table: ColumnTable | undefined, context: MetricContext, lines: Lines): GroupLevels[] {
  const { from, to } = context.window
  const matrices = table ? changesByDay(table, { from, to }, lines) : new Map<string | null, Float64Array>()
  const groups = groupsOf(
    [...matrices.keys()].map((group) => ({ group })),
    context.params.group !== undefined,
  )
  return groups.map((group) => ({
    group,
    forEachDay: (emit) => runDays(matrices.get(group), { from, to, series: lines.series }, emit),
  }))
}

interface Lines {
  readonly series: number
  readonly seriesOf: (standing: Standing) => readonly number[] | undefined
}

/** The change of each series on each day, for each group. */
function changesByDay(table: ColumnTable, { from, to }: { from: number; to: number }, { series, seriesOf }: Lines) {
  const width = Math.max(0, to - from) * series
  const matrices = new Map<string | null, Float64Array>()
  const known = new Map<number, readonly number[] | undefined>()
  const [group, stream, day, position, mark, status, delta] = table.columns
  const [groups, streams, statuses] = [group, stream, status].map((column) => numbered(column, table.rowCount)) as Three<Numbered>
  const [days, positions, marks, deltas] = [day, position, mark, delta].map((column) => column?.values) as Four<Int32Array>
  for (let row = 0; row < table.rowCount; row++) {
    const [at, high, of, is] = [positions[row], marks[row], streams.codes[row], statuses.codes[row]] as Four<number>
    const key = ((of * MOST_STAGES + at + 2) * MOST_STAGES + high + 2) * MOST_STATUSES + is
    let own = known.get(key)
    if (!own && !known.has(key)) {
      own = seriesOf({ streamId: String(streams.texts[of]), position: at, mark: high, status: String(statuses.texts[is]) })
      known.set(key, own)
    }
    if (!own) continue
    const name = groups.texts[groups.codes[row] ?? -1] ?? null
    let matrix = matrices.get(name)
    if (!matrix) {
      matrix = new Float64Array(width)
      matrices.set(name, matrix)
    }
    const offset = ((days[row] ?? 0) - from) * series
    for (const index of own) matrix[offset + index] = (matrix[offset + index] ?? 0) + (deltas[row] ?? 0)
  }
  return matrices
}

type Three<T> = [T, T, T]
type Four<T> = [T, T, T, T]

/** Texts by number, each once; some may be unused. */
interface Numbered {
  readonly texts: readonly (string | null)[]
  readonly codes: Int32Array
}

/** A dictionary may name a text twice, and then its numbers are no keys. */
function numbered(column: Column | undefined, rowCount: number): Numbered {
  if (!column) return { texts: [], codes: new Int32Array(rowCount) }
  const { dictionary, valid } = column
  const numbers = new Map<string | null, number>()
  const numberOf = (text: string | null) => {
    const number = numbers.get(text) ?? numbers.size
    if (number === numbers.size) numbers.set(text, number)
    return number
  }
  const known = dictionary && Int32Array.from(dictionary.texts, numberOf)
  const none = numberOf(null)
  const codes = new Int32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    if (valid?.[row] === 0) codes[row] = none
    else codes[row] = known ? (known[dictionary?.indices[row] ?? -1] ?? none) : numberOf(cellAt(column, row) as string | null)
  }
  return { texts: [...numbers.keys()], codes }
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
