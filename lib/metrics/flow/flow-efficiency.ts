import { z } from 'zod'
import { column, defineMetric } from '../define'
import { finishedCount } from '../facts/behind'
import { finishedPerDay, finishedPerPeriod } from '../facts/finished-per-period'

const SECONDS_PER_DAY = 86_400
const TIMES = ['active_seconds', 'waiting_seconds', 'blocked_seconds'] as const

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
  queries: (context) => finishedPerDay(context, ...TIMES),
  items: finishedCount('n'),
  derive: (answers, context) =>
    finishedPerPeriod(answers, context, ...TIMES).rows(({ start, partial }, [n = 0, active = 0, waiting = 0, blocked = 0], group) => ({
      period_on: start,
      active_days: active / SECONDS_PER_DAY,
      waiting_days: waiting / SECONDS_PER_DAY,
      blocked_days: blocked / SECONDS_PER_DAY,
      efficiency_ratio: active + waiting > 0 ? active / (active + waiting) : null,
      n,
      partial,
      group,
    })),
})
