import { REPLACED_TABLE } from '../../engine/engine'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { type CubeFamily, cubesOf, measureColumn } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'

/** A cube that answers a question: its rows under the alias `fact` that meet the condition are those in scope. */
export interface CubeSource {
  readonly table: Sql
  /** Value of the dimension asked for by `groupBy`; NULL without one. */
  readonly group: Sql
  readonly condition: Sql
  /** Whether hardly any rows in scope have equal keys: it has no dimension but those of which the question wants one value, and nothing is grouped. */
  readonly isExact: boolean
  /** Rows of the table, also those out of scope. */
  readonly rows: number
  /** A measure of the span that is asked for, or of all where spans make no difference. */
  measure(name: string): Sql
}

/**
 * The smallest cube of a family in the snapshot that knows every dimension of the scope and the group. Undefined: only the facts
 * can answer, because no such cube was worth keeping or items count under another rule than the cube's.
 */
export function coveringCube(context: MetricContext, family: CubeFamily): CubeSource | undefined {
  const { params } = context
  const needed = neededDimensions(context)
  if (needed.length && params.rule !== family.rule) return undefined
  const covering = cubesOf(family, context.dimensions).flatMap(({ table, dimensions }) => {
    const rows = context.rowCount(table)
    return rows === undefined || needed.some((name) => !dimensions.includes(name)) ? [] : [{ table, dimensions, rows }]
  })
  const smallest = covering.sort((a, b) => a.rows - b.rows)[0]
  if (!smallest) return undefined
  const { group, condition } = sliceOf(context, { own: family.rule, day: sql`fact.day`, isOrdered: true })
  const span = context.ownSpan ?? params.span
  const timed = family.bySpan ? sql`fact.span = ${context.dialect.text(context.snapshotId, 'span', span)} AND ${condition}` : condition
  const measure = (name: string) => {
    const known = family.measures.find((one) => one.name === name)
    if (!known) throw new TypeError(`cubes of ${family.name} have no measure ${name}`)
    return sql`fact.${ident(measureColumn(known, span))}`
  }
  const isExact = params.group === undefined && smallest.dimensions.every((name) => params.dimensions.get(name)?.length === 1)
  return { table: context.wholeTable(smallest.table), group, condition: timed, isExact, rows: smallest.rows, measure }
}

/**
 * Rows out of a cube as they are without increments, which leave rows that make up for others: those of equal keys become one, and
 * what comes to nothing is none.
 */
export function netRows(context: MetricContext, rows: Sql, keys: readonly string[], measures: readonly string[]): Sql {
  if (context.rowCount(REPLACED_TABLE) === undefined) return rows
  const own = join(keys.map(ident))
  const sums = measures.map((name) => sql`sum(${ident(name)})`)
  return sql`SELECT ${own}, ${join(measures.map((name) => sql`sum(${ident(name)}) AS ${ident(name)}`))} FROM (${rows}) AS booked
    GROUP BY ${own} HAVING ${join(
      sums.map((sum) => sql`${sum} <> 0`),
      ' OR ',
    )}`
}

/** Dimensions by which a question filters and groups; streams are in every cube. */
function neededDimensions({ params }: MetricContext): string[] {
  const group = params.group === undefined || params.group === 'stream' ? [] : [params.group]
  return [...new Set([...params.dimensions.keys(), ...group])]
}
