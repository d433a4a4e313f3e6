import { type ColumnTable, codesOf, numbersOf, type Row } from '../../engine/columns'
import type { Sql } from '../../engine/sql'
import { PROGRESS } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { groupOf, keptRows, rowsInScope, stretchesOf, untilEnd } from './kept-rows'
import { isProgressCubed, progressChanges } from './open'
import { groupsOf } from './running'

type Answers = Readonly<Record<string, ColumnTable>>

const SERIES = ['items', 'starts', 'late_items', 'late_days']

/** Asks for the changes of the items in progress: `kept` where a cube of them may stay in memory, else `changes`. */
export function progressQueries(context: MetricContext): Readonly<Record<string, Sql>> {
  const kept = isProgressCubed(context) ? keptRows(context, PROGRESS, untilEnd(context)) : undefined
  return kept ? { kept } : { changes: progressChanges(context) }
}

/** Rows of the answer that say something of one group. */
interface GroupRows {
  readonly start: number
  readonly end: number
  readonly group: string | null
}

/**
 * The answer as rows, group by group. Each is told the sums at the end of each day of the window: items in progress, the sum of their start
 * days, and the same of those beyond the expectation. Where items are grouped, a group without any in progress on any day has none.
 */
export function progressRows(
  answers: Answers,
  context: MetricContext,
  rowsOf: (group: string | null, eachDay: (visit: (day: number, sums: Float64Array) => void) => void) => readonly Row[],
): Row[] {
  const isGrouped = context.params.group !== undefined
  const all = groupRows(answers, context)
  return groupsOf(all, isGrouped).flatMap((group) => {
    const booked = bookedPerDay(
      answers,
      all.filter((one) => one.group === group),
      context,
    )
    if (isGrouped && booked.every((value) => value === 0)) return []
    return rowsOf(group, (visit) => runDays(booked, context.window.from, visit))
  })
}

function groupRows({ kept, changes }: Answers, context: MetricContext): GroupRows[] {
  if (kept) return rowsInScope(kept, context).map((stream) => ({ ...stream, group: groupOf(context, stream) }))
  if (!changes) return []
  // They come group by group.
  const { texts, codes } = codesOf(changes, 'grp')
  return stretchesOf(codes, changes.rowCount).map(({ start, end }) => ({ start, end, group: texts[codes[start] ?? 0] ?? null }))
}

/** What changes on each day of the window; what happened before on the first. */
function bookedPerDay(answers: Answers, rows: readonly GroupRows[], { window: { from, to } }: MetricContext): Float64Array {
  const booked = new Float64Array(Math.max(0, to - from) * SERIES.length)
  const table = answers.kept ?? answers.changes
  if (!table) return booked
  const days = numbersOf(table, 'day')
  const columns = SERIES.map((name) => numbersOf(table, name))
  for (const { start, end } of rows) {
    for (let row = start; row < end; row++) {
      const day = Math.max(days[row] ?? 0, from)
      if (day >= to) continue
      const place = (day - from) * SERIES.length
      for (let index = 0; index < columns.length; index++)
        booked[place + index] = (booked[place + index] ?? 0) + (columns[index]?.[row] ?? 0)
    }
  }
  return booked
}

function runDays(booked: Float64Array, from: number, visit: (day: number, sums: Float64Array) => void): void {
  const sums = new Float64Array(SERIES.length)
  for (let first = 0; first < booked.length; first += SERIES.length) {
    for (let index = 0; index < SERIES.length; index++) sums[index] = (sums[index] ?? 0) + (booked[first + index] ?? 0)
    visit(from + first / SERIES.length, sums)
  }
}
