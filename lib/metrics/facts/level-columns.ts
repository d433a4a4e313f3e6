import { type Column, type ColumnTable, TextColumn } from '../../engine/columns'
import { NO_VALUE } from '../../model/dimension'
import type { Window } from '../window'
import type { GroupLevels } from './standing-levels'

/** How levels become rows: one for each line on each day. */
export interface LevelLines {
  readonly window: Window
  /** Name of the column that says which line it is, and its value for each. */
  readonly line: { readonly name: string; readonly texts: readonly string[] }
  /** Names of the counts; those of the first line are the first series, then those of the second. */
  readonly counts: readonly string[]
  /** Series of a day, those of lines that are not shown included. */
  readonly series: number
}

/** Rows of all groups by day and line, as columns: there are as many as the window has days times lines, and nobody needs an object for each. */
export function levelColumns(levels: readonly GroupLevels[], { window, line, counts, series }: LevelLines): ColumnTable {
  const lines = line.texts.length
  const rowCount = levels.length * Math.max(0, window.to - window.from) * lines
  const days = new Int32Array(rowCount)
  const stages = new Int32Array(rowCount)
  const groups = new Int32Array(rowCount)
  const values = counts.map(() => new Int32Array(rowCount))
  let row = 0
  levels.forEach(({ levels: own }, group) => {
    for (let day = window.from; day < window.to; day++) {
      const first = (day - window.from) * series
      for (let index = 0; index < lines; index++, row++) {
        days[row] = day
        stages[row] = index
        groups[row] = group
        for (let count = 0; count < counts.length; count++)
          (values[count] as Int32Array)[row] = own[first + index * counts.length + count] as number
      }
    }
  })
  const columns: Column[] = [
    { name: 'day_on', kind: 'day', values: days },
    new TextColumn(line.name, { texts: line.texts, indices: stages, isCanonical: rowCount > 0 }),
    ...counts.map((name, index): Column => ({ name, kind: 'int', values: values[index] as Int32Array })),
    new TextColumn('group', {
      texts: levels.map(({ group }) => group ?? NO_VALUE),
      indices: groups,
      isCanonical: rowCount > 0 && levels.length === 1,
    }),
  ]
  return { rowCount, columns }
}
