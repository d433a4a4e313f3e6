import { z } from 'zod'
import { toRows } from '../../engine/columns'
import { ident, type Sql, sql } from '../../engine/sql'
import { kaplanMeier } from '../../stats/kaplan-meier'
import { column, defineMetric, type MetricContext } from '../define'
import { isOfStatus } from '../facts/status'
import { isOfStreams, sliceOf } from '../slice'

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
  queries: (context) => ({
    watched: sql`SELECT last_day - start_day + 1 AS days, ended, CAST(count(*) AS INTEGER) AS item_count FROM (${cohort(context)}) AS cohort
      GROUP BY last_day - start_day + 1, ended ORDER BY days, ended`,
  }),
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

/** Items in scope that started in the window, and until when each was watched: `item_ix, start_day, last_day, ended`. */
function cohort(context: MetricContext): Sql {
  const slice = sliceOf(context, { day: sql`fact.start_day` })
  return sql`SELECT fact.item_ix, fact.start_day, fact.last_day, fact.ended FROM (${watched(context)}) AS fact ${slice.joins} WHERE ${slice.condition}`
}

/** Until it finished or was removed, else to the as-of day; what finished tells that itself. */
function watched(context: MetricContext): Sql {
  const { asOf } = context.window
  const standing = (status: string) =>
    sql`spells.from_day <= ${asOf} AND spells.to_day > ${asOf} AND ${isOfStatus(context, sql`spells`, status)}`
  const removals = sql`SELECT item_ix, max(day) AS removed_day FROM ${context.table('moves')} AS moves
    WHERE ${isOfStatus(context, sql`moves`, 'removed')} AND from_status IS DISTINCT FROM 'removed' AND day <= ${asOf}
      AND ${isOfStreams(context, sql`moves`)} GROUP BY item_ix`
  return sql`SELECT ${started(context, 'finishes')}, finishes.finish_day AS last_day, TRUE AS ended FROM ${context.table('finishes')} AS finishes
      WHERE finishes.finish_day <= ${asOf} AND finishes.until_day > ${asOf} AND ${isStarted(context, 'finishes')}
    UNION ALL SELECT ${started(context, 'spells')}, ${asOf}, FALSE FROM ${context.table('spells')} AS spells
      WHERE ${standing('open')} AND ${isStarted(context, 'spells')}
    UNION ALL SELECT ${started(context, 'spells')}, cancelled.removed_day, FALSE FROM ${context.table('spells')} AS spells
      JOIN (${removals}) AS cancelled ON cancelled.item_ix = spells.item_ix WHERE ${standing('removed')} AND ${isStarted(context, 'spells')}`
}

function started(context: MetricContext, rows: string): Sql {
  return sql`${ident(rows)}.item_ix, ${ident(rows)}.stream_id, ${startDay(context, rows)} AS start_day`
}

function isStarted(context: MetricContext, rows: string): Sql {
  const { from, to } = context.window
  return sql`${startDay(context, rows)} >= ${from} AND ${startDay(context, rows)} < ${to} AND ${isOfStreams(context, ident(rows))}`
}

function startDay({ params }: MetricContext, rows: string): Sql {
  return sql`${ident(rows)}.${ident(`first_start_day_${params.span}`)}`
}
