import { firstOfPeriod } from './days'
import { finishedLives, lengthOf } from './finished'
import type { OracleRow } from './history'
import type { World } from './world'

/** Percentiles by nearest rank of how long finished items took, per group and period that has any. */
export function spanPercentiles(world: World): OracleRow[] {
  const samples = new Map<string, { group: string | null; period_on: number | null; lengths: number[] }>()
  const { grain, percentiles } = world.question
  for (const finished of finishedLives(world)) {
    const period = grain === undefined ? null : firstOfPeriod(finished.finish.day, grain)
    for (const group of finished.groups) {
      const key = JSON.stringify([group, period])
      const sample = samples.get(key) ?? { group, period_on: period, lengths: [] }
      sample.lengths.push(lengthOf(finished, world))
      samples.set(key, sample)
    }
  }
  return [...samples.values()].flatMap(({ group, period_on, lengths }) => {
    const sorted = lengths.sort((a, b) => a - b)
    return percentiles.map((percentile) => ({ group, period_on, percentile, ...figure(sorted, percentile) }))
  })
}

function figure(sorted: readonly number[], percentile: number): OracleRow {
  const n = sorted.length
  const { low, high } = rankInterval(n, percentile / 100)
  return {
    value: smallestCovering(sorted, percentile),
    n,
    low: sorted[low - 1] ?? null,
    high: sorted[high - 1] ?? null,
    enough: n >= 11 && n * (100 - percentile) >= 100,
  }
}

/** The smallest value with at least p · n values at or below it, by trying one after the other. */
function smallestCovering(sorted: readonly number[], percentile: number): number | null {
  for (const value of sorted) {
    const atOrBelow = sorted.filter((other) => other <= value).length
    if (atOrBelow * 100 >= percentile * sorted.length - 1e-9) return value
  }
  return null
}

/** Ranks l and u with P(B < l) ≤ 2.5 % and P(B ≥ u) ≤ 2.5 % for B ~ Binomial(n, p), as close together as that allows. */
function rankInterval(n: number, p: number): { low: number; high: number } {
  const probability = binomial(n, p)
  const below = (rank: number) => probability.slice(0, Math.max(0, rank)).reduce((sum, value) => sum + value, 0)
  let low = 0
  while (low < n && below(low + 1) <= 0.025) low++
  let high = n + 1
  while (high > 1 && 1 - below(high - 1) <= 0.025) high--
  return { low, high }
}

/** P(B = k) for k = 0 … n, by adding one trial after the other. */
function binomial(n: number, p: number): number[] {
  let row = [1]
  for (let trial = 0; trial < n; trial++) {
    row = Array.from({ length: row.length + 1 }, (_, k) => (row[k] ?? 0) * (1 - p) + (row[k - 1] ?? 0) * p)
  }
  return row
}
