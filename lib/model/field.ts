import { z } from 'zod'
import { parseDay } from '@/lib/time/day'
import { isTimeZone, timeZones } from '@/lib/time/zone'

const LONGEST_TEXT = 1000
const ID = /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,79}$/u
const CONTROL = /\p{Cc}/u
/** Lower-case name → its spelling; older aliases are known to the machine without being listed. */
const LISTED_ZONES = new Map(timeZones().map((zone) => [zone.toLowerCase(), zone]))

/** Text as it stands; a number or a truth value counts as its text, so that a state may be called -100. */
export function textField(longest = LONGEST_TEXT) {
  const scalar = (value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value)
  return z.preprocess(scalar, z.string().min(1).max(longest)).meta({ type: ['string', 'number', 'boolean'] })
}

/** Text for people: trimmed, on one line. */
export function labelField(longest = LONGEST_TEXT) {
  const scalar = (value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value)
  const line = z.string().trim().min(1).max(longest)
  return z.preprocess(
    scalar,
    line.refine((text) => !CONTROL.test(text), 'must stand on one line, without control characters'),
  )
}

/** Id as it stands in an address: letters of any script, digits, `_`, `-`, `.`; 80 characters at most. */
export function idField() {
  const scalar = (value: unknown) => (typeof value === 'number' ? String(value) : value)
  // No `pattern` in the JSON Schema: not every editor reads \p{L}.
  const id = z
    .string()
    .refine((text) => ID.test(text), 'must be letters, digits, "-", "_" or ".", 80 at most, beginning with a letter or digit')
  return z.preprocess(scalar, id)
}

/** A number, also when its text stands in quotes. */
export function numberField() {
  return z.preprocess(numberOf, z.number())
}

/** A whole number in `[least, most]`. */
export function wholeField(least: number, most = Number.MAX_SAFE_INTEGER) {
  return z.preprocess(numberOf, z.int().min(least).max(most))
}

/** A real date as YYYY-MM-DD. */
export function dayField() {
  return z
    .preprocess(
      (value) => (typeof value === 'number' ? String(value) : value),
      z.string().refine((text) => parseDay(text) !== undefined, { error: (issue) => dayMessage(String(issue.input)) }),
    )
    .meta({ format: 'date' })
}

/** A time zone of the IANA list, spelt as there. */
export function zoneField() {
  return z.string().superRefine((name, context) => {
    if (isZoneName(name)) return
    context.addIssue({ code: 'custom', message: 'is no time zone of the IANA list', params: { allowed: [...LISTED_ZONES.values()] } })
  })
}

/** Whether the text is an IANA zone in its own spelling; offsets such as +02:00 are none, they know no summer time. */
function isZoneName(name: string): boolean {
  const listed = LISTED_ZONES.get(name.toLowerCase())
  return listed === undefined ? /^[A-Za-z]/.test(name) && isTimeZone(name) : listed === name
}

function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^[-+.\d]/.test(value) && Number.isFinite(Number(value)) ? Number(value) : value
}

function dayMessage(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'there is no such day' : 'must be a date written YYYY-MM-DD'
}
