import { z } from 'zod'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { CENSUS } from '../../snapshot/cubes/cubes'
import { column, defineMetric, type MetricContext } from '../define'
import { censusQueries, censusRows } from '../facts/census'
import { coveringCube } from '../facts/cubes'
import { atEndOfWindow, atFinish, gone, sliceOf } from '../slice'

export const facets = defineMetric({
  name: 'facets',
  title: 'Values to slice by',
  aka: ['filters', 'dimension values'],
  unit: 'items',
  doc: 'Each value of each dimension with how many items have it at the end of the window, among the items that the rest of the scope lets through.',
  source: 'definitions §12',
  subject: 'standing',
  uses: ['rule'],
  params: z.object({}),
  columns: {
    dimension: column.text('dimension, or "stream"'),
    value: column.text('value; absent for items without one', { nullable: true }),
    item_count: column.int('items with the value', { unit: 'items' }),
  },
  items: {
    list: (context) => sql`SELECT fact.item_ix ${standing(atEndOfWindow(context))}`,
    counted: { how: 'sum', column: 'item_count' },
    // The values of a dimension that the scope does not narrow hold every item once, unless slices overlap.
    rowsOf: (context) => {
      const { rule, stream, dimensions } = context.params
      const open = ['stream', ...context.dimensions].find((name) => (name === 'stream' ? !stream.length : !dimensions.has(name)))
      return rule === 'ever' || open === undefined ? undefined : (row) => row.dimension === open
    },
  },
  queries: (asked) => {
    const context = atEndOfWindow(asked)
    const kept = censusQueries(countingsOf(context))
    if (kept) return kept
    const counted = ['stream', ...context.dimensions].map((name) => countingOf(name, context))
    const together = counted.flatMap(({ name, isTogether }) => (isTogether ? [name] : []))
    return {
      rows: sql`${together.length ? sql`WITH standing AS (${standingWith(together, context)}) ` : sql``}
        SELECT dimension, value, CAST(item_count AS INTEGER) AS item_count FROM (
          ${join(
            counted.map(({ rows }) => rows),
            ' UNION ALL ',
          )}) AS counted
        ORDER BY dimension, item_count DESC, value`,
    }
  },
  derive: (answers, asked) => answers.rows ?? censusRows(answers, countingsOf(atEndOfWindow(asked))),
})

function countingsOf(context: MetricContext) {
  return ['stream', ...context.dimensions].map((name) => ({ name, context: withoutOwnFilter(name, context) }))
}

/** How the values of a dimension are counted. */
interface Counting {
  readonly name: string
  readonly rows: Sql
  /** Out of `standing`, which holds the items of all dimensions that are counted over the very same items. */
  readonly isTogether: boolean
}

/**
 * Counts of one dimension, its own filter left aside, so that other values can be chosen. The value counted is the one that the
 * rule in force picks: choosing it then lets exactly these items through.
 */
function countingOf(name: string, context: MetricContext): Counting {
  const { params } = context
  const sliced = withoutOwnFilter(name, context)
  if (params.rule === 'ever' && (name !== 'stream' || sliced.params.dimensions.size)) return everCountingOf(name, sliced)
  const census = censusOf(name, sliced)
  if (census) return { name, rows: census, isTogether: false }
  const isFiltered = name === 'stream' ? params.stream.length > 0 : params.dimensions.has(name)
  if (!isFiltered) {
    const value = valueColumn(name)
    const rows = sql`SELECT ${name} AS dimension, ${value} AS value, count(*) AS item_count FROM standing GROUP BY ${value}`
    return { name, rows, isTogether: true }
  }
  return { name, rows: standingCounts(name, sliced), isTogether: false }
}

/** An item has the value that it has at the end of the window, which cubes tell, and those that it had before. */
function everCountingOf(name: string, sliced: MetricContext): Counting {
  const { params, window } = sliced
  const atEnd: MetricContext = { ...sliced, params: { ...params, rule: 'as_of' } }
  const held = censusOf(name, atEnd) ?? standingCounts(name, atEnd)
  const rows = sql`SELECT dimension, value, sum(item_count) AS item_count FROM (${held}
      UNION ALL SELECT ${name} AS dimension, value, count(*) AS item_count FROM (${gone(sliced)}) AS gone GROUP BY value) AS had
    WHERE ${window.from} < ${window.to} GROUP BY dimension, value`
  return { name, rows, isTogether: false }
}

function censusOf(name: string, context: MetricContext): Sql | undefined {
  const cube = coveringCube(context, CENSUS)
  return (
    cube &&
    sql`SELECT ${name} AS dimension, ${cube.group} AS value, sum(fact.item_delta) AS item_count FROM ${cube.table} AS fact
      WHERE fact.day < ${context.window.to} AND ${cube.condition} GROUP BY ${cube.group} HAVING sum(fact.item_delta) <> 0`
  )
}

function standingCounts(name: string, context: MetricContext): Sql {
  const { group } = sliceAtEnd(context)
  return sql`SELECT ${name} AS dimension, ${group} AS value, count(*) AS item_count ${standing(context)} GROUP BY ${group}`
}

function withoutOwnFilter(name: string, context: MetricContext): MetricContext {
  const { params } = context
  const dimensions = new Map([...params.dimensions].filter(([dimension]) => dimension !== name))
  return { ...context, params: { ...params, dimensions, stream: name === 'stream' ? [] : params.stream, group: name } }
}

/** Items in scope with their values of dimensions that no filter names, of which each would limit the items alike. */
function standingWith(names: readonly string[], context: MetricContext): Sql {
  const values = names.map((name) => sql`${sliceAtEnd(withoutOwnFilter(name, context)).group} AS ${valueColumn(name)}`)
  return sql`SELECT ${join(values)} ${standing(withoutOwnFilter(names[0] ?? 'stream', context))}`
}

function valueColumn(name: string): Sql {
  return ident(`value_of_${name}`)
}

function sliceAtEnd(context: MetricContext) {
  return sliceOf(context, { own: isAtFinish(context) ? 'at_finish' : 'as_of', day: sql`${context.window.to - 1}` })
}

/** Whether what counts of an item is what it had at its finish as of the very day on which it stands somewhere. */
function isAtFinish({ params, window }: MetricContext): boolean {
  return params.rule === 'at_finish' && window.to - 1 === window.asOf
}

/** Where every item in scope stands at the end of the window. */
function standing(context: MetricContext) {
  const lastDay = context.window.to - 1
  const { joins, condition } = sliceAtEnd(context)
  if (isAtFinish(context)) return sql`FROM (${atFinish(context)}) AS fact WHERE ${condition}`
  return sql`FROM ${context.table('spells')} AS fact ${joins}
    WHERE fact.from_day <= ${lastDay} AND fact.to_day > ${lastDay} AND ${condition}`
}
