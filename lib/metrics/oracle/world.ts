import type { SliceRule } from '@/lib/model/unit'
import type { Question, RawHistory } from './history'
import { afterInstant, cutLives, endOfDay, type Life, livesOf, type Moment } from './life'
import { lastFinish } from './span'

/** Everything one question is about: the lives in scope of streams, cut at the end of the as-of day, and the window. */
export interface World {
  readonly history: RawHistory
  readonly question: Question
  readonly lives: readonly Life[]
  /** The same of all streams, whatever the scope. */
  allLives(): readonly Life[]
  readonly from: number
  readonly to: number
  readonly asOf: number
}

/** Days of a whole history: its first creation, its last change. */
export interface Extent {
  readonly firstDay: number
  readonly lastDay: number
}

/** First and last local day on which anything happened; undefined for an empty history. */
export function extentOf(lives: readonly Life[]): Extent | undefined {
  const days = lives.flatMap((life) => life.moments.map((moment) => moment.day))
  if (!days.length) return undefined
  return { firstDay: days.reduce((a, b) => Math.min(a, b)), lastDay: days.reduce((a, b) => Math.max(a, b)) }
}

/** @param known the history's lives, when they are already there: they take longer than a question */
export function worldOf(history: RawHistory, question: Question, known: readonly Life[] = livesOf(history)): World {
  const extent = extentOf(known) ?? { firstDay: 0, lastDay: 0 }
  const asOf = Math.min(question.asOf ?? extent.lastDay, extent.lastDay)
  const inScope = (life: Life) => !question.streams.length || question.streams.includes(life.stream.id)
  return {
    history,
    question,
    allLives: () => cutLives(known, asOf),
    lives: cutLives(known.filter(inScope), asOf),
    from: question.from ?? extent.firstDay,
    to: Math.min(question.to ?? asOf + 1, asOf + 1),
    asOf,
  }
}

/** Whether the question is about a stream. */
export function isAsked(world: World, streamId: string): boolean {
  return !world.question.streams.length || world.question.streams.includes(streamId)
}

/** All days of the window. */
export function windowDays(world: World): number[] {
  const days: number[] = []
  for (let day = world.from; day < world.to; day++) days.push(day)
  return days
}

/**
 * Groups in which an item counts (definitions §12): none when the scope does not let it through, a single null for items
 * without a value. Without `groupBy` everything is in the one group null.
 * @param own how the item stood at the time that a row is about, which is what counts under `as_of`
 */
export function groupsOf(world: World, life: Life, own: Moment, defaultRule: SliceRule): (string | null)[] {
  const { groupBy } = world.question
  const byStream = groupBy === 'stream' ? life.stream.id : null
  if (isWhole(world) && (groupBy === undefined || groupBy === 'stream')) return [byStream]
  const rule = world.question.rule ?? defaultRule
  const groups = new Set<string | null>()
  for (const moment of countingMoments(world, life, own, rule)) {
    if (!passes(world, moment, undefined)) continue
    const byDimension = groupBy !== undefined && groupBy !== 'stream'
    groups.add(byDimension ? (moment.values[dimensionName(groupBy)] ?? null) : byStream)
  }
  return [...groups]
}

/** Whether no dimension is filtered by, so that no rule has anything to decide. */
export function isWhole(world: World): boolean {
  return Object.keys(world.question.filters).length === 0
}

/** The moments whose values decide, under a rule. */
export function countingMoments(world: World, life: Life, own: Moment, rule: SliceRule): readonly Moment[] {
  const last = life.moments.at(-1)
  const finish = lastFinish(life)
  if (rule === 'as_of') return [own]
  if (rule === 'current') return last ? [last] : []
  if (rule === 'ever') return dayEnds(world, life)
  const value = finish ? afterInstant(life, finish.at) : last
  return value ? [value] : []
}

/** Whether the dimension filters let a moment's values through, all of them or all but one dimension's. */
export function passes(world: World, moment: Moment, exceptDimension: string | undefined): boolean {
  return Object.entries(world.question.filters).every(([name, allowed]) => {
    if (name === exceptDimension) return true
    const value = moment.values[name] ?? null
    if (name !== 'goal' || value === null) return allowed.includes(value)
    return allowed.some((goal) => goal !== null && servesGoal(world.history, value, goal))
  })
}

/** `dim.product` → `product`. */
function dimensionName(key: string): string {
  return key.startsWith('dim.') ? key.slice('dim.'.length) : key
}

/** The goal itself or one below it. */
export function servesGoal(history: RawHistory, value: string, goal: string): boolean {
  const seen = new Set<string>()
  for (let current: string | undefined = value; current !== undefined && !seen.has(current); ) {
    if (current === goal) return true
    seen.add(current)
    const id: string = current
    current = history.goals.find((candidate) => candidate.id === id)?.parent
  }
  return false
}

/** How the item stood at the end of each day of the window: for a day, the value at its end is the one that counts. */
function dayEnds(world: World, life: Life): Moment[] {
  return windowDays(world)
    .map((day) => endOfDay(life, day))
    .filter((moment) => moment !== undefined)
}
