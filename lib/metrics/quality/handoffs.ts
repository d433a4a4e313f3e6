import { z } from 'zod'
import { type ColumnTable, codesOf, numbersOf, type Row } from '../../engine/columns'
import { kept, type Sql, sql } from '../../engine/sql'
import { NEVER } from '../../time/day'
import { column, defineMetric, type MetricContext } from '../define'
import { entryOf } from '../facts/entries'
import { isOfStreams, sliceOf } from '../slice'

const SECONDS_PER_DAY = 86_400

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
    from_team: column.text('team that gave it away', { nullable: true }),
    to_team: column.text('team that took it', { nullable: true }),
    move_count: column.int('hand-offs', { unit: 'moves' }),
    wait_days: column.float('mean time to the next move to another stage, of those that moved on', {
      unit: 'elapsed days',
      nullable: true,
    }),
  },
  items: { list: (context) => sql`SELECT item_ix FROM (${givenAway(context, inWindow(context.window, sql`fact.day`))}) AS given` },
  queries: handoffQueries,
  derive: (answers, context) =>
    [...pairsOf(answers, context)]
      .sort(([, a], [, b]) => b.count - a.count)
      .map(
        ([, { from, to, count, movedCount, seconds }]): Row => ({
          from_team: from,
          to_team: to,
          move_count: count,
          wait_days: movedCount ? seconds / movedCount / SECONDS_PER_DAY : null,
        }),
      ),
})

/**
 * Asks for hand-offs by day, teams and day of the next move, ordered by teams: `kept`, all of history, of one stream in all dimensions, else
 * `given`, those of the window. In one stream days follow each other as instants do, so that the next move of all is the next as of any day.
 */
function handoffQueries(context: MetricContext): Readonly<Record<string, Sql>> {
  const { window, params } = context
  const isKept = params.stream.length === 1 && !params.dimensions.size
  if (isKept) return { kept: kept(handoffsByDay(context, sql`TRUE`, sql`TRUE`), inWindow(window, sql`day`)) }
  const known = sql`later.day >= ${window.from} AND later.day <= ${window.asOf}`
  return { given: handoffsByDay(context, inWindow(window, sql`fact.day`), known) }
}

function handoffsByDay(context: MetricContext, ofDays: Sql, ofMoves: Sql): Sql {
  return sql`WITH given AS (${givenAway(context, ofDays)}),
      moved AS (
        SELECT given.item_ix, given.seq, min(later.changed_at) AS moved_at, min(later.day) AS move_day FROM ${context.table('moves')} AS later
        JOIN given ON given.item_ix = later.item_ix AND given.seq < later.seq
        WHERE ${ofMoves} AND ${isOfStreams(context, sql`later`)} GROUP BY given.item_ix, given.seq)
    SELECT given.day, given.from_value, given.to_value, coalesce(moved.move_day, ${NEVER}) AS move_day, CAST(count(*) AS INTEGER) AS item_count,
      CAST(coalesce(sum(date_diff('second', given.changed_at, moved.moved_at)), 0) AS DOUBLE) AS seconds
    FROM given LEFT JOIN moved ON moved.item_ix = given.item_ix AND moved.seq = given.seq
    GROUP BY given.day, given.from_value, given.to_value, coalesce(moved.move_day, ${NEVER}) ORDER BY given.from_value, given.to_value`
}

interface Pair {
  readonly from: string | null
  readonly to: string | null
  count: number
  /** Those that moved on by the as-of day, and how long they took together. */
  movedCount: number
  seconds: number
}

/** Sums of each pair of teams, in the order of their names. */
function pairsOf(answers: Readonly<Record<string, ColumnTable>>, { window }: MetricContext): Map<string, Pair> {
  const table = answers.kept ?? answers.given
  const pairs = new Map<string, Pair>()
  if (!table) return pairs
  const [days = [], moveDays = [], counts = [], lengths = []] = ['day', 'move_day', 'item_count', 'seconds'].map((name) =>
    numbersOf(table, name),
  )
  const [from, to] = [codesOf(table, 'from_value'), codesOf(table, 'to_value')]
  for (let row = 0; row < table.rowCount; row++) {
    const day = days[row] ?? 0
    if (day < window.from || day >= window.to) continue
    const [given = 0, taken = 0, count = 0] = [from.codes[row], to.codes[row], counts[row]]
    const pair = entryOf(pairs, `${given} ${taken}`, () => ({
      from: from.texts[given] ?? null,
      to: to.texts[taken] ?? null,
      count: 0,
      movedCount: 0,
      seconds: 0,
    }))
    pair.count += count
    if ((moveDays[row] ?? 0) > window.asOf) continue
    pair.movedCount += count
    pair.seconds += lengths[row] ?? 0
  }
  return pairs
}

function inWindow({ from, to }: MetricContext['window'], day: Sql): Sql {
  return sql`${day} >= ${from} AND ${day} < ${to}`
}

/** Changes from one team to another on the days, one row each. */
function givenAway(context: MetricContext, ofDays: Sql): Sql {
  const { params } = context
  const slice = sliceOf({ ...context, params: { ...params, group: undefined } }, { day: sql`fact.day` })
  return sql`SELECT fact.item_ix, fact.seq, fact.day, fact.changed_at, fact.from_value, fact.to_value FROM ${context.table('changes')} AS fact ${slice.joins}
    WHERE fact.field = 'team' AND fact.from_value IS NOT NULL AND fact.to_value IS NOT NULL AND ${ofDays} AND ${slice.condition}`
}
