import { inclusiveDays, inclusiveWorkdays } from './days'
import type { OracleRow } from './history'
import { afterInstant, endOfDay, type Life, type Moment } from './life'
import { type Finished, finishedSpan } from './span'
import { groupsOf, type World } from './world'

export interface FinishedLife extends Finished {
  readonly life: Life
  /** Values after all changes of the finish instant. */
  readonly atFinish: Moment
  readonly days: number
  /** Groups in which it counts; never empty. */
  readonly groups: readonly (string | null)[]
}

/** Items finished in the window, each once, at its last finish as of the as-of date (definitions §5). */
export function finishedLives(world: World): FinishedLife[] {
  const found: FinishedLife[] = []
  for (const life of world.lives) {
    const finished = finishedSpan(life, world.question.span, world.question.policy)
    if (!finished || finished.finish.day < world.from || finished.finish.day >= world.to) continue
    const atFinish = afterInstant(life, finished.finish.at)
    const dayEnd = endOfDay(life, finished.finish.day)
    if (!atFinish || !dayEnd) continue
    const groups = groupsOf(world, life, dayEnd, 'at_finish')
    if (groups.length) found.push({ ...finished, life, atFinish, days: inclusiveDays(finished.start.day, finished.finish.day), groups })
  }
  return found
}

export function finishedItems(world: World): OracleRow[] {
  return finishedLives(world).map(({ life, finish, atFinish, days, elapsedDays, policyMatters }) => ({
    stream_id: life.stream.id,
    item_id: life.item.id,
    key: life.item.key ?? life.item.id,
    title: life.item.title ?? '',
    type: atFinish.values.type ?? null,
    team: atFinish.values.team ?? null,
    finished_on: finish.day,
    finished_at: finish.at,
    span_days: days,
    elapsed_days: elapsedDays,
    policy_matters: policyMatters,
  }))
}

/** How long it took in the unit of the question; `sum_of_visits` is elapsed time whatever is asked for. */
export function lengthOf(finished: FinishedLife, world: World): number {
  const unit = world.question.unit ?? (world.question.policy === 'sum_of_visits' ? 'elapsed' : 'days')
  if (unit === 'elapsed') return finished.elapsedDays
  if (unit === 'days') return finished.days
  return inclusiveWorkdays(finished.start.day, finished.finish.day, world.history.calendar)
}
