import { UNMAPPED_STAGE } from '@/lib/model/stage'
import type { OracleRow } from './history'
import { endOfDay, type Life } from './life'
import { isBackward } from './rework'
import { inDays, isCounted, isInWindow, type Spent, type Stay, spentBetween, staysOf, total } from './stays'
import { isAsked, type World } from './world'

/** A stay with its item, and the one after it. */
interface Passage {
  readonly life: Life
  readonly stay: Stay
  readonly next: Stay | undefined
  /** Whether the scope lets through that it began, or ended, inside the window. */
  readonly isEntered: boolean
  readonly isLeft: boolean
  /** A move forward after which the item came back to the stage or before it. */
  readonly isReturned: boolean
}

/** Each stage with what went through it, each edge with what took it (definitions §6). */
export function valueStreamMap(world: World): OracleRow[] {
  const passages = world.lives.flatMap((life) => passagesOf(world, life))
  const unmapped = node(world, UNMAPPED_STAGE, passages)
  const isUsed = Number(unmapped.arrivals) + Number(unmapped.departures) + Number(unmapped.wip_count) > 0
  const nodes = stagesOf(world).map((stageId) => node(world, stageId, passages))
  return [...nodes, ...(isUsed ? [unmapped] : []), ...edges(passages.filter((one) => one.isLeft))]
}

export function stagesOf(world: World): string[] {
  const streams = world.history.streams.filter(({ stream }) => isAsked(world, stream.id))
  return [...new Set(streams.flatMap(({ stream }) => stream.stages.map((stage) => stage.id)))]
}

function passagesOf(world: World, life: Life): Passage[] {
  const stays = staysOf(life)
  return stays.map((stay, index) => {
    const next = stays[index + 1]
    const counts = (day: number | undefined) => day !== undefined && isInWindow(world, day) && isCounted(world, life, day)
    const later = stays.slice(index + 1)
    return {
      life,
      stay,
      next,
      isEntered: counts(stay.first.day),
      isLeft: counts(stay.left?.day),
      isReturned: isForward(stay, next) && later.some((one) => one.position !== null && one.position <= (stay.position ?? 0)),
    }
  })
}

function isForward(from: Stay, to: Stay | undefined): boolean {
  return from.position !== null && to !== undefined && to.position !== null && to.position > from.position
}

function node(world: World, stageId: string, passages: readonly Passage[]): OracleRow {
  const here = passages.filter(({ stay }) => stay.stageId === stageId)
  const left = here.filter((one) => one.isLeft)
  const spent = left.map(({ life, stay }) => spentBetween(life, stay.first.at, stay.left?.at ?? stay.first.at))
  const sum = (name: keyof Spent) => inDays(total(spent, (one) => one[name]))
  const forward = left.filter(({ stay, next }) => isForward(stay, next))
  const returned = forward.filter((one) => one.isReturned).length
  return {
    kind: 'node',
    from_stage: stageId,
    to_stage: null,
    item_count: itemsOf(left),
    wip_count: inStageAtEnd(world, stageId),
    active_days: sum('active'),
    waiting_days: sum('waiting'),
    blocked_days: sum('blocked'),
    arrivals: here.filter((one) => one.isEntered).length,
    departures: left.length,
    first_pass_ratio: forward.length ? 1 - returned / forward.length : null,
    rework_count: returned,
  }
}

function edges(left: readonly Passage[]): OracleRow[] {
  const pairs = new Map(left.map(({ stay, next }) => [JSON.stringify([stay.stageId, next?.stageId]), [stay.stageId, next?.stageId ?? '']]))
  return [...pairs.values()].map(([from = '', to = '']) => {
    const here = left.filter(({ stay, next }) => stay.stageId === from && next?.stageId === to)
    return {
      kind: 'edge',
      from_stage: from,
      to_stage: to,
      item_count: itemsOf(here),
      wip_count: null,
      active_days: null,
      waiting_days: null,
      blocked_days: null,
      arrivals: null,
      departures: here.length,
      first_pass_ratio: null,
      rework_count: here.filter(({ stay, next }) => next && isBackward(stay, next)).length,
    }
  })
}

function itemsOf(passages: readonly Passage[]): number {
  return new Set(passages.map(({ life }) => JSON.stringify([life.stream.id, life.item.id]))).size
}

function inStageAtEnd(world: World, stageId: string): number {
  const day = world.to - 1
  return world.lives.filter((life) => {
    const now = endOfDay(life, day)
    return now?.stageId === stageId && now.status === 'open' && isCounted(world, life, day)
  }).length
}
