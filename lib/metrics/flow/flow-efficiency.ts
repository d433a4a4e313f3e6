import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { ident, sql } from '../../engine/sql'
import { periodsIn } from '../../time/grain'
import { column, defineMetric, type MetricContext } from '../define'
import { finishedCount } from '../facts/behind'
import { finishedCounts } from '../facts/finished'
import { byPeriod } from '../facts/periods'
import { groupsOf } from '../facts/running'

const SECONDS_PER_DAY = 86_400

export const flowEfficiency = defineMetric({
  name: 'flow-efficiency',
  title: 'Flow efficiency',
  aka: ['process cycle efficiency', 'activity ratio'],
  unit: 'ratio',
  doc: 'Of the time that finished items spent inside the span, the share in active stages: Σ active ÷ (Σ active + Σ waiting). Waiting is time in queues, in waiting states and blocked, each moment once. It is time in active stages, not touch time.',
  source: 'Modig & Åhlström 2012, This Is Lean; definitions §6',
  subject: 'finished',
  uses: ['rule', 'span', 'grain', 'groupBy'],
  params: z.object({}),
  figure: { column: 'efficiency_ratio', floor: 0 },
  columns: {
    period_on: column.day('first day of the period'),
    active_days: column.float('time in active stages', { unit: 'elapsed days' }),
    waiting_days: column.float('time waiting', { unit: 'elapsed days' }),
    blocked_days: column.float('of it, time blocked', { unit: 'elapsed days' }),
    efficiency_ratio: column.float('active ÷ (active + waiting); absent without any time', { nullable: true }),
    n: column.int('finished items', { unit: 'items' }),
    partial: column.bool('whether the window covers only a part of the period'),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: (context) => {
    const sum = (sort: string) => sql`CAST(sum(${ident(`${sort}_seconds`)}) AS DOUBLE) AS ${ident(sort)}`
    return {
      days: sql`SELECT finished.grp, finished.finish_day AS day, CAST(sum(item_count) AS INTEGER) AS n, ${sum('active')}, ${sum('waiting')}, ${sum('blocked')}
        FROM (${finishedCounts(context, 'active_seconds', 'waiting_seconds', 'blocked_seconds')}) AS finished
        GROUP BY finished.grp, finished.finish_day ORDER BY grp NULLS LAST, day`,
    }
  },
  items: finishedCount('n'),
  derive: (answers, context) => {
    const rows = (answers.days ? toRows(answers.days) : []).map(
      (row) => ({ ...row, group: row.grp as string | null }) as Row & { group: string | null },
    )
    return groupsOf(rows, context.params.group !== undefined).flatMap((group) =>
      efficiencies(
        rows.filter((row) => row.group === group),
        group,
        context,
      ),
    )
  },
})

function efficiencies(rows: readonly Row[], group: string | null, context: MetricContext): Row[] {
  const grain = context.params.grain ?? 'week'
  const periods = byPeriod(rows, grain)
  return periodsIn(context.window.from, context.window.to, grain).map(({ start, partial }) => {
    const own = periods.get(start) ?? []
    const sum = (name: string) => own.reduce((total, row) => total + Number(row[name]), 0)
    const [active, waiting] = [sum('active'), sum('waiting')]
    return {
      period_on: start,
      active_days: active / SECONDS_PER_DAY,
      waiting_days: waiting / SECONDS_PER_DAY,
      blocked_days: sum('blocked') / SECONDS_PER_DAY,
      efficiency_ratio: active + waiting > 0 ? active / (active + waiting) : null,
      n: sum('n'),
      partial,
      group,
    }
  })
}
