/** Middle and spread of repeated times. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
  readonly runs: number
}

/** Median and quartiles, linear between the two nearest values. @throws TypeError without any value */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b)
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75), runs: sorted.length }
}

/** A quantile of ascending values. @throws TypeError without any value */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  if (below === undefined || above === undefined) throw new TypeError('a quantile of nothing')
  return below + (above - below) * (at - Math.floor(at))
}
