import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { periodsIn } from '../../time/grain'
import { column, defineMetric, type MetricContext } from '../define'
import { asOfInstants, wholeSeconds } from '../facts/instants'
import { byPeriod } from '../facts/periods'
import { sliceOf } from '../slice'

const SECONDS_PER_DAY = 86_400

export const blocked = defineMetric({
  name: 'blocked',
  title: 'Blocked work',
  aka: ['blockers', 'impediments', 'blocker clustering'],
  unit: 'elapsed days',
  doc: 'Blocked spells by the period in which they began and by reason: how many, how long together up to the as-of day, and the median time until they were lifted (of those that were). A spell that lasts ends for now at the end of the as-of day.',
  source: 'Burrows 2014; definitions §6',
  subject: 'standing',
  uses: ['rule', 'grain'],
  params: z.object({}),
  columns: {
    period_on: column.day('first day of the period in which the spells began'),
    reason: column.text('why; absent where the source does not say', { nullable: true }),
    episode_count: column.int('blocked spells', { unit: 'spells' }),
    blocked_days: column.float('time blocked', { unit: 'elapsed days' }),
    median_days_to_unblock: column.float('median time until lifted', { unit: 'elapsed days', nullable: true }),
    open_count: column.int('spells that still last', { unit: 'spells' }),
  },
  queries: (context) => ({ spells: blockedSpells(context) }),
  items: { list: (context) => sql`SELECT item_ix FROM (${spellFacts(context)}) AS spells` },
  derive: (answers, context) => {
    const { from, to } = context.window
    const grain = context.params.grain ?? 'month'
    const endOf = asOfInstants(context)
    const rows = (answers.spells ? toRows(answers.spells) : []).map((row) => measured(row, endOf))
    const reasons = [...new Set(rows.map((row) => row.reason as string | null))].sort((a, b) =>
      (a ?? '\uffff').localeCompare(b ?? '\uffff', 'en'),
    )
    const periods = byPeriod(rows, grain)
    return periodsIn(from, to, grain).flatMap(({ start }) =>
      reasons.flatMap((reason) => {
        const own = (periods.get(start) ?? []).filter((row) => row.reason === reason)
        return own.length ? [summary(start, reason, own)] : []
      }),
    )
  },
})

/** Blocked spells in scope that began inside the window, one row each. */
function spellFacts(context: MetricContext): Sql {
  const { window } = context
  const slice = sliceOf(context, { day: sql`fact.block_day` })
  return sql`SELECT fact.item_ix, fact.stream_id, fact.block_day, fact.blocked_at, fact.unblock_day, fact.unblocked_at,
      CASE WHEN fact.reason_day <= ${window.asOf} THEN fact.reason END AS reason FROM ${context.table('blocks')} AS fact ${slice.joins}
    WHERE fact.block_day >= ${window.from} AND fact.block_day < ${window.to} AND ${slice.condition}`
}

function blockedSpells(context: MetricContext) {
  const { asOf } = context.window
  return sql`SELECT fact.stream_id, fact.block_day AS day, fact.reason, fact.blocked_at, CASE WHEN fact.unblock_day <= ${asOf} THEN fact.unblocked_at END AS unblocked_at
    FROM (${spellFacts(context)}) AS fact ORDER BY day, fact.reason, fact.blocked_at`
}

/** Seconds of a spell; one that lasts ends at the as-of instant, the end of its local day. */
function measured(row: Row, endOf: (streamId: unknown) => number): Row {
  const lifted = row.unblocked_at !== null
  return { ...row, lifted, seconds: wholeSeconds(Number(row.blocked_at), lifted ? Number(row.unblocked_at) : endOf(row.stream_id)) }
}

function summary(start: number, reason: string | null, rows: readonly Row[]): Row {
  const lifted = rows.filter((row) => row.lifted === true).map((row) => Number(row.seconds))
  const middle = lifted.sort((a, b) => a - b)[Math.ceil(lifted.length / 2) - 1]
  return {
    period_on: start,
    reason,
    episode_count: rows.length,
    blocked_days: rows.reduce((sum, row) => sum + Number(row.seconds), 0) / SECONDS_PER_DAY,
    median_days_to_unblock: middle === undefined ? null : middle / SECONDS_PER_DAY,
    open_count: rows.length - lifted.length,
  }
}
