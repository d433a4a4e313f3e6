import { inclusiveDays } from './days'
import type { OracleRow } from './history'
import { endOfDay, type Life } from './life'
import { firstStart, lastFinish } from './span'
import { groupsOf, type World } from './world'

interface Watched {
  /** Days from the start to the finish, or to the last day on which it was watched. */
  readonly days: number
  readonly isFinished: boolean
}

/** Kaplan–Meier for the items that started in the window, one day of age after the other (definitions §4). */
export function survival(world: World): OracleRow[] {
  const cohort = world.lives.flatMap((life) => watched(world, life))
  const rows: OracleRow[] = []
  let ratio = 1
  const oldest = cohort.reduce((most, one) => Math.max(most, one.days), 0)
  for (let days = 1; days <= oldest; days++) {
    const atRisk = cohort.filter((one) => one.days >= days).length
    const finished = cohort.filter((one) => one.isFinished && one.days === days).length
    ratio *= 1 - finished / atRisk
    if (days === 1 || finished) rows.push({ days, at_risk_count: atRisk, survival_ratio: ratio })
  }
  return rows
}

function watched(world: World, life: Life): Watched[] {
  const start = firstStart(life, world.question.span)
  const dayEnd = start && endOfDay(life, start.day)
  if (!start || !dayEnd || start.day < world.from || start.day >= world.to) return []
  if (!groupsOf({ ...world, question: { ...world.question, groupBy: undefined } }, life, dayEnd, 'as_of').length) return []
  const finish = lastFinish(life)
  const end = finish?.day ?? lastRemovalDay(life) ?? world.asOf
  return [{ days: inclusiveDays(start.day, end), isFinished: finish !== undefined }]
}

/** Day on which a removed item was cancelled for the last time. */
function lastRemovalDay(life: Life): number | undefined {
  let day: number | undefined
  for (const moment of life.moments) {
    if (moment.status !== 'removed') day = undefined
    else day ??= moment.day
  }
  return day
}
