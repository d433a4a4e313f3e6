import { type ColumnTable, codesOf, numbersOf } from '../../engine/columns'
import { kept, type Sql, sql } from '../../engine/sql'
import { NEVER } from '../../time/day'
import { type Period, periodsIn } from '../../time/grain'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'
import { oncePerAnswer } from './entries'
import { asOfInstants } from './instants'
import { fitsIntoMemory, ofAllStreams, ofStreams } from './kept-rows'
import { placesOf } from './periods'

const SECONDS_PER_DAY = 86_400
/** Stream, reason, three days and two numbers of seconds. */
const BYTES_PER_SPELL = 28

/** Blocked spells of one reason that began in one period. */
export interface BlockedSpells {
  readonly period: Period
  /** As far as it is known on the as-of day; null: the source does not say. */
  readonly reason: string | null
  readonly count: number
  /** How long together, up to the end of the as-of day. */
  readonly seconds: number
  /** Spells that are lifted by the as-of day. */
  readonly liftedCount: number
  /** Until half of those were lifted, by nearest rank; undefined where there are none. */
  readonly medianSeconds: number | undefined
}

/**
 * Asks for blocked spells, the shortest first: `kept`, all of history and all streams, where they may stay in memory and no dimension is in
 * scope, else `spells`.
 */
export function spellQueries(context: MetricContext): Readonly<Record<string, Sql>> {
  const days = ({ from, to }: MetricContext['window'], day: Sql) => sql`${day} >= ${from} AND ${day} < ${to}`
  const isKept = !context.params.dimensions.size && fitsIntoMemory(context.rowCount('blocks') ?? Number.POSITIVE_INFINITY, BYTES_PER_SPELL)
  if (!isKept) return { spells: spells(context, days(context.window, sql`fact.block_day`)) }
  return {
    kept: kept(spells(ofAllStreams(context), sql`TRUE`), sql`${ofStreams(context, sql`TRUE`)} AND ${days(context.window, sql`day`)}`),
  }
}

/** Instants as days and seconds after their beginning: as plain numbers they are twice as wide, and a length may be longer than an integer tells. */
function spells(context: MetricContext, ofDays: Sql): Sql {
  const slice = sliceOf(context, { own: 'as_of', day: sql`fact.block_day` })
  const secondOfDay = (instant: Sql, day: Sql) =>
    sql`CAST(date_diff('second', TIMESTAMP '1970-01-01 00:00:00', ${instant}) - CAST(${day} AS BIGINT) * ${SECONDS_PER_DAY} AS INTEGER)`
  return sql`SELECT fact.stream_id, fact.block_day AS day, ${secondOfDay(sql`fact.blocked_at`, sql`fact.block_day`)} AS second_of_day,
      fact.reason, coalesce(fact.reason_day, ${NEVER}) AS reason_day, coalesce(fact.unblock_day, ${NEVER}) AS unblock_day,
      coalesce(${secondOfDay(sql`fact.unblocked_at`, sql`fact.unblock_day`)}, 0) AS unblock_second
    FROM ${context.table('blocks')} AS fact ${slice.joins} WHERE ${ofDays} AND ${slice.condition}
    ORDER BY date_diff('second', fact.blocked_at, fact.unblocked_at)`
}

/** Sums of the answer to `spellQueries` by period and reason, the periods in their order and in each the reasons in theirs. */
export function spellsByReason(answers: Readonly<Record<string, ColumnTable>>, context: MetricContext): BlockedSpells[] {
  const table = answers.kept ?? answers.spells
  if (!table) return []
  const periods = periodsIn(context.window.from, context.window.to, context.params.grain ?? 'month')
  const reasons = reasonsOf(table)
  const rows = rowsToVisit(table, context)
  const sums = sumsOf(table, context, { periods, reasons, rows })
  const medians = mediansOf(table, sums, rows)
  const ordered = [...reasons.texts.entries()].sort(([, a], [, b]) => (a ?? '\uffff').localeCompare(b ?? '\uffff', 'en'))
  return periods.flatMap((period, place) =>
    ordered.flatMap(([own, reason]) => {
      const cell = place * reasons.texts.length + own
      const [count = 0, seconds = 0, liftedCount = 0] = [sums.counts[cell], sums.seconds[cell], sums.lifted[cell]]
      return count ? [{ period, reason, count, seconds, liftedCount, medianSeconds: liftedCount ? medians[cell] : undefined }] : []
    }),
  )
}

interface Reasons {
  /** Each once, and null as the last. */
  readonly texts: readonly (string | null)[]
  readonly codes: Int32Array
}

