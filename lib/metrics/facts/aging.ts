import { z } from 'zod'
import { ident, type Sql, sql } from '../../engine/sql'
import type { MetricContext } from '../define'
import { atEndOfWindow, sliceOf } from '../slice'
import { startDayOf } from './finished'
import { isOfStatus } from './status'

const days = z
  .string()
  .regex(/^\d{1,6}$/, 'must be a whole number of days')
  .transform(Number)
  .optional()

/** Parameters that narrow items by how old they are. */
export const AGE_PARAMS = {
  ageFrom: days.describe('only items that are at least so many days old, the first and the last day included'),
  ageTo: days.describe('only items that are younger than so many days'),
}

/** A range of ages `[ageFrom, ageTo)` in inclusive days; an absent end is open. */
export type AgeRange = {
  readonly ageFrom?: number
  readonly ageTo?: number
}

/** Whether an age lies in the range; an item without one lies in none. */
export function isAgeWithin(age: Sql, { ageFrom, ageTo }: AgeRange): Sql {
  const least = ageFrom === undefined ? sql`TRUE` : sql`${age} >= ${ageFrom}`
  const most = ageTo === undefined ? sql`TRUE` : sql`${age} < ${ageTo}`
  return sql`(${least} AND ${most})`
}

/**
 * Unfinished, started items in scope at the end of the window's last day: `item_ix, stream_id, type, team, position, started_on, age_days,
 * blocked`, the age in inclusive days from the start under the policy in force.
 * @param atLeast days of age at least: the rows of younger items are not even read
 */
export function agingFacts(context: MetricContext, atLeast?: number): Sql {
  const { params, window } = context
  const lastDay = window.to - 1
  const start = startDayOf(context)
  const slice = sliceOf(atEndOfWindow(context), { own: 'as_of', day: sql`${lastDay}` })
  return sql`SELECT fact.item_ix, fact.stream_id, fact.dim_type AS type, fact.dim_team AS team, fact.position,
      ${start} AS started_on, ${lastDay} - ${start} + 1 AS age_days, fact.blocked
    FROM ${context.table('spells')} AS fact ${slice.joins}
    WHERE ${isOfStatus(context, sql`fact`, 'open')} AND fact.${ident(`first_start_day_${params.span}`)} IS NOT NULL
      AND fact.from_day <= ${lastDay} AND fact.to_day > ${lastDay} AND ${slice.condition}
      AND ${atLeast === undefined ? sql`TRUE` : sql`${start} <= ${lastDay + 1 - atLeast}`}`
}

/**
 * Joins the texts of items (alias `items`) to rows of items that are open at the end of a day. At the end of the data items tell that
 * themselves, and stand together by it: then hardly any others are read. @param rows alias of rows with an `item_ix`
 */
export function openNames(context: MetricContext, rows: Sql, day: number): Sql {
  const isOpen = day >= context.lastDay ? isOfStatus(context, sql`items`, 'open') : sql`TRUE`
  return sql`JOIN ${context.table('items')} AS items ON items.item_ix = ${rows}.item_ix AND ${isOpen}`
}
