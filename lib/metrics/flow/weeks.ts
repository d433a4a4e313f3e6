import { countOf, type Histogram, rankOf } from '../../stats/nearest-rank'

/** Lengths of the items that finished in one week, each with how many took so long. */
export type Week = ReadonlyMap<number, number>

/** A figure of weeks, made for those it will be asked about in any mixture: a bootstrap asks thousands of times. */
export interface WeekFigure {
  /** Absent where nothing finished. */
  readonly of: (weeks: readonly Week[]) => number | undefined
  /** What each week adds to the figure of these weeks. */
  readonly scores: (weeks: readonly Week[]) => number[]
}

export function itemsIn(weeks: readonly Week[]): number {
  return weeks.reduce((sum, week) => sum + countOf([...week]), 0)
}

/** Items finished per week. */
export function itemsPerWeek(known: readonly Week[]): WeekFigure {
  const counts = new Map(known.map((week) => [week, countOf([...week])]))
  const scores = (weeks: readonly Week[]) => weeks.map((week) => counts.get(week) ?? 0)
  return { scores, of: (weeks) => (weeks.length ? scores(weeks).reduce((sum, count) => sum + count, 0) / weeks.length : undefined) }
}

/** A percentile (nearest rank) of all lengths of the weeks; a week's score is how many of its items took longer than their share. */
export function percentileOfWeeks(known: readonly Week[], percentile: number): WeekFigure {
  const lengths = [...new Set(known.flatMap((week) => [...week.keys()]))].sort((a, b) => a - b)
  const rankByLength = new Map(lengths.map((length, rank) => [length, rank]))
  const ranked = new Map(known.map((week) => [week, rankedWeek(week, rankByLength)]))
  const counts = new Float64Array(lengths.length)
  const of = (weeks: readonly Week[]) => {
    counts.fill(0)
    let n = 0
    for (const week of weeks) {
      for (const [rank, count] of ranked.get(week) ?? []) {
        counts[rank] = (counts[rank] ?? 0) + count
        n += count
      }
    }
    if (n === 0) return undefined
    let at = 0
    for (let left = rankOf(percentile, n) - (counts[0] ?? 0); left > 0; left -= counts[at] ?? 0) at++
    return lengths[at]
  }
  return {
    of,
    scores: (weeks) => {
      const value = of(weeks) ?? 0
      return weeks.map((week) => countOf([...week].filter(([length]) => length > value)) - (1 - percentile / 100) * countOf([...week]))
    },
  }
}

function rankedWeek(week: Week, rankByLength: ReadonlyMap<number, number>): Histogram {
  return [...week].map(([length, count]) => [rankByLength.get(length) ?? 0, count] as const)
}
