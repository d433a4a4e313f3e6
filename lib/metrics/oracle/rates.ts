import type { Grain } from '@/lib/model/unit'
import { firstOfPeriod, startsPeriod } from './days'
import { finishedLives } from './finished'
import type { OracleRow } from './history'
import { endOfDay } from './life'
import { firstStart } from './span'
import { groupsOf, type World, windowDays } from './world'

/** Items finished per period, each once, at its last finish as of the as-of date. */
export function throughput(world: World): OracleRow[] {
  return perPeriod(
    world,
    finishedLives(world).flatMap(({ finish, groups }) => groups.map((group) => ({ day: finish.day, group }))),
  )
}

/** Items crossing the start of the span for the first time, per period. */
export function arrivals(world: World): OracleRow[] {
  const events = world.lives.flatMap((life) => {
    const start = firstStart(life, world.question.span)
    const dayEnd = start && endOfDay(life, start.day)
    if (!start || !dayEnd || start.day < world.from || start.day >= world.to) return []
    return groupsOf(world, life, dayEnd, 'as_of').map((group) => ({ day: start.day, group }))
  })
  return perPeriod(world, events)
}

/** A row for every period that touches the window, in each group that has any event. */
export function perPeriod(world: World, events: readonly { day: number; group: string | null }[]): OracleRow[] {
  const grain = world.question.grain ?? 'week'
  const groups = world.question.groupBy === undefined ? [null] : [...new Set(events.map((event) => event.group))]
  const periods = [...new Set(windowDays(world).map((day) => firstOfPeriod(day, grain)))]
  return groups.flatMap((group) =>
    periods.map((period) => ({
      period_on: period,
      group,
      item_count: events.filter((event) => event.group === group && firstOfPeriod(event.day, grain) === period).length,
      partial: isCut(world, period, grain),
    })),
  )
}

export function isCut(world: World, period: number, grain: Grain): boolean {
  let end = period + 1
  while (!startsPeriod(end, grain)) end++
  return period < world.from || end > world.to
}
