import { type ColumnTable, cellAt, numbersOf } from '../../engine/columns'
import type { MetricContext } from '../define'
import { groupsOf } from './running'

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
  forEachDay(emit: (day: number, sums: Int32Array) => void): void
}

/**
 * Levels out of rows of `levelChanges`. There may be a hundred thousand of them but few different standings, so each standing is
 * asked once which series it counts in. An item that reached a stage counts in the lines of all stages before it, too: what is kept for
 * each day is therefore by how much a line changes more than the one after it, which is one addition, and lines are summed up at the end.
 */
export function standingLevels(table: ColumnTable | undefined, context: MetricContext, lines: Lines): GroupLevels[] {
  const { from, to } = context.window
  const matrices = table ? changesByDay(table, { from, to }, lines) : new Map<string | null, Int32Array>()
  const groups = groupsOf(
    [...matrices.keys()].map((group) => ({ group })),
    context.params.group !== undefined,
  )
  return groups.map((group) => ({
    group,
    forEachDay: (emit) => runDays(matrices.get(group), { from, to, series: lines.lines * lines.counts, counts: lines.counts }, emit),
  }))
}

interface Lines {
  readonly lines: number
  /** Counts of each line. */
  readonly counts: number
  /** Series that a standing counts in: `line * counts + count`, each once; undefined: in none, and it makes no group. */
  readonly seriesOf: (standing: Standing) => readonly number[] | undefined
}

/** The fewest changes, each of all series of a count up to a line, that add one to each of the series and nothing to others: series and sign by turns. */
function stepsTo(series: readonly number[], counts: number): Int32Array {
  const wanted = new Set(series)
  const steps = series.flatMap((one) => [
    ...(wanted.has(one + counts) ? [] : [one, 1]),
    ...(one < counts || wanted.has(one - counts) ? [] : [one - counts, -1]),
  ])
  return Int32Array.from(steps)
}

/** The steps of each day, for each group. */
function changesByDay(table: ColumnTable, { from, to }: { from: number; to: number }, lines: Lines) {
  const series = lines.lines * lines.counts
  const width = Math.max(0, to - from) * series
  const groups = codesOf(table, 'grp')
  const [days, deltas] = [numbersOf(table, 'day'), numbersOf(table, 'item_delta')]
  const stepsAt = rememberedSteps(table, lines)
  const matrices: (Int32Array | undefined)[] = groups.texts.map(() => undefined)
  for (let row = 0; row < table.rowCount; row++) {
    const own = stepsAt(row)
    if (!own) continue
    const code = groups.codes[row] ?? 0
    const matrix = matrices[code] ?? new Int32Array(width)
    matrices[code] = matrix
    const offset = ((days[row] ?? 0) - from) * series
    const change = deltas[row] ?? 0
    for (let step = 0; step < own.length; step += 2) {
      const place = offset + (own[step] ?? 0)
      matrix[place] = (matrix[place] ?? 0) + (own[step + 1] ?? 0) * change
    }
  }
  return new Map(matrices.flatMap((matrix, code) => (matrix ? [[groups.texts[code] ?? null, matrix] as const] : [])))
}

/** The steps of a row's standing; null: it counts in no series. */
function rememberedSteps(table: ColumnTable, { counts, seriesOf }: Lines): (row: number) => Int32Array | null {
  const [streams, statuses] = [codesOf(table, 'stream_id'), codesOf(table, 'status')]
  const [positions, marks] = [numbersOf(table, 'position'), numbersOf(table, 'mark')]
  const [lowest, highest] = extent([positions, marks], table.rowCount)
  const stages = highest - lowest + 1
  // By keys as small as can be: an array is several times as quick as a map here.
  const known: (Int32Array | null | undefined)[] = []
  return (row) => {
    const at = positions[row] ?? 0
    const high = marks[row] ?? 0
    const of = streams.codes[row] ?? 0
    const is = statuses.codes[row] ?? 0
    const key = ((of * stages + at - lowest) * stages + high - lowest) * statuses.texts.length + is
    const own = known[key]
    if (own !== undefined) return own
    const asked = seriesOf({ streamId: String(streams.texts[of]), position: at, mark: high, status: String(statuses.texts[is]) })
    const steps = asked ? stepsTo(asked, counts) : null
    known[key] = steps
    return steps
  }
}

function extent(columns: readonly (Int32Array | Float64Array)[], rowCount: number): [number, number] {
  let [lowest, highest] = [0, 0]
  for (const values of columns) {
    for (let row = 0; row < rowCount; row++) {
      lowest = Math.min(lowest, values[row] ?? 0)
      highest = Math.max(highest, values[row] ?? 0)
    }
  }
  return [lowest, highest]
}

/** Texts by number, each once; some may be unused. */
interface Numbered {
  readonly texts: readonly (string | null)[]
  readonly codes: Int32Array
}

/** Texts of a column as numbers. A dictionary may name a text twice, and then its numbers are no keys. */
export function codesOf({ columns, rowCount }: ColumnTable, name: string): Numbered {
  const column = columns.find((one) => one.name === name)
  if (!column) return { texts: [], codes: new Int32Array(rowCount) }
  const { dictionary, valid } = column
  const numbers = new Map<string | null, number>()
  const numberOf = (text: string | null) => {
    const number = numbers.get(text) ?? numbers.size
    if (number === numbers.size) numbers.set(text, number)
    return number
  }
  const known = dictionary && Int32Array.from(dictionary.texts, numberOf)
  if (dictionary && known && !valid && known.every((number, index) => number === index))
    return { texts: dictionary.texts, codes: dictionary.indices }
  const none = numberOf(null)
  const codes = new Int32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    if (valid?.[row] === 0) codes[row] = none
    else codes[row] = known ? (known[dictionary?.indices[row] ?? -1] ?? none) : numberOf(cellAt(column, row) as string | null)
  }
  return { texts: [...numbers.keys()], codes }
}

function runDays(
  matrix: Int32Array | undefined,
  { from, to, series, counts }: { readonly from: number; readonly to: number; readonly series: number; readonly counts: number },
  emit: (day: number, sums: Int32Array) => void,
): void {
  const sums = new Int32Array(series)
  const changes = new Int32Array(series)
  for (let day = from; day < to; day++) {
    const offset = (day - from) * series
    if (matrix) {
      for (let index = series - 1; index >= 0; index--) {
        changes[index] = (matrix[offset + index] ?? 0) + (index + counts < series ? (changes[index + counts] ?? 0) : 0)
        sums[index] = (sums[index] ?? 0) + (changes[index] ?? 0)
      }
    }
    emit(day, sums)
  }
}
