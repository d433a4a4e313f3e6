import type { ColumnTable } from '../../engine/columns'
import type { Sql } from '../../engine/sql'
import { isSecond, stagePlaces } from '../../snapshot/cubes/stretches'
import { rankOf } from '../../stats/nearest-rank'
import type { MetricContext } from '../define'
import { countedTimes, type Durations, type Ladder, ladderOf, timesIn } from './duration-ladder'
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

/** What to ask next, given what is known: in the end the `times` in stretches. */
export function furtherDurations(answers: Answers, context: MetricContext, durations: Durations): Record<string, Sql> {
  const sought = soughtSoFar(answers, context, durations)
  if (!sought.length) return {}
  const next = ladderOf(context, durations).rungs.find(({ name }) => !(name in answers))
  if (next?.ask) return { [next.name]: next.ask(placesOf(sought)) }
  const long = placesOf(sought.filter(({ length }) => !isSecond(length)))
  return answers.times || !long.length ? {} : { times: timesIn(durations, long) }
}

/** The figures of each stage that has any. */
export function durationFigures(answers: Answers, context: MetricContext, durations: Durations): Map<string, DurationFigures> {
  const sought = soughtSoFar(answers, context, durations)
  const inTimes = answers.times
    ? narrowed(
        sought.filter(({ length }) => !isSecond(length)),
        countedTimes(answers.times),
      )
    : []
  const found = [...sought.filter(({ length }) => isSecond(length)), ...inTimes]
  const figures = [...roughly(answers, context, durations).byKey].map(([key, { count, totalSeconds }]): [string, DurationFigures] => {
    const own = found.filter((one) => one.key === key)
    return [key, { count, totalSeconds, percentiles: new Map(own.map(({ percentile, length }) => [percentile, length])) }]
  })
  return new Map(figures)
}

function placesOf(sought: readonly Sought[]): number[] {
  return [...new Set(sought.flatMap(({ places }) => places))]
}

/** All durations of one stage. */
interface KeyCounts {
  count: number
  totalSeconds: number
  readonly units: Counted[]
}

const ANYWHERE = [0]

const soughtBefore = new WeakMap<MetricContext, Map<string, readonly Sought[]>>()

/** Where each percentile lies, as closely as the answers tell; they come back with every further one. */
function soughtSoFar(answers: Answers, context: MetricContext, durations: Durations): readonly Sought[] {
  const before = entryOf(soughtBefore, context, () => new Map<string, readonly Sought[]>())
  return ladderOf(context, durations).rungs.reduce(
    (sought, { name, counted }) => {
      const answer = answers[name]
      return answer ? entryOf(before, name, () => narrowed(sought, counted(answer, new Set(placesOf(sought))))) : sought
    },
    roughly(answers, context, durations).sought,
  )
}

interface Roughly {
  readonly byKey: ReadonlyMap<string, KeyCounts>
  readonly sought: readonly Sought[]
}

const NOTHING: Roughly = { byKey: new Map(), sought: [] }
const countedBefore = new WeakMap<MetricContext, Roughly>()

/** The answer to the first question by stage. It may be that of other questions as well, so it is looked through once for each of them. */
function roughly(answers: Answers, context: MetricContext, durations: Durations): Roughly {
  const ladder = ladderOf(context, durations)
  const answer = answers[ladder.name]
  if (!answer) return NOTHING
  return entryOf(countedBefore, context, () => {
    const inScope = new Set(context.streams.map(({ id }) => id))
    const places = stagePlaces(context.portfolio.streams)
    const keys = places.map((place) => (inScope.has(place.streamId) ? durations.keyOf(place) : undefined))
    const byKey = countsByKey(answer, ladder, keys)
    const sought = [...byKey].flatMap(([key, { count, units }]) =>
      narrowed(
        durations.percentiles.map((percentile) => ({ key, percentile, rank: rankOf(percentile, count), places: ANYWHERE, length: 0 })),
        units,
      ),
    )
    return { byKey, sought: worthKnowing(sought, byKey, durations) }
  })
}

/** Those that may be among the longest, as far as it is known how long they are. */
function worthKnowing(sought: readonly Sought[], byKey: ReadonlyMap<string, KeyCounts>, { longest }: Durations): readonly Sought[] {
  if (!longest) return sought
  const many = sought.filter(({ key }) => (byKey.get(key)?.count ?? 0) >= longest.fewest)
  const least = many.map(({ length }) => length).sort((a, b) => b - a)[longest.howMany - 1] ?? 0
  return many.filter(({ length }) => length >= least)
}

/** @param keys by the number of a stage; undefined: it does not count, or is not in scope */
function countsByKey(answer: ColumnTable, { sums, unitsPerPlace }: Ladder, keys: readonly (string | undefined)[]): Map<string, KeyCounts> {
  const { counts, seconds } = sums(answer, keys.length * unitsPerPlace)
  const found = new Map<string, KeyCounts>()
  for (const [place, key] of keys.entries()) {
    if (key === undefined) continue
    for (let length = 0, unit = place * unitsPerPlace; length < unitsPerPlace; length++, unit++) {
      const count = counts[unit] ?? 0
      if (!count) continue
      const own = entryOf(found, key, () => ({ count: 0, totalSeconds: 0, units: [] }))
      own.count += count
      own.totalSeconds += seconds[unit] ?? 0
      own.units.push({ within: 0, place: unit, length, count })
    }
  }
  return found
}
