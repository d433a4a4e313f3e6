import { type ColumnTable, codesOf, numbersOf } from '../../engine/columns'
import type { Sql } from '../../engine/sql'
import { LEVELS } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { entryOf, oncePerAnswer } from './entries'
import { groupOf, keptRows, rowsInScope, untilEnd } from './kept-rows'
import { levelChanges } from './levels'
import { groupsOf } from './running'

type Answers = Readonly<Record<string, ColumnTable>>

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

/** Asks for the changes of where items stand: `kept` where a cube of them may stay in memory, else `changes`. */
export function standingQueries(context: MetricContext): Readonly<Record<string, Sql>> {
  const kept = keptRows(context, LEVELS, untilEnd(context))
  return kept ? { kept } : { changes: levelChanges(context) }
}

/**
 * Levels out of the answer to `standingQueries`. There may be a hundred thousand rows but few different standings, so each standing is
 * asked once which series it counts in. An item that reached a stage counts in the lines of all stages before it, too: what is kept for
 * each day is therefore by how much a line changes more than the one after it, which is one addition, and lines are summed up at the end.
 */
export function standingLevels(answers: Answers, context: MetricContext, lines: Lines): GroupLevels[] {
  const { from, to } = context.window
  const table = answers.kept ?? answers.changes
  const matrices = table ? changesByDay(table, bookedRows(answers, context), { from, to }, lines) : new Map<string | null, Int32Array>()
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

/** Where the rows of one group, or of many, stand in the answer. */
interface Booked {
  readonly start: number
  readonly end: number
  readonly groupAt: (row: number) => string | null
}

function bookedRows({ kept, changes }: Answers, context: MetricContext): Booked[] {
  if (kept) return rowsInScope(kept, context).map((stream) => ({ ...stream, groupAt: () => groupOf(context, stream) }))
  if (!changes) return []
  const { texts, codes } = codesOf(changes, 'grp')
  return [{ start: 0, end: changes.rowCount, groupAt: (row) => texts[codes[row] ?? 0] ?? null }]
}

/** The steps of each day of the window, for each group; what happened before is booked on the first. */
function changesByDay(table: ColumnTable, rows: readonly Booked[], { from, to }: { from: number; to: number }, lines: Lines) {
  const series = lines.lines * lines.counts
  const width = Math.max(0, to - from) * series
  const matrices = new Map<string | null, Int32Array>()
  const [days, deltas] = [numbersOf(table, 'day'), numbersOf(table, 'item_delta')]
  const stepsAt = rememberedSteps(table, lines)
  for (const { start, end, groupAt } of rows) {
    for (let row = start; row < end; row++) {
      const day = Math.max(days[row] ?? 0, from)
      const own = day < to ? stepsAt(row) : null
      if (!own) continue
      const matrix = entryOf(matrices, groupAt(row), () => new Int32Array(width))
      const offset = (day - from) * series
      const change = deltas[row] ?? 0
      for (let step = 0; step < own.length; step += 2) {
        const place = offset + (own[step] ?? 0)
        matrix[place] = (matrix[place] ?? 0) + (own[step + 1] ?? 0) * change
      }
    }
  }
  return matrices
}

/** The steps of a row's standing; null: it counts in no series. */
function rememberedSteps(table: ColumnTable, { counts, seriesOf }: Lines): (row: number) => Int32Array | null {
  const [streams, statuses] = [codesOf(table, 'stream_id'), codesOf(table, 'status')]
  const [positions, marks] = [numbersOf(table, 'position'), numbersOf(table, 'mark')]
  const [lowest, highest] = extentOf(table)
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

/** The lowest and the highest of all positions and marks. */
const extentOf = oncePerAnswer((table: ColumnTable): [number, number] => {
  let [lowest, highest] = [0, 0]
  for (const name of ['position', 'mark']) {
    for (const value of numbersOf(table, name)) {
      lowest = Math.min(lowest, value)
      highest = Math.max(highest, value)
    }
  }
  return [lowest, highest]
})

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
