import { z } from 'zod'
import { type Sql, sql } from '../../engine/sql'
import { column, defineMetric, type MetricContext } from '../define'
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
  items: { list: (context) => sql`SELECT item_ix FROM (${givenAway(context)}) AS given` },
  queries: (context) => {
    const { from, asOf } = context.window
    const later = sql`later.day >= ${from} AND later.day <= ${asOf} AND ${isOfStreams(context, sql`later`)}`
    return {
      rows: sql`WITH given AS (${givenAway(context)}),
        taken AS (
          SELECT given.item_ix, given.seq, given.from_value, given.to_value, given.changed_at, min(later.changed_at) AS moved_at FROM given
          LEFT JOIN ${context.table('moves')} AS later ON later.item_ix = given.item_ix AND later.seq > given.seq AND ${later}
          GROUP BY given.item_ix, given.seq, given.from_value, given.to_value, given.changed_at)
        SELECT from_value AS from_team, to_value AS to_team, CAST(count(*) AS INTEGER) AS move_count,
          avg(CAST(date_diff('second', changed_at, moved_at) AS DOUBLE)) / ${SECONDS_PER_DAY} AS wait_days
        FROM taken GROUP BY from_value, to_value ORDER BY move_count DESC, from_team, to_team`,
    }
  },
})

/** Changes from one team to another inside the window, one row each. */
function givenAway(context: MetricContext): Sql {
  const { window, params } = context
  const slice = sliceOf({ ...context, params: { ...params, group: undefined } }, { day: sql`fact.day` })
  return sql`SELECT fact.item_ix, fact.seq, fact.changed_at, fact.from_value, fact.to_value FROM ${context.table('changes')} AS fact ${slice.joins}
    WHERE fact.field = 'team' AND fact.from_value IS NOT NULL AND fact.to_value IS NOT NULL AND fact.day >= ${window.from} AND fact.day < ${window.to}
      AND ${slice.condition}`
}
