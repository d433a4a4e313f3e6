import type { ColumnTable } from '@/lib/engine/columns'

/** What two answers to the same question must have in common. */
export interface Fingerprint {
  readonly rows: number
  readonly sums: ReadonlyMap<string, number>
}

/** Rows, and sums of the columns named, weighted by nothing but the values themselves. @throws TypeError for a column that is not there */
export function fingerprint(table: ColumnTable, figures: readonly string[]): Fingerprint {
  const sums = figures.map((name): [string, number] => {
    const column = table.columns.find((candidate) => candidate.name === name)
    if (!column) throw new TypeError(`an answer without the column ${name}`)
    let sum = 0
    for (let row = 0; row < table.rowCount; row++) if (column.valid?.[row] !== 0) sum += Number(column.values[row] ?? 0)
    return [name, sum]
  })
  return { rows: table.rowCount, sums: new Map(sums) }
}

const CLOSE = 1e-9

/** In words, or `undefined` when they agree. */
export function howTheyDiffer(found: Fingerprint, expected: Fingerprint): string | undefined {
  if (found.rows !== expected.rows) return `answers ${found.rows} rows instead of ${expected.rows}`
  for (const [name, sum] of expected.sums) {
    const own = found.sums.get(name) ?? 0
    if (Math.abs(own - sum) > CLOSE * Math.max(1, Math.abs(sum))) return `its ${name} add up to ${own} instead of ${sum}`
  }
  return undefined
}
