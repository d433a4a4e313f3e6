import type { Life, Moment } from './life'
import { groupsOf, type World } from './world'

const DAY_SECONDS = 86_400

/** One stay of an item in a stage, `[first.at, left.at)`. */
export interface Stay {
  readonly stageId: string
  readonly position: number | null
  readonly first: Moment
  /** The change that ended it; undefined while it lasts. */
  readonly left: Moment | undefined
  /** Its changes, the first one included. */
  readonly moments: readonly Moment[]
}

/** Consecutive changes that stay in the same stage are one stay. */
export function staysOf(life: Life): Stay[] {
  const runs: Moment[][] = []
  for (const moment of life.moments) {
    const run = runs.at(-1)
    if (run?.[0]?.stageId === moment.stageId) run.push(moment)
    else runs.push([moment])
  }
  return runs.flatMap((moments, index) => {
    const first = moments[0]
    return first ? [{ stageId: first.stageId, position: first.position, first, left: runs[index + 1]?.[0], moments }] : []
  })
}

/** An instant counts by its whole second. */
function secondOf(at: number): number {
  return Math.floor(at / 1000)
}

export function secondsBetween(start: number, stop: number): number {
  return secondOf(stop) - secondOf(start)
}

export function inDays(seconds: number): number {
  return seconds / DAY_SECONDS
}

/** Seconds worked, waited and blocked; a blocked moment is waited through, whatever else happens in it. */
export interface Spent {
  readonly active: number
  readonly waiting: number
  readonly blocked: number
}

/** How a life was spent between two instants, one change after the other. */
export function spentBetween(life: Life, from: number, to: number, isMeant: (moment: Moment) => boolean = () => true): Spent {
  const spent = { active: 0, waiting: 0, blocked: 0 }
  life.moments.forEach((moment, index) => {
    const begin = Math.max(from, moment.at)
    const end = Math.min(to, life.moments[index + 1]?.at ?? to)
    if (end <= begin || !isMeant(moment)) return
    const seconds = secondsBetween(begin, end)
    if (moment.blocked) spent.blocked += seconds
    if (moment.blocked || moment.doing === 'wait') spent.waiting += seconds
    else if (moment.doing === 'work') spent.active += seconds
  })
  return spent
}

/** Whether the scope lets an item through with an event, which counts where the item stands at the end of its day. */
export function isCounted(world: World, life: Life, day: number): boolean {
  const standing = life.moments.findLast((moment) => moment.day <= day)
  if (!standing) return false
  return groupsOf({ ...world, question: { ...world.question, groupBy: undefined } }, life, standing, 'as_of').length > 0
}

export function isInWindow(world: World, day: number): boolean {
  return day >= world.from && day < world.to
}

/** Sum of numbers of each thing. */
export function total<T>(things: readonly T[], numberOf: (thing: T) => number): number {
  return things.reduce((sum, thing) => sum + numberOf(thing), 0)
}

/** The smallest value with at least p % of all at or below it; null of none. */
export function nearestRank(values: readonly number[], percentile: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil((percentile * sorted.length) / 100) - 1] ?? null
}
