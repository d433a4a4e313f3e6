import type { ColumnProfile, DataProfile } from '@/lib/model/data-profile'
import type { Fault } from '@/lib/problem'
import { Problem, showValue } from '@/lib/problem'
import type { ColumnFacts, Facts } from './columns'
import { isTime } from './columns'
import type { DateReading } from './date-format'

type Open = Extract<DateReading, { kind: 'open' }>

/** Months end here: a larger number is a day. */
const MONTHS = 12

/** The one format of several time columns. Throws a Problem when they differ, or when day and month cannot be told apart. */
export function agreedFormat(
  profile: DataProfile,
  facts: Facts,
  names: readonly string[],
  chosen: string | undefined,
): { readonly format?: string; readonly hasOffset: boolean } {
  const columns = facts.filter((fact) => names.includes(fact.column.name))
  const hasOffset = columns.some(({ dates }) => 'hasOffset' in dates && dates.hasOffset)
  if (chosen !== undefined) return { format: chosen, hasOffset }
  const faults: Fault[] = []
  const formats = new Set(columns.map((fact) => formatOf(profile, fact, facts, faults)))
  if (!faults.length && formats.size > 1)
    faults.push({ where: profile.file, message: 'its dates are written in several ways', allowed: texts(formats) })
  if (faults.length) throw new Problem('ambiguous-dates', `The dates of ${profile.file} cannot be read without doubt`, { faults })
  const [format] = formats
  return { ...(format === undefined ? {} : { format }), hasOffset }
}

function formatOf(profile: DataProfile, fact: ColumnFacts, facts: Facts, faults: Fault[]): string | undefined {
  const { column, dates } = fact
  const where = `${profile.file} column ${showValue(column.name)}`
  if (dates.kind === 'iso') return undefined
  if (dates.kind === 'format') return dates.format
  if (dates.kind !== 'open') {
    faults.push({ where, message: 'its values are not all dates written in one way', value: showValue(column.samples.slice(0, 3)) })
    return undefined
  }
  const own = orderIn([column])
  const order = own === 'unknown' ? orderIn(facts.filter((other) => isLike(other, dates)).map((other) => other.column)) : own
  if (order === 'dayFirst' || order === 'monthFirst') return dates[order]
  faults.push(doubt(where, column, dates, order))
  return undefined
}

function doubt(where: string, column: ColumnProfile, dates: Open, order: 'unknown' | 'both'): Fault {
  const readings = `day first (${dates.dayFirst}) or month first (${dates.monthFirst})`
  const why = order === 'both' ? 'some values can only be' : 'no day after the 12th tells whether it is'
  return {
    where,
    message: `${why} ${readings}; say which`,
    value: showValue(column.samples[0] ?? ''),
    allowed: [dates.dayFirst, dates.monthFirst],
  }
}

/** Columns of one file that write their dates alike are taken to mean the same order. */
function isLike(fact: ColumnFacts, dates: Open): boolean {
  return isTime(fact) && fact.dates.kind === 'open' && dateOf(fact.dates) === dateOf(dates)
}

function dateOf(dates: Open): string {
  return dates.dayFirst.slice(0, '%d/%m/%Y'.length)
}

function orderIn(columns: readonly ColumnProfile[]): 'dayFirst' | 'monthFirst' | 'unknown' | 'both' {
  const parts = columns.map((column) => column.largestDateParts ?? partsOf(column.samples))
  const isDayFirst = parts.some((part) => part.first > MONTHS)
  const isMonthFirst = parts.some((part) => part.second > MONTHS)
  if (isDayFirst && isMonthFirst) return 'both'
  if (isDayFirst) return 'dayFirst'
  return isMonthFirst ? 'monthFirst' : 'unknown'
}

function partsOf(samples: readonly string[]): { first: number; second: number } {
  const parts = { first: 0, second: 0 }
  for (const text of samples) {
    const match = /^(\d{1,2})[./-](\d{1,2})[./-]\d/.exec(text)
    parts.first = Math.max(parts.first, Number(match?.[1] ?? 0))
    parts.second = Math.max(parts.second, Number(match?.[2] ?? 0))
  }
  return parts
}

function texts(formats: ReadonlySet<string | undefined>): string[] {
  return [...formats].map((format) => format ?? 'ISO 8601')
}
