import { lastInstant } from './days'
import type { OracleRow } from './history'
import type { Life } from './life'
import { inDays, isCounted, isInWindow, type Stay, secondsBetween, staysOf, total } from './stays'
import type { World } from './world'

/** Every move to an earlier stage, with how long the item took to be back (definitions §6). */
export function rework(world: World): OracleRow[] {
  return world.lives.flatMap((life) => {
    const stays = staysOf(life)
    return stays.flatMap((stay, index) => {
      const next = stays[index + 1]
      if (!next || !isBackward(stay, next) || !isInWindow(world, next.first.day) || !isCounted(world, life, next.first.day)) return []
      const back = stays.slice(index + 2).find((later) => later.position !== null && later.position >= (stay.position ?? 0))
      const until = back?.first.at ?? lastInstant(world.asOf, life.stream.timezone)
      return [
        {
          stream_id: life.stream.id,
          item_id: life.item.id,
          key: life.item.key ?? life.item.id,
          title: life.item.title ?? '',
          from_stage: stay.stageId,
          to_stage: next.stageId,
          moved_on: next.first.day,
          moved_at: next.first.at,
          days_lost: inDays(secondsBetween(next.first.at, until)),
          is_back: back !== undefined,
        },
      ]
    })
  })
}

/** The ledger by loop. */
export function reworkLoops(world: World): OracleRow[] {
  const ledger = rework(world)
  const nameOf = (row: OracleRow) => JSON.stringify([row.stream_id, row.from_stage, row.to_stage])
  return [...new Set(ledger.map(nameOf))].map((name) => {
    const moves = ledger.filter((row) => nameOf(row) === name)
    const [stream_id, from_stage, to_stage] = JSON.parse(name) as [string, string, string]
    return {
      ...{ stream_id, from_stage, to_stage },
      move_count: moves.length,
      item_count: new Set(moves.map((row) => row.item_id)).size,
      days_lost: total(moves, (row) => Number(row.days_lost)),
      open_count: moves.filter((row) => !row.is_back).length,
    }
  })
}

export function isBackward(from: Stay, to: Stay): boolean {
  return from.position !== null && to.position !== null && to.position < from.position
}

interface Handoff {
  readonly from: string
  readonly to: string
  /** Seconds to the next move to another stage; undefined while there is none. */
  readonly wait: number | undefined
}

/** How often items went from one team to another, and how long it then took until they moved on. */
export function handoffs(world: World): OracleRow[] {
  const all = world.lives.flatMap((life) => handoffsOf(world, life))
  const pairs = new Map(all.map(({ from, to }) => [JSON.stringify([from, to]), { from, to }]))
  return [...pairs.values()].map(({ from, to }) => {
    const here = all.filter((one) => one.from === from && one.to === to)
    const waits = here.flatMap(({ wait }) => (wait === undefined ? [] : [wait]))
    return {
      from_team: from,
      to_team: to,
      move_count: here.length,
      wait_days: waits.length ? inDays(total(waits, (wait) => wait)) / waits.length : null,
    }
  })
}

function handoffsOf(world: World, life: Life): Handoff[] {
  return life.moments.flatMap((moment, index) => {
    const before = life.moments[index - 1]
    const [from, to] = [before?.values.team ?? null, moment.values.team ?? null]
    if (!before || from === null || to === null || from === to || !isInWindow(world, moment.day) || !isCounted(world, life, moment.day))
      return []
    const next = life.moments.slice(index + 1).find((later) => later.stageId !== moment.stageId)
    return [{ from, to, wait: next && secondsBetween(moment.at, next.at) }]
  })
}
