import { z } from 'zod'
import { toRows } from '../../engine/columns'
import { ident, type Sql, sql } from '../../engine/sql'
import type { SliceRule } from '../../model/unit'
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

/** Items that started in the window, and until when each was watched: to its finish or its removal, else to the as-of day. */
function cohort(context: MetricContext): Sql {
  const { asOf } = context.window
  const started = startedFacts(context)
  const finished = started('finishes', {
    isOwn: sql`fact.finish_day <= ${asOf} AND fact.until_day > ${asOf}`,
    lastDay: sql`fact.finish_day`,
  })
  const standing = (status: string, lastDay: Sql, joins = sql``) =>
    started('spells', {
      isOwn: sql`fact.from_day <= ${asOf} AND fact.to_day > ${asOf} AND ${isOfStatus(context, sql`fact`, status)}`,
      own: 'current',
      ...{ lastDay, joins },
    })
  const cancelled = sql`JOIN (SELECT item_ix, max(day) AS removed_day FROM ${context.table('moves')} AS removals
      WHERE ${isOfStatus(context, sql`removals`, 'removed')} AND from_status IS DISTINCT FROM 'removed' AND day <= ${asOf}
        AND ${isOfStreams(context, sql`removals`)} GROUP BY item_ix) AS cancelled
    ON cancelled.item_ix = fact.item_ix`
  return sql`SELECT item_ix, start_day, last_day, TRUE AS ended FROM (${finished}) AS finished
    UNION ALL SELECT item_ix, start_day, last_day, FALSE FROM (${standing('open', sql`${asOf}`)}) AS going_on
    UNION ALL SELECT item_ix, start_day, last_day, FALSE FROM (${standing('removed', sql`cancelled.removed_day`, cancelled)}) AS removed`
}

interface Part {
  readonly isOwn: Sql
  readonly own?: SliceRule
  readonly lastDay: Sql
  readonly joins?: Sql
}

/** Rows of a table that tell of an item that started in the window, in scope: `item_ix, start_day, last_day`. */
function startedFacts(context: MetricContext): (table: string, part: Part) => Sql {
  const { params, window } = context
  const start = sql`fact.${ident(`first_start_day_${params.span}`)}`
  return (table, { isOwn, own, lastDay, joins = sql`` }) => {
    const slice = sliceOf(context, { own, day: start })
    return sql`SELECT fact.item_ix, ${start} AS start_day, ${lastDay} AS last_day FROM ${context.table(table)} AS fact ${slice.joins} ${joins}
      WHERE ${isOwn} AND ${start} >= ${window.from} AND ${start} < ${window.to} AND ${slice.condition}`
  }
}
