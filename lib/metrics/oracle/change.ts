import { parseLocalDay } from './days'
import { type FinishedLife, finishedLives, lengthOf } from './finished'
import type { OracleRow } from './history'
import { nearestRank } from './stays'
import { ownParams } from './variants'
import type { World } from './world'

const FEWEST_ITEMS = 11
const FEWEST_WEEKS = 6

/** A figure of two periods and how it changed; the interval and what it says are not told here (definitions §10). */
export function change(world: World): OracleRow[] {
  const own = ownParams(world.question, 'change')
  const to = own.beforeTo === undefined ? world.from : parseLocalDay(own.beforeTo)
  const from = own.beforeFrom === undefined ? to - (world.to - world.from) : parseLocalDay(own.beforeFrom)
  const [before, after] = [periodOf({ ...world, from, to: Math.min(to, world.asOf + 1) }), periodOf(world)]
  const known = new Set([...before.finished, ...after.finished].flatMap(({ groups }) => groups))
  const groups = world.question.groupBy === undefined ? [null] : [...known]
  return groups.map((group) => {
    const [was, is] = [figureOf(before, group), figureOf(after, group)]
    const row = { group, before: was.value, after: is.value, n_before: was.n, n_after: is.n, seed: Number(own.seed ?? 1) }
    const isEnough = Math.min(was.n, is.n) >= FEWEST_ITEMS && Math.min(before.weeks, after.weeks) >= FEWEST_WEEKS
    if (!isEnough || !was.value || !is.value) {
      return { ...row, effect_ratio: null, low: null, high: null, verdict: 'too little data' }
    }
    return { ...row, effect_ratio: is.value / was.value - 1 }
  })
}

interface Period {
  readonly world: World
  /** Whole weeks from the first day; the days after them are not compared. */
  readonly weeks: number
  readonly finished: readonly FinishedLife[]
}

function periodOf(whole: World): Period {
  const weeks = Math.max(0, Math.floor((whole.to - whole.from) / 7))
  const world = { ...whole, to: whole.from + 7 * weeks }
  return { world, weeks, finished: finishedLives(world) }
}

function figureOf({ world, weeks, finished }: Period, group: string | null): { value: number | null; n: number } {
  const own = ownParams(world.question, 'change')
  const here = finished.filter(({ groups }) => groups.includes(group))
  const { percentiles } = world.question
  const percentile = percentiles.includes(85) ? 85 : (percentiles[0] ?? 85)
  const lengths = here.map((one) => lengthOf(one, world))
  const rate = weeks ? here.length / weeks : null
  return { value: own.of === 'throughput' ? rate : nearestRank(lengths, percentile), n: here.length }
}
