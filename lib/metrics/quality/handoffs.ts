import { z } from 'zod'
import { type ColumnTable, codesOf, numbersOf, type Row } from '../../engine/columns'
import { kept, type Sql, sql } from '../../engine/sql'
import { column, defineMetric, type MetricContext } from '../define'
import { entryOf } from '../facts/entries'
import { fitsIntoMemory, ofAllStreams, ofStreams, rowsInScope } from '../facts/kept-rows'
import { sliceOf } from '../slice'

const SECONDS_PER_DAY = 86_400
/** Stream, two days, two teams, a count and a number of seconds. */
const BYTES_PER_ROW = 32

export const handoffs = defineMetric({
  name: 'handoffs',
  title: 'Hand-offs',
  aka: ['team changes', 'transfers between teams'],
  unit: 'moves',
  doc: 'How often items went from one team to another, and how long it then took until the next move to another stage.',
  source: 'Poppendieck 2003, Lean Software Development (waste of hand-offs); definitions §6',
  subject: 'standing',
  uses: ['rule'],
  params: z.object({}),
  columns: {
    from_team: column.text('team that gave it away'),
    to_team: column.text('team that took it'),
    move_count: column.int('hand-offs', { unit: 'moves' }),
    wait_days: column.float('mean time to the next move to another stage, of those that moved on', {
      unit: 'elapsed days',
      nullable: true,
    }),
  },
  items: { list: (context) => sql`SELECT fact.item_ix ${handoffsIn(context, inWindow(context.window, sql`fact.day`))}` },
  queries: handoffQueries,
  derive: (answers, context) =>
    pairsOf(answers, context).map(
      ({ from, to, count, movedCount, seconds }): Row => ({
        from_team: from,
        to_team: to,
        move_count: count,
        wait_days: movedCount ? seconds / movedCount / SECONDS_PER_DAY : null,
      }),
    ),
})

/**
 * Asks for hand-offs by stream, day, teams and day of the next move, stream by stream: `kept`, all of history and all streams, where they may
 * stay in memory and no dimension is in scope, else `given`, those of the window. An item lies in one stream, whose days follow each other as
 * instants do, so that the next move of all is the next as of any day.
 */
function handoffQueries(context: MetricContext): Readonly<Record<string, Sql>> {
  const { window, params } = context
  const isKept = !params.dimensions.size && fitsIntoMemory(context.rowCount('handoffs') ?? Number.POSITIVE_INFINITY, BYTES_PER_ROW)
  if (!isKept) return { given: handoffsByDay(context, inWindow(window, sql`fact.day`)) }
  return {
    kept: kept(handoffsByDay(ofAllStreams(context), sql`TRUE`), sql`${ofStreams(context, sql`TRUE`)} AND ${inWindow(window, sql`day`)}`),
  }
}

function handoffsByDay(context: MetricContext, ofDays: Sql): Sql {
  const keys = sql`fact.stream_id, fact.day, fact.from_value, fact.to_value, fact.move_day`
  return sql`SELECT ${keys}, CAST(count(*) AS INTEGER) AS item_count, CAST(coalesce(sum(fact.wait_seconds), 0) AS DOUBLE) AS seconds
    ${handoffsIn(context, ofDays)} GROUP BY ${keys} ORDER BY fact.stream_id`
}

/** `FROM` and `WHERE` of the hand-offs in scope on some days, as `fact`. */
function handoffsIn(context: MetricContext, ofDays: Sql): Sql {
  const { params } = context
  const slice = sliceOf({ ...context, params: { ...params, group: undefined } }, { own: 'as_of', day: sql`fact.day` })
  return sql`FROM ${context.table('handoffs')} AS fact ${slice.joins} WHERE ${ofDays} AND ${slice.condition}`
}

interface Pair {
  readonly from: string
  readonly to: string
  count: number
  /** Those that moved on by the as-of day, and how long they took together. */
  movedCount: number
  seconds: number
}

/** Sums of each pair of teams, the most frequent first, then in the order of their names. */
function pairsOf(answers: Readonly<Record<string, ColumnTable>>, context: MetricContext): Pair[] {
  const table = answers.kept ?? answers.given
  if (!table) return []
  const { from, to, asOf } = context.window
  const [days, moveDays] = [numbersOf(table, 'day'), numbersOf(table, 'move_day')]
  const [counts, lengths] = [numbersOf(table, 'item_count'), numbersOf(table, 'seconds')]
  const [givers, takers] = [codesOf(table, 'from_value'), codesOf(table, 'to_value')]
  const pairs = new Map<number, Pair>()
  for (const { start, end } of rowsInScope(table, context)) {
    for (let row = start; row < end; row++) {
      const day = days[row] ?? 0
      if (day < from || day >= to) continue
      const [giver = 0, taker = 0, count = 0] = [givers.codes[row], takers.codes[row], counts[row]]
      const pair = entryOf(pairs, giver * takers.texts.length + taker, () => ({
        from: givers.texts[giver] ?? '',
        to: takers.texts[taker] ?? '',
        count: 0,
        movedCount: 0,
        seconds: 0,
      }))
      pair.count += count
      if ((moveDays[row] ?? 0) > asOf) continue
      pair.movedCount += count
      pair.seconds += lengths[row] ?? 0
    }
  }
  return [...pairs.values()].sort((a, b) => b.count - a.count || inOrder(a.from, b.from) || inOrder(a.to, b.to))
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function inWindow({ from, to }: MetricContext['window'], day: Sql): Sql {
  return sql`${day} >= ${from} AND ${day} < ${to}`
}
