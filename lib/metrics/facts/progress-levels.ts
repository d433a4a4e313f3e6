import { type ColumnTable, codesOf, numbersOf } from '../../engine/columns'
import type { Sql } from '../../engine/sql'
import { PROGRESS } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { entryOf } from './entries'
import { groupOf, keptRows, rowsInScope, untilEnd } from './kept-rows'
import { isProgressCubed, progressChanges } from './open'
import { groupsOf } from './running'

type Answers = Readonly<Record<string, ColumnTable>>

const SERIES = ['items', 'starts', 'late_items', 'late_days']

/** What is in progress at the end of each day, for one group: items, the sum of their start days, and the same of late ones. */
export interface ProgressLevels {
  readonly group: string | null
  forEachDay(emit: (day: number, sums: Float64Array) => void): void
}

/** Asks for the changes of the items in progress: `kept` where a cube of them may stay in memory, else `changes`. */
export function progressQueries(context: MetricContext): Readonly<Record<string, Sql>> {
  const kept = isProgressCubed(context) ? keptRows(context, PROGRESS, untilEnd(context)) : undefined
  return kept ? { kept } : { changes: progressChanges(context) }
}

/** The answer as levels. */
export function progressLevels({ kept, changes }: Answers, context: MetricContext): ProgressLevels[] {
  const { from, to } = context.window
  const booked = new Map<string | null, Float64Array>()
  const book = (table: ColumnTable, { start, end }: { start: number; end: number }, groupAt: (row: number) => string | null) => {
    const days = numbersOf(table, 'day')
    const columns = SERIES.map((name) => numbersOf(table, name))
    for (let row = start; row < end; row++) {
      const day = Math.max(days[row] ?? 0, from)
      if (day >= to) continue
      const sums = entryOf(booked, groupAt(row), () => new Float64Array((to - from) * SERIES.length))
      const place = (day - from) * SERIES.length
      for (let index = 0; index < columns.length; index++) sums[place + index] = (sums[place + index] ?? 0) + (columns[index]?.[row] ?? 0)
    }
  }
  if (kept) for (const stream of rowsInScope(kept, context)) book(kept, stream, () => groupOf(context, stream))
  else if (changes) {
    const { texts, codes } = codesOf(changes, 'grp')
    book(changes, { start: 0, end: changes.rowCount }, (row) => texts[codes[row] ?? 0] ?? null)
  }
  const groups = groupsOf(
    [...booked.keys()].map((group) => ({ group })),
    context.params.group !== undefined,
  )
  return groups.map((group) => ({ group, forEachDay: (emit) => runDays(booked.get(group), { from, to }, emit) }))
}

function runDays(
  changes: Float64Array | undefined,
  { from, to }: { readonly from: number; readonly to: number },
  emit: (day: number, sums: Float64Array) => void,
): void {
  const sums = new Float64Array(SERIES.length)
  for (let day = from; day < to; day++) {
    for (let index = 0; index < SERIES.length; index++)
      sums[index] = (sums[index] ?? 0) + (changes?.[(day - from) * SERIES.length + index] ?? 0)
    emit(day, sums)
  }
}
