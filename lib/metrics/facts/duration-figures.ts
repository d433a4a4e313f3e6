import type { ColumnTable } from '../../engine/columns'
import type { Sql } from '../../engine/sql'
import { stagePlaces } from '../../snapshot/cubes/stretches'
import { rankOf } from '../../stats/nearest-rank'
import type { MetricContext } from '../define'
import { type Durations, type Ladder, ladderOf } from './duration-ladder'
import { entryOf } from './entries'
import { type Counted, narrowed, type Sought } from './narrowing'

/** What is known of the durations in one stage. */
export interface DurationFigures {
  readonly count: number
  readonly totalSeconds: number
  /** Seconds at each percentile, by nearest rank. */
  readonly percentiles: ReadonlyMap<number, number>
}

type Answers = Readonly<Record<string, ColumnTable>>

/**
 * The first question about durations. Seconds are as different as items, so they are counted roughly, and then more and more closely where
 * a percentile lies (`furtherDurations`), a few thousand rows at a time.
 */
export function durationQueries(context: MetricContext, durations: Durations): Record<string, Sql> {
  const { name, ask } = ladderOf(context, durations)
  return { [name]: ask }
}

/** What to ask next, given what is known. */
export function furtherDurations(answers: Answers, context: MetricContext, durations: Durations): Record<string, Sql> {
  const ladder = ladderOf(context, durations)
  const next = ladder.rungs.find(({ name }) => !(name in answers))
  if (!next) return {}
  const units = soughtSoFar(answers, context, durations).flatMap(({ places }) => places)
  return { [next.name]: next.ask([...new Set(units)]) }
}

/** The figures of each stage that has any. */
export function durationFigures(answers: Answers, context: MetricContext, durations: Durations): Map<string, DurationFigures> {
  const found = soughtSoFar(answers, context, durations)
  const figures = [...roughly(answers, context, durations)].map(([key, { count, totalSeconds }]): [string, DurationFigures] => {
    const own = found.filter((one) => one.key === key)
    return [key, { count, totalSeconds, percentiles: new Map(own.map(({ percentile, length }) => [percentile, length])) }]
  })
  return new Map(figures)
}

/** All durations of one stage. */
interface KeyCounts {
  count: number
  totalSeconds: number
  readonly units: Counted[]
}

const ANYWHERE = [0]

/** Where each percentile lies, as closely as the answers tell. */
function soughtSoFar(answers: Answers, context: MetricContext, durations: Durations): Sought[] {
  const { rungs } = ladderOf(context, durations)
  const first = [...roughly(answers, context, durations)].flatMap(([key, { count, units }]) =>
    narrowed(
      durations.percentiles.map((percentile) => ({ key, percentile, rank: rankOf(percentile, count), places: ANYWHERE, length: 0 })),
      units,
    ),
  )
  return rungs.reduce((sought, { name, counted }) => {
    const answer = answers[name]
    return answer ? narrowed(sought, counted(answer)) : sought
  }, first)
}

const countedBefore = new WeakMap<MetricContext, ReadonlyMap<string, KeyCounts>>()

/** The answer to the first question by stage, once for each question: it comes back with every further answer. */
function roughly(answers: Answers, context: MetricContext, durations: Durations): ReadonlyMap<string, KeyCounts> {
  return entryOf(countedBefore, context, () => {
    const ladder = ladderOf(context, durations)
    const answer = answers[ladder.name]
    const keys = stagePlaces(context.portfolio.streams).map(durations.keyOf)
    return answer ? countsByKey(answer, ladder, keys) : new Map()
  })
}

/** @param keys by the number of a stage */
function countsByKey(answer: ColumnTable, { each, unitsPerPlace }: Ladder, keys: readonly (string | undefined)[]): Map<string, KeyCounts> {
  const counts = new Float64Array(keys.length * unitsPerPlace)
  const seconds = new Float64Array(keys.length * unitsPerPlace)
  each(answer, (unit, count, total) => {
    counts[unit] = (counts[unit] as number) + count
    seconds[unit] = (seconds[unit] as number) + total
  })
  const found = new Map<string, KeyCounts>()
  for (const [unit, count] of counts.entries()) {
    const key = count ? keys[Math.floor(unit / unitsPerPlace)] : undefined
    if (key === undefined) continue
    const own = entryOf(found, key, () => ({ count: 0, totalSeconds: 0, units: [] }))
    own.count += count
    own.totalSeconds += seconds[unit] ?? 0
    own.units.push({ within: 0, place: unit, length: unit % unitsPerPlace, count })
  }
  return found
}
