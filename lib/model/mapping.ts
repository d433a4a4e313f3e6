import { GOAL_LEVELS, type Goal } from './goal'
import type { Portfolio } from './portfolio'
import type { ValueStream } from './value-stream'

type Values = ReadonlyMap<string, string | null>

/** Texts to which the values of a source are mapped: flow types and goals. */
export function mappedTexts(portfolio: Portfolio): string[] {
  return [...portfolio.streams.flatMap((stream) => Object.keys(stream.types)), ...portfolio.goals.map((goal) => goal.id)]
}

/**
 * Maps what a source says to the model's values: tracker types to flow types, and the goal from what its `match` asks for (the
 * most specific level first, then the order of the file) where the source names none.
 */
export function dimensionMapping(portfolio: Portfolio): (stream: ValueStream, told: Values) => Values {
  const types = new Map(portfolio.streams.map((stream) => [stream.id, typesOf(stream)]))
  const goals = portfolio.goals
    .toSorted((a, b) => GOAL_LEVELS.indexOf(b.level) - GOAL_LEVELS.indexOf(a.level))
    .filter((goal) => Object.keys(goal.match ?? {}).length)
  return (stream, told) => {
    const type = told.get('type') ?? null
    const mapped = new Map(told)
    if (type !== null) mapped.set('type', types.get(stream.id)?.get(type) ?? type)
    if ((told.get('goal') ?? null) === null) mapped.set('goal', goals.find((goal) => matches(goal, stream, mapped))?.id ?? null)
    return mapped
  }
}

/** Tracker type → flow type; the first that names it. */
function typesOf(stream: ValueStream): ReadonlyMap<string, string> {
  const pairs = Object.entries(stream.types).flatMap(([flowType, types]) => types.map((type) => [type, flowType] as const))
  return new Map(pairs.toReversed())
}

function matches(goal: Goal, stream: ValueStream, values: Values): boolean {
  return Object.entries(goal.match ?? {}).every(([dimension, allowed]) => {
    const value = dimension === 'stream' ? stream.id : (values.get(dimension) ?? null)
    return value !== null && allowed.includes(value)
  })
}
