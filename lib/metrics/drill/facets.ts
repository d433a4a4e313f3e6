import { z } from 'zod'
import { join, sql } from '../../engine/sql'
import { CENSUS } from '../../snapshot/cubes/cubes'
import { column, defineMetric, type MetricContext } from '../define'
import { coveringCube } from '../facts/cubes'
import { sliceOf } from '../slice'

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
    list: (context) => sql`SELECT fact.item_ix ${standing(context)}`,
    counted: { how: 'sum', column: 'item_count' },
    // The values of a dimension that the scope does not narrow hold every item once, unless slices overlap.
    rowsOf: (context) => {
      const { rule, stream, dimensions } = context.params
      const open = ['stream', ...context.dimensions].find((name) => (name === 'stream' ? !stream.length : !dimensions.has(name)))
      return rule === 'ever' || open === undefined ? undefined : (row) => row.dimension === open
    },
  },
  queries: (context) => ({
    rows: sql`SELECT dimension, value, CAST(item_count AS INTEGER) AS item_count FROM (
        ${join(
          ['stream', ...context.dimensions].map((name) => valuesOf(name, context)),
          ' UNION ALL ',
        )}) AS counted
      ORDER BY dimension, item_count DESC, value`,
  }),
})

/**
 * Counts of one dimension, its own filter left aside, so that other values can be chosen. The value counted is the one that the
 * rule in force picks: choosing it then lets exactly these items through.
 */
function valuesOf(name: string, context: MetricContext) {
  const { params } = context
  const dimensions = new Map([...params.dimensions].filter(([dimension]) => dimension !== name))
  const stream = name === 'stream' ? [] : params.stream
  const sliced = { ...context, params: { ...params, dimensions, stream, group: name } }
  const cube = coveringCube(sliced, CENSUS)
  if (cube) {
    return sql`SELECT ${name} AS dimension, ${cube.group} AS value, sum(fact.item_delta) AS item_count FROM ${cube.table} AS fact
      WHERE fact.day < ${context.window.to} AND ${cube.condition} GROUP BY ${cube.group} HAVING sum(fact.item_delta) <> 0`
  }
  const { group } = sliceAtEnd(sliced)
  return sql`SELECT ${name} AS dimension, ${group} AS value, count(*) AS item_count ${standing(sliced)} GROUP BY ${group}`
}

function sliceAtEnd(context: MetricContext) {
  return sliceOf(context, { own: 'as_of', day: sql`${context.window.to - 1}` })
}

/** Where every item in scope stands at the end of the window. */
function standing(context: MetricContext) {
  const lastDay = context.window.to - 1
  const { joins, condition } = sliceAtEnd(context)
  return sql`FROM ${context.table('spells')} AS fact ${joins}
    WHERE fact.from_day <= ${lastDay} AND fact.to_day > ${lastDay} AND ${condition}`
}
