import { GOAL_LEVELS, type Goal } from '@/lib/model/goal'
import { CANCELLED_STAGE, UNMAPPED_STAGE } from '@/lib/model/stage'
import type { ValueStream } from '@/lib/model/value-stream'
import { localDay } from './days'
import type { RawChange, RawHistory, RawItem, RawStream } from './history'

export type Status = 'open' | 'finished' | 'removed'

/** How an item stands from a change on, until the next one. */
export interface Moment {
  readonly at: number
  /** Local day of `at`. */
  readonly day: number
  /** The tracker's own; null before the first recorded change. */
  readonly state: string | null
  readonly stageId: string
  /** Place of the stage in the order; null for `unmapped` and `cancelled`. */
  readonly position: number | null
  readonly status: Status
  readonly blocked: boolean
  /** Why it is blocked; null where nobody says. */
  readonly reason: string | null
  /** What happens in this state, blocked or not: waiting in a queue or in a waiting state; null where no stage tells. */
  readonly doing: 'work' | 'wait' | null
  readonly values: Readonly<Record<string, string | null>>
}

/** An item's whole history, repaired and in order; never empty. */
export interface Life {
  readonly stream: ValueStream
  readonly item: RawItem
  readonly moments: readonly Moment[]
}

/** The lives of all items that tell a state at all (definitions §1). */
export function livesOf(history: RawHistory): Life[] {
  const lives: Life[] = []
  for (const source of history.streams) {
    for (const item of source.items) {
      const moments = momentsOf(source, item, history)
      if (moments.length) lives.push({ stream: source.stream, item, moments })
    }
  }
  return lives
}

/** The lives as they were known at the end of a local day; what was not there yet is left out. */
export function cutLives(lives: readonly Life[], asOf: number): Life[] {
  return lives
    .map((life) => ({ ...life, moments: life.moments.filter((moment) => moment.day <= asOf) }))
    .filter((life) => life.moments.length > 0)
}

/** How the item stood at the end of a local day; undefined before it was created. */
export function endOfDay(life: Life, day: number): Moment | undefined {
  return life.moments.findLast((moment) => moment.day <= day)
}

/** How the item stood after all changes of an instant. */
export function afterInstant(life: Life, at: number): Moment | undefined {
  return life.moments.findLast((moment) => moment.at <= at)
}

function momentsOf(source: RawStream, item: RawItem, history: RawHistory): Moment[] {
  const changes = inOrder(item.changes)
  const states = knownStates(changes)
  if (states === undefined) return []
  const values = knownValues(changes, source, history)
  const moments = changes.map((change, index) => {
    const moment = momentOf(source.stream, change.at, states[index] ?? '', change.blocked === true, values[index] ?? {})
    return { ...moment, reason: moment.blocked ? (change.reason ?? null) : null }
  })
  const first = moments[0]
  if (first && item.createdAt !== null && item.createdAt < first.at) moments.unshift(beforeFirst(source.stream, item.createdAt, first))
  return moments
}

/** By source time; equal times keep the order of the source. */
function inOrder(changes: readonly RawChange[]): RawChange[] {
  return changes
    .map((change, index) => ({ change, index }))
    .sort((a, b) => a.change.at - b.change.at || a.index - b.index)
    .map(({ change }) => change)
}

/** A blank state is an unchanged one; blank first states take the next known one. Undefined when none is known. */
function knownStates(changes: readonly RawChange[]): string[] | undefined {
  let known = changes.find((change) => change.state !== null)?.state
  if (known === undefined || known === null) return undefined
  const states: string[] = []
  for (const change of changes) {
    known = change.state ?? known
    states.push(known)
  }
  return states
}

function knownValues(changes: readonly RawChange[], source: RawStream, history: RawHistory): Record<string, string | null>[] {
  const known: Record<string, string | null> = {}
  return changes.map((change) => {
    for (const name of history.dimensions) {
      const told = change.values[name] ?? null
      if (told !== null || !source.carried.includes(name)) known[name] = told
    }
    const typed = { ...known, type: flowType(source.stream, known.type ?? null) }
    return { ...typed, goal: known.goal ?? matchedGoal(history.goals, typed) }
  })
}

/** Where the source names no goal: the first of the most specific level whose `match` the item meets. */
function matchedGoal(goals: readonly Goal[], values: Readonly<Record<string, string | null>>): string | null {
  for (const level of [...GOAL_LEVELS].reverse()) {
    for (const goal of goals) {
      const wanted = Object.entries(goal.match ?? {})
      const meets = ([name, allowed]: [string, readonly string[]]) => allowed.some((value) => value === values[name])
      if (goal.level === level && wanted.length && wanted.every(meets)) return goal.id
    }
  }
  return null
}

function flowType(stream: ValueStream, trackerType: string | null): string | null {
  if (trackerType === null) return null
  for (const [flow, types] of Object.entries(stream.types)) if (types.includes(trackerType)) return flow
  return trackerType
}

/** Between creation and the first recorded change: in the first stage if items wait there, else nobody knows. */
function beforeFirst(stream: ValueStream, at: number, first: Moment): Moment {
  const stage = stream.stages[0]
  const waits = stage?.kind === 'queue'
  return {
    at,
    day: localDay(at, stream.timezone),
    state: null,
    stageId: waits ? stage.id : UNMAPPED_STAGE,
    position: waits ? 0 : null,
    status: 'open',
    blocked: false,
    reason: null,
    doing: waits ? 'wait' : null,
    values: first.values,
  }
}

function momentOf(stream: ValueStream, at: number, state: string, blocked: boolean, values: Record<string, string | null>): Moment {
  const common = { at, day: localDay(at, stream.timezone), state, blocked, reason: null, doing: null, values }
  if (stream.cancelled.includes(state)) return { ...common, stageId: CANCELLED_STAGE, position: null, status: 'removed' }
  const position = stream.stages.findIndex((stage) => stage.states.includes(state) || stage.waiting.includes(state))
  const stage = stream.stages[position]
  if (!stage) return { ...common, stageId: UNMAPPED_STAGE, position: null, status: 'open' }
  const finishedFrom = stream.stages.findIndex((candidate) => candidate.id === stream.finished)
  const waits = stage.kind === 'queue' || stage.waiting.includes(state)
  const doing = stage.kind === 'done' ? null : waits ? 'wait' : 'work'
  return { ...common, stageId: stage.id, position, status: position >= finishedFrom ? 'finished' : 'open', doing }
}
