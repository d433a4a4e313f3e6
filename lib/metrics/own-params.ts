import { z } from 'zod'
import { parseDay } from '../time/day'

const REAL_DAY = 'must be a real date written YYYY-MM-DD'

/** A local day as text, for parameters that only one metric has. */
export const dayText = z.string().refine((text) => parseDay(text) !== undefined, REAL_DAY)

/** Days as text, separated by commas. */
export const dayListText = z
  .string()
  .refine(
    (text) => text.split(',').every((one) => one.trim() === '' || parseDay(one.trim()) !== undefined),
    'must be real dates written YYYY-MM-DD, separated by commas',
  )

/** A whole number as text. */
export function countText(fallback: number, most: number, least = 0) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`)
    .default(fallback)
}
