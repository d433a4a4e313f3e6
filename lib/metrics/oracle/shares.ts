import { firstOfPeriod } from './days'
import { finishedLives } from './finished'
import type { OracleRow } from './history'
import { endOfDay, type Life } from './life'
import { isCut } from './rates'
import { firstStart } from './span'
import { ownParams } from './variants'
import { groupsOf, type World, windowDays } from './world'

const DAY_SECONDS = 86_400

/** An item, or a day-end of one, that counts in a share of a period. */
interface Part {
  readonly day: number
  readonly value: string | null
  readonly id: string
  /** Days that it adds, in the measure of the metric. */
  readonly days: number
}

interface Share {
  readonly period: number
  readonly value: string | null
  readonly items: number
  readonly days: number
  readonly itemRatio: number
  readonly dayRatio: number
}

/** Share of each type: of finished items, of those in progress at the ends of periods, or of the finished ones' active time. */
export function flowDistribution(world: World): OracleRow[] {
  const asked = by(world, 'type')
  const { of } = ownParams(world.question, 'flow-distribution')
  const ends = endsOfPeriods(asked)
  const parts = of === 'wip' ? standing(asked).filter(({ day }) => ends.has(day)) : finished(asked, (one) => activeDays(one.life, asked))
  return sharesOf(asked, parts).map(({ period, value, items, days, itemRatio, dayRatio }) => ({
    period_on: period,
    type: value,
    item_count: items,
    total_days: of === 'time' ? days : null,
    ratio: of === 'time' ? dayRatio : itemRatio,
    partial: isCut(asked, period, grainOf(asked)),
  }))
}

/** Share of each goal and of what serves none: of finished items, or of the day-ends in progress. */
export function alignment(world: World): OracleRow[] {
  const asked = by(world, 'goal')
  const isWip = ownParams(world.question, 'alignment').of === 'wip'
  const parts = isWip ? standing(asked) : finished(asked, ({ days }) => days)
  return sharesOf(asked, parts).map(({ period, value, items, days, itemRatio, dayRatio }) => ({
    period_on: period,
    goal_id: value ?? 'unaligned',
    item_count: items,
    item_days: days,
    ratio: isWip ? dayRatio : itemRatio,
    partial: isCut(asked, period, grainOf(asked)),
  }))
}

/** The question put per value of a dimension; these metrics know no other group. */
function by(world: World, dimension: string): World {
  return { ...world, question: { ...world.question, groupBy: dimension } }
}

function finished(world: World, daysOf: (one: ReturnType<typeof finishedLives>[number]) => number): Part[] {
  return finishedLives(world).flatMap((one) =>
    one.groups.map((value) => ({ day: one.finish.day, value, id: idOf(one.life), days: daysOf(one) })),
  )
}

/** Every day-end in progress, open and inside the span. */
function standing(world: World): Part[] {
  return world.lives.flatMap((life) => {
    const start = firstStart(life, world.question.span)
    return windowDays(world).flatMap((day) => {
      const now = endOfDay(life, day)
      if (!now || !start || now.status !== 'open' || start.day > day) return []
      return groupsOf(world, life, now, 'as_of').map((value) => ({ day, value, id: idOf(life), days: 1 }))
    })
  })
}

/** Time in active stages inside the span that is no waiting state and not blocked. */
function activeDays(life: Life, world: World): number {
  const start = firstStart(life, world.question.span)
  let seconds = 0
  life.moments.forEach((moment, index) => {
    const next = life.moments[index + 1]
    if (!start || !next || moment.at < start.at || moment.doing !== 'work' || moment.blocked) return
    seconds += Math.floor(next.at / 1000) - Math.floor(moment.at / 1000)
  })
  return seconds / DAY_SECONDS
}

function sharesOf(world: World, parts: readonly Part[]): Share[] {
  const grain = grainOf(world)
  const periods = new Map<number, Part[]>()
  for (const part of parts) {
    const period = firstOfPeriod(part.day, grain)
    periods.set(period, [...(periods.get(period) ?? []), part])
  }
  return [...periods].flatMap(([period, all]) => {
    const sums = [...new Set(all.map(({ value }) => value))].map((value) => {
      const own = all.filter((part) => part.value === value)
      return { value, items: new Set(own.map(({ id }) => id)).size, days: own.reduce((sum, { days }) => sum + days, 0) }
    })
    const items = sums.reduce((sum, one) => sum + one.items, 0)
    const days = sums.reduce((sum, one) => sum + one.days, 0)
    return sums.map((one) => ({ ...one, period, itemRatio: one.items / items, dayRatio: days ? one.days / days : 0 }))
  })
}

/** The last day inside the window of each of its periods. */
function endsOfPeriods(world: World): ReadonlySet<number> {
  const last = new Map(windowDays(world).map((day) => [firstOfPeriod(day, grainOf(world)), day]))
  return new Set(last.values())
}

function grainOf(world: World) {
  return world.question.grain ?? 'week'
}

function idOf(life: Life): string {
  return JSON.stringify([life.stream.id, life.item.id])
}
