import { firstOfPeriod } from './days'
import { finishedLives } from './finished'
import type { OracleRow } from './history'
import { perPeriod } from './rates'
import { firstStart } from './span'
import { inDays, spentBetween, total } from './stays'
import type { World } from './world'

/** Of the time between the first start and the finish, what was worked and what was waited (definitions §6). */
export function flowEfficiency(world: World): OracleRow[] {
  const finished = finishedLives({ ...world, question: { ...world.question, policy: 'first_start_last_finish' } })
  const spans = finished.flatMap(({ life, finish, groups }) => {
    const start = firstStart(life, world.question.span)
    const spent = spentBetween(life, start?.at ?? finish.at, finish.at, (moment) => moment.status === 'open')
    return groups.map((group) => ({ day: finish.day, group, spent }))
  })
  return perPeriod(world, spans).map(({ item_count, ...row }) => {
    const here = spans.filter(
      ({ day, group }) => group === row.group && firstOfPeriod(day, world.question.grain ?? 'week') === row.period_on,
    )
    const active = total(here, ({ spent }) => spent.active)
    const waiting = total(here, ({ spent }) => spent.waiting)
    return {
      ...row,
      active_days: inDays(active),
      waiting_days: inDays(waiting),
      blocked_days: inDays(total(here, ({ spent }) => spent.blocked)),
      efficiency_ratio: active + waiting ? active / (active + waiting) : null,
      n: item_count ?? null,
    }
  })
}
