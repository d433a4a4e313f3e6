import { z } from 'zod'
import { toRows } from '../../engine/columns'
import { ident, type Sql, sql } from '../../engine/sql'
import { kaplanMeier } from '../../stats/kaplan-meier'
import { column, defineMetric, type MetricContext } from '../define'
import { sliceOf } from '../slice'

export const survival = defineMetric({
  name: 'survival',
  title: 'Share still unfinished by age',
  aka: ['Kaplan–Meier curve', 'survival curve'],
  unit: 'ratio',
  doc: 'Of the items that started in the window, the share that is not finished after so many days. Items that are still open or were cancelled count for as long as they were watched, so that unfinished work is not left out as it is from percentiles. A row for the first day, and for each later one on which any finished.',
  source: 'Kaplan & Meier 1958; definitions §4',
  subject: 'standing',
  uses: ['rule', 'span'],
  params: z.object({}),
  columns: {
    days: column.int('days since the start, the first day included', { unit: 'days' }),
    at_risk_count: column.int('items that were still watched at that age', { unit: 'items' }),
    survival_ratio: column.float('share that was not finished by the end of that day of age'),
  },
  queries: (context) => {
    const lastDay = context.window.asOf
    return {
      watched: sql`WITH cohort AS (${cohort(context)}),
        ages AS (
          SELECT CASE WHEN status = 'finished' THEN finish_day WHEN status = 'removed' THEN removed_day ELSE ${lastDay} END - start_day + 1 AS days,
            status = 'finished' AS ended FROM cohort)
        SELECT days, ended, CAST(count(*) AS INTEGER) AS item_count FROM ages GROUP BY days, ended ORDER BY days, ended`,
    }
  },
  items: {
    list: (context) => sql`SELECT item_ix FROM (${cohort(context)}) AS cohort`,
    counted: { how: 'any', column: 'at_risk_count' },
    // The curve begins with the whole cohort.
    rowsOf: () => () => true,
  },
  derive: (answers) => {
    const watched = (answers.watched ? toRows(answers.watched) : []).map((row) => ({
      duration: Number(row.days),
      ended: row.ended === true,
      count: Number(row.item_count),
    }))
    const curve = kaplanMeier(watched).map((point) => ({
      days: point.duration,
      at_risk_count: point.atRisk,
      survival_ratio: point.survival,
    }))
    const cohortSize = watched.reduce((sum, one) => sum + one.count, 0)
    if (!cohortSize || curve[0]?.days === 1) return curve
    return [{ days: 1, at_risk_count: cohortSize, survival_ratio: 1 }, ...curve]
  },
})

/** Items that started in the window, and how each stood at the end of the as-of day. */
function cohort(context: MetricContext): Sql {
  const { params, window } = context
  const start = sql`fact.${ident(`first_start_day_${params.span}`)}`
  const slice = sliceOf(context, { day: start })
  const lastDay = window.asOf
  return sql`SELECT fact.item_ix, ${start} AS start_day, now.status, cancelled.removed_day, ended.finish_day
    FROM ${context.table('items')} AS fact ${slice.joins}
    JOIN ${context.table('spells')} AS now ON now.item_ix = fact.item_ix AND now.from_day <= ${lastDay} AND now.to_day > ${lastDay}
    LEFT JOIN ${context.table('finishes')} AS ended ON ended.item_ix = fact.item_ix AND ended.finish_day <= ${lastDay}
      AND ended.until_day > ${lastDay}
    LEFT JOIN (SELECT item_ix, max(day) AS removed_day FROM ${context.table('moves')}
        WHERE status = 'removed' AND from_status IS DISTINCT FROM 'removed' AND day <= ${lastDay} GROUP BY item_ix) AS cancelled
      ON cancelled.item_ix = fact.item_ix
    WHERE ${start} >= ${window.from} AND ${start} < ${window.to} AND ${slice.condition}`
}