const reasonsOf = oncePerAnswer((table: ColumnTable): Reasons => {
  const { texts, codes } = codesOf(table, 'reason')
  const named = texts.filter((text) => text !== null)
  const numbers = texts.map((text) => (text === null ? named.length : named.indexOf(text)))
  return { texts: [...named, null], codes: codes.map((code) => numbers[code] ?? named.length) }
})

/** Rows of each stream, by its number, in their order: of one stream among many it is much quicker to go through these alone. */
const rowsByStream = oncePerAnswer((table: ColumnTable): Int32Array[] => {
  const { texts, codes } = codesOf(table, 'stream_id')
  const counts = new Int32Array(texts.length)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  const rows = Array.from(counts, (count) => new Int32Array(count))
  const filled = new Int32Array(texts.length)
  codes.forEach((code, row) => {
    const place = filled[code] as number
    const own = rows[code] as Int32Array
    own[place] = row
    filled[code] = place + 1
  })
  return rows
})

/** Rows to go through, undefined: all. Those of several streams have to come in one order. */
function rowsToVisit(table: ColumnTable, { params }: MetricContext): Int32Array | undefined {
  if (params.stream.length !== 1) return undefined
  return rowsByStream(table)[codesOf(table, 'stream_id').texts.indexOf(params.stream[0] ?? null)]
}

/** Of each period and reason: `period * reasons + reason`. */
interface Sums {
  readonly counts: Int32Array
  readonly lifted: Int32Array
  readonly seconds: Float64Array
  /** Where a visited row was counted as lifted; −1: nowhere. */
  readonly cells: Int32Array
}

interface Visited {
  readonly periods: readonly Period[]
  readonly reasons: Reasons
  readonly rows: Int32Array | undefined
}

function sumsOf(table: ColumnTable, context: MetricContext, { periods, reasons, rows }: Visited): Sums {
  const { from, to, asOf } = context.window
  const size = periods.length * reasons.texts.length
  const sums = {
    counts: new Int32Array(size),
    lifted: new Int32Array(size),
    seconds: new Float64Array(size),
    cells: new Int32Array(rows?.length ?? table.rowCount).fill(-1),
  }
  const placeOfDay = placesOf(periods, from, to)
  const streams = codesOf(table, 'stream_id')
  const endOf = asOfInstants(context)
  const ends = streams.texts.map((id) => Math.floor(endOf(id) / 1000))
  const isAsked = streams.texts.map((id) => !context.params.stream.length || context.params.stream.includes(String(id)))
  const [days, reasonDays, liftDays] = [numbersOf(table, 'day'), numbersOf(table, 'reason_day'), numbersOf(table, 'unblock_day')]
  const secondsAt = lengthsOf(table)
  for (let visit = 0; visit < sums.cells.length; visit++) {
    const row = rows ? (rows[visit] as number) : visit
    const day = days[row] as number
    const stream = streams.codes[row] as number
    if (day < from || day >= to || !isAsked[stream]) continue
    const reason = (reasonDays[row] as number) <= asOf ? (reasons.codes[row] as number) : reasons.texts.length - 1
    const cell = (placeOfDay[day - from] as number) * reasons.texts.length + reason
    const isLifted = (liftDays[row] as number) <= asOf
    const seconds = isLifted ? secondsAt(row) : secondsAt(row, ends[stream])
    sums.counts[cell] = (sums.counts[cell] as number) + 1
    sums.seconds[cell] = (sums.seconds[cell] as number) + seconds
    if (!isLifted) continue
    sums.lifted[cell] = (sums.lifted[cell] as number) + 1
    sums.cells[visit] = cell
  }
  return sums
}

/** Seconds of a spell until it was lifted, or until an instant, in seconds. */
function lengthsOf(table: ColumnTable): (row: number, end?: number) => number {
  const [days, starts] = [numbersOf(table, 'day'), numbersOf(table, 'second_of_day')]
  const [liftDays, lifts] = [numbersOf(table, 'unblock_day'), numbersOf(table, 'unblock_second')]
  return (row, end = (liftDays[row] as number) * SECONDS_PER_DAY + (lifts[row] as number)) =>
    end - (days[row] as number) * SECONDS_PER_DAY - (starts[row] as number)
}

/** Rows come with the shortest first, so that the row which reaches the middle of its cell is the median. */
function mediansOf(table: ColumnTable, { cells, lifted }: Sums, rows: Int32Array | undefined): Float64Array {
  const secondsAt = lengthsOf(table)
  const medians = new Float64Array(lifted.length)
  const missing = lifted.map((count) => Math.ceil(count / 2))
  for (let visit = 0; visit < cells.length; visit++) {
    const cell = cells[visit] as number
    if (cell < 0) continue
    missing[cell] = (missing[cell] as number) - 1
    if (missing[cell] === 0) medians[cell] = secondsAt(rows ? (rows[visit] as number) : visit)
  }
  return medians
}
