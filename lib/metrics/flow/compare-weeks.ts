import { benjaminiHochberg } from '../../stats/benjamini-hochberg'
import { type RatioInterval, ratioInterval } from '../../stats/ratio-interval'
import { Rng } from '../../stats/rng'
import { itemsIn, itemsPerWeek, percentileOfWeeks, type Week } from './weeks'

const VERDICTS = ['signal', 'could be noise', 'too little data'] as const
export type Verdict = (typeof VERDICTS)[number]

/** The weeks of one slice in both periods. */
export interface TwoPeriods {
  readonly group: string | null
  readonly before: readonly Week[]
  readonly after: readonly Week[]
}

export interface Comparison {
  readonly group: string | null
  /** The figure in each period; absent where nothing finished. */
  readonly before?: number
  readonly after?: number
  readonly nBefore: number
  readonly nAfter: number
  /** Absent: too little data. */
  readonly interval?: RatioInterval
  readonly verdict: Verdict
}

const FEWEST_ITEMS = 11

/**
 * Compares two periods in each of several slices. All slices are one family: of their signals at most 5 % may be false
 * (definitions §10). @param percentile of the lengths; absent: items per week are compared
 */
export function compareWeeks(slices: readonly TwoPeriods[], percentile: number | undefined, seed: number): Comparison[] {
  const compared = slices.map((slice) => compare(slice, percentile, Rng.of(seed).split(slice.group ?? '')))
  const signals = benjaminiHochberg(compared.map((one) => one.interval?.p ?? 1))
  return compared.map((one, index) => ({
    ...one,
    verdict: one.interval ? (signals[index] ? 'signal' : 'could be noise') : 'too little data',
  }))
}

function compare({ group, before, after }: TwoPeriods, percentile: number | undefined, rng: Rng): Omit<Comparison, 'verdict'> {
  const weeks = [...before, ...after]
  const figure = percentile === undefined ? itemsPerWeek(weeks) : percentileOfWeeks(weeks, percentile)
  const [nBefore, nAfter] = [itemsIn(before), itemsIn(after)]
  const enough = Math.min(nBefore, nAfter) >= FEWEST_ITEMS
  const interval = enough ? ratioInterval({ before, after, statistic: figure.of, scores: figure.scores, rng }) : undefined
  return { group, before: figure.of(before), after: figure.of(after), nBefore, nAfter, interval }
}
