import { type ColumnTable, codesOf, numbersOf } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
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

/** The levels of several series at the end of each day of the window, for one group. */
export interface GroupLevels {
  readonly group: string | null
  /** Day by day, those of all series: of a day the counts of the first line, then those of the second. */
  readonly levels: Int32Array
}

/**
 * Asks for the changes of where items stand: `kept` where a cube of them may stay in memory, else `changes`.
 * @param ofStanding the condition on the columns of a standing that takes those which the series count
 */
export function standingQueries(context: MetricContext, ofStanding = sql`TRUE`): Readonly<Record<string, Sql>> {
  const kept = keptRows(context, LEVELS, sql`${untilEnd(context)} AND ${ofStanding}`)
  return kept ? { kept } : { changes: levelChanges(context) }
}

/**
 * Levels out of the answer to `standingQueries`. There may be a hundred thousand rows but few different standings, so each standing is
 * asked once which series it counts in. An item that reached a stage counts in the lines of all stages before it, too: what is kept for
 * each day is therefore by how much a line changes more than the one after it, which is one addition, and lines are summed up at the end.
 */
export function standingLevels(answers: Answers, context: MetricContext, lines: Lines): GroupLevels[] {
  const table = answers.kept ?? answers.changes
  const matrices = table ? changesByDay(table, bookedRows(answers, context), context.window, lines) : new Map<string | null, Int32Array>()
  const isGrouped = context.params.group !== undefined
  // What came and went before the window, or on one day of it, makes no group.
  const named = [...matrices].flatMap(([group, matrix]) => (isGrouped && matrix.every((step) => step === 0) ? [] : [{ group }]))
  const groups = groupsOf(named, isGrouped)
  return groups.map((group) => ({ group, levels: summedUp(matrices.get(group) ?? noLevels(context.window, lines), lines) }))
}

function noLevels({ from, to }: Days, { lines, counts }: Lines): Int32Array {
  return new Int32Array(Math.max(0, to - from) * lines * counts)
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

interface Days {
  readonly from: number
  readonly to: number
}

/** The steps of each day of the window, for each group; what happened before is booked on the first. */
function changesByDay(table: ColumnTable, rows: readonly Booked[], days: Days, lines: Lines): Map<string | null, Int32Array> {
  const { from, to } = days
  const series = lines.lines * lines.counts
  const matrices = new Map<string | null, Int32Array>()
  const [dayOf, deltas] = [numbersOf(table, 'day'), numbersOf(table, 'item_delta')]
  const stepsAt = rememberedSteps(table, lines)
  let [last, matrix]: [string | null | undefined, Int32Array | undefined] = [undefined, undefined]
  for (const { start, end, groupAt } of rows) {
    for (let row = start; row < end; row++) {
      const day = Math.max(dayOf[row] ?? 0, from)
      const own = day < to ? stepsAt(row) : null
      if (!own) continue
      const group = groupAt(row)
      if (!matrix || group !== last) [last, matrix] = [group, entryOf(matrices, group, () => noLevels(days, lines))]
      addSteps(matrix, (day - from) * series, own, deltas[row] ?? 0)
    }
  }
  return matrices
}

function addSteps(matrix: Int32Array, first: number, steps: Int32Array, change: number): void {
  for (let step = 0; step < steps.length; step += 2) {
    const place = first + (steps[step] as number)
    matrix[place] = (matrix[place] as number) + (steps[step + 1] as number) * change
  }
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

/** Levels out of steps, in their place: lines summed up from the last one on, then days from the first one on. */
function summedUp(steps: Int32Array, { lines, counts }: Lines): Int32Array {
  const series = lines * counts
  for (let first = 0; first < steps.length; first += series) {
    for (let index = first + series - counts - 1; index >= first; index--)
      steps[index] = (steps[index] as number) + (steps[index + counts] as number)
  }
  for (let index = series; index < steps.length; index++) steps[index] = (steps[index] as number) + (steps[index - series] as number)
  return steps
}
