import { z } from 'zod'
import { type Sql, sql } from '../../engine/sql'
import type { Unit } from '../../model/unit'

const SECONDS_PER_DAY = 86_400

const length = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,9})?$/, 'must be a number of days, such as 3 or 0.25')
  .transform(Number)
  .optional()

/** Parameters that narrow finished items by how long they took. */
export const LENGTH_PARAMS = {
  lengthFrom: length.describe('only items that took at least so many days, in the unit in force'),
  lengthTo: length.describe('only items that took less than so many days, in the unit in force'),
}

/** A range of lengths `[lengthFrom, lengthTo)` in days of the unit in force; an absent end is open. */
export interface LengthRange {
  readonly lengthFrom?: number
  readonly lengthTo?: number
}

/** A length in days as the facts count it: whole days, or seconds for `elapsed`. */
export function spanValueOf(days: number, unit: Unit): number {
  return unit === 'elapsed' ? Math.round(days * SECONDS_PER_DAY) : Math.ceil(days)
}

/** Whether a `span_value` lies in the range. */
export function isLengthWithin(value: Sql, { lengthFrom, lengthTo }: LengthRange, unit: Unit): Sql {
  const least = lengthFrom === undefined ? sql`TRUE` : sql`${value} >= ${spanValueOf(lengthFrom, unit)}`
  const most = lengthTo === undefined ? sql`TRUE` : sql`${value} < ${spanValueOf(lengthTo, unit)}`
  return sql`(${least} AND ${most})`
}
