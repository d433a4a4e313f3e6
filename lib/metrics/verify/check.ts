import { type Row, toRows } from '../../engine/columns'
import type { Engine } from '../../engine/engine'
import type { Snapshot } from '../../snapshot/store'
import type { RawParams } from '../params'
import { runMetric } from '../run'

/** One thing that must hold. */
export interface Check {
  /** What is looked at: the files, the tables among themselves, the recount from the history, or the answers among themselves. */
  readonly area: 'files' | 'tables' | 'recount' | 'answers'
  /** What must hold. */
  readonly name: string
  readonly is_met: boolean
  /** What was compared, and where it differs. */
  readonly figures: string
}

export interface Verifying {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly signal?: AbortSignal
}

/** The rows of an answer. */
export async function ask(verifying: Verifying, metric: string, params: RawParams): Promise<Row[]> {
  return toRows((await runMetric({ ...verifying, metric, params })).table)
}

/** Adds up a column by a key; rows of nothing are left out. */
export function sumBy(rows: readonly Row[], key: (row: Row) => string | number, column: string): Map<string | number, number> {
  const sums = new Map<string | number, number>()
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + Number(row[column]))
  return sums
}

/** Compares two sets of sums, absent ones being 0: how many were compared, and the first that differ. */
export function difference(
  expected: ReadonlyMap<string | number, number>,
  given: ReadonlyMap<string | number, number>,
  say: (key: string | number) => string = String,
): { compared: number; total: number; wrong: string[] } {
  const keys = new Set([...expected.keys(), ...given.keys()])
  const wrong = [...keys].filter((key) => (expected.get(key) ?? 0) !== (given.get(key) ?? 0))
  const total = [...given.values()].reduce((sum, value) => sum + value, 0)
  return { compared: keys.size, total, wrong: wrong.map((key) => `${say(key)}: ${expected.get(key) ?? 0} and ${given.get(key) ?? 0}`) }
}

/** A check out of what differs. */
export function checkOf(area: Check['area'], name: string, wrong: readonly string[], figures: string): Check {
  const found = wrong.length ? `${wrong.length} of them differ, for example ${wrong[0]}` : ''
  return { area, name, is_met: !wrong.length, figures: found ? `${figures}; ${found}` : figures }
}
