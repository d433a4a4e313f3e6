import { type ColumnTable, codesOf, numbersOf, type Row } from '../../engine/columns'
import type { Sql } from '../../engine/sql'
import { inTextOrder } from '../../engine/text-order'
import { CENSUS } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { keptRows, rowsInScope, untilEnd } from './kept-rows'

/** The question about one dimension, grouped by it. */
export interface Counting {
  readonly name: string
  readonly context: MetricContext
}

/** Asks how many items have each value, a question for each dimension, where cubes of all of them may stay in memory. */
export function censusQueries(countings: readonly Counting[]): Readonly<Record<string, Sql>> | undefined {
  const asked = countings.flatMap(({ name, context }) => {
    const kept = keptRows(context, CENSUS, untilEnd(context), { isGroupKept: true })
    return kept ? [[keyOf(name), kept] as const] : []
  })
  return asked.length === countings.length ? Object.fromEntries(asked) : undefined
}

function keyOf(name: string): string {
  return `by_${name}`
}

/** The answers: `dimension, value, item_count` at the end of the window, by dimension, the commonest value first. */
export function censusRows(answers: Readonly<Record<string, ColumnTable>>, countings: readonly Counting[]): Row[] {
  const inOrder = countings.toSorted((a, b) => inTextOrder(a.name, b.name))
  return inOrder.flatMap(({ name, context }) => {
    const kept = answers[keyOf(name)]
    const counted = kept ? [...countsOf(kept, context, name === 'stream' ? 'stream_id' : 'grp')] : []
    return counted
      .filter(([, count]) => count !== 0)
      .sort(([one, count], [other, others]) => others - count || inValueOrder(one, other))
      .map(([value, count]) => ({ dimension: name, value, item_count: count }))
  })
}

function countsOf(kept: ColumnTable, context: MetricContext, name: string): Map<string | null, number> {
  const { texts, codes } = codesOf(kept, name)
  const [days, deltas] = [numbersOf(kept, 'day'), numbersOf(kept, 'item_delta')]
  const counts = new Float64Array(texts.length)
  const { to } = context.window
  for (const { start, end } of rowsInScope(kept, context)) {
    for (let row = start; row < end; row++) {
      const code = codes[row] ?? 0
      if ((days[row] ?? 0) < to) counts[code] = (counts[code] ?? 0) + (deltas[row] ?? 0)
    }
  }
  return new Map(texts.map((text, code) => [text, counts[code] ?? 0]))
}

function inValueOrder(one: string | null, other: string | null): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
  return inTextOrder(one, other)
}
