import { firstOfPeriod } from './days'
import { finishedLives, lengthOf } from './finished'
import type { OracleRow } from './history'
import { isCut } from './rates'
import { type World, windowDays } from './world'

const LOOK_BACK = 12

/** Share of finished items within their stream's expectation, and how steady the last twelve whole periods were, in each group. */
export function predictability(asked: World): OracleRow[] {
  const world = { ...asked, question: { ...asked.question, unit: undefined } }
  const grain = world.question.grain ?? 'week'
  const finished = finishedLives(world).map((one) => ({ ...one, period: firstOfPeriod(one.finish.day, grain) }))
  const periods = [...new Set(windowDays(world).map((day) => firstOfPeriod(day, grain)))]
  const groups = world.question.groupBy === undefined ? [null] : [...new Set(finished.flatMap((one) => one.groups))]
  return groups.flatMap((group) => {
    const whole: number[] = []
    return periods.map((period) => {
      const own = finished.filter((one) => one.period === period && one.groups.includes(group))
      const judged = own.flatMap((one) => (one.life.stream.sle ? [lengthOf(one, world) <= one.life.stream.sle.days] : []))
      const partial = isCut(world, period, grain)
      if (!partial) whole.push(own.length)
      return {
        period_on: period,
        group,
        sle_attainment_ratio: judged.length ? judged.filter(Boolean).length / judged.length : null,
        throughput_stability_ratio: partial ? null : steadiness(whole),
        n: judged.length,
        item_count: own.length,
        partial,
      }
    })
  })
}

/** 1 − coefficient of variation of the latest counts, by the standard deviation of a sample; not below 0. */
function steadiness(counts: readonly number[]): number | null {
  if (counts.length < LOOK_BACK) return null
  const latest = counts.slice(counts.length - LOOK_BACK)
  let sum = 0
  for (const count of latest) sum += count
  const mean = sum / LOOK_BACK
  let squares = 0
  for (const count of latest) squares += (count - mean) * (count - mean)
  return mean === 0 ? null : Math.max(0, 1 - Math.sqrt(squares / (LOOK_BACK - 1)) / mean)
}
