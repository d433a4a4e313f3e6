import { firstOfPeriod, lastInstant } from './days'
import type { OracleRow } from './history'
import type { Life, Moment } from './life'
import { inDays, isCounted, isInWindow, nearestRank, secondsBetween, total } from './stays'
import type { World } from './world'

interface Spell {
  readonly period: number
  /** The first that is told while it lasts. */
  readonly reason: string | null
  readonly seconds: number
  readonly isOpen: boolean
}

/** Blocked spells by the period in which they began (definitions §6). */
export function blocked(world: World): OracleRow[] {
  const spells = world.lives.flatMap((life) => spellsOf(world, life))
  const kinds = new Map(spells.map(({ period, reason }) => [JSON.stringify([period, reason]), { period, reason }]))
  return [...kinds.values()].map(({ period, reason }) => {
    const here = spells.filter((spell) => spell.period === period && spell.reason === reason)
    const lifted = here.filter((spell) => !spell.isOpen).map((spell) => spell.seconds)
    return {
      period_on: period,
      reason,
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
  let reason: string | null = null
  const close = (start: Moment, end: number, isOpen: boolean) => {
    if (!isInWindow(world, start.day) || !isCounted(world, life, start.day)) return
    spells.push({
      period: firstOfPeriod(start.day, world.question.grain ?? 'month'),
      reason,
      seconds: secondsBetween(start.at, end),
      isOpen,
    })
  }
  for (const moment of life.moments) {
    if (moment.blocked) {
      begun ??= moment
      reason ??= moment.reason
    } else if (begun) {
      close(begun, moment.at, false)
      begun = undefined
      reason = null
    }
  }
  if (begun) close(begun, lastInstant(world.asOf, life.stream.timezone), true)
  return spells
}
