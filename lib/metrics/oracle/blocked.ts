import { firstOfPeriod, lastInstant } from './days'
import type { OracleRow } from './history'
import type { Life, Moment } from './life'
import { inDays, isCounted, isInWindow, nearestRank, secondsBetween, total } from './stays'
import type { World } from './world'

interface Spell {
  readonly period: number
  readonly seconds: number
  readonly isOpen: boolean
}

/** Blocked spells by the period in which they began (definitions §6). */
export function blocked(world: World): OracleRow[] {
  const spells = world.lives.flatMap((life) => spellsOf(world, life))
  return [...new Set(spells.map((spell) => spell.period))].map((period) => {
    const here = spells.filter((spell) => spell.period === period)
    const lifted = here.filter((spell) => !spell.isOpen).map((spell) => spell.seconds)
    return {
      period_on: period,
      reason: null,
      episode_count: here.length,
      blocked_days: inDays(total(here, (spell) => spell.seconds)),
      median_days_to_unblock: lifted.length ? inDays(nearestRank(lifted, 50) ?? 0) : null,
      open_count: here.length - lifted.length,
    }
  })
}

function spellsOf(world: World, life: Life): Spell[] {
  const spells: Spell[] = []
  let begun: Moment | undefined
  const close = (start: Moment, end: number, isOpen: boolean) => {
    if (!isInWindow(world, start.day) || !isCounted(world, life, start.day)) return
    spells.push({ period: firstOfPeriod(start.day, world.question.grain ?? 'month'), seconds: secondsBetween(start.at, end), isOpen })
  }
  for (const moment of life.moments) {
    if (moment.blocked) begun ??= moment
    else if (begun) {
      close(begun, moment.at, false)
      begun = undefined
    }
  }
  if (begun) close(begun, lastInstant(world.asOf, life.stream.timezone), true)
  return spells
}
