import type { Rng } from './rng'

export interface BootstrapOptions {
  readonly rng: Rng
  /** Neighbouring blocks drawn together, so that what hangs together stays together. */
  readonly blockLength?: number
  readonly trials?: number
}

const TRIALS = 2000

/**
 * A resample of a series by moving blocks drawn with replacement, wrapped around its end, as long as the series itself.
 * @see Politis & Romano 1992 (circular block bootstrap)
 */
function resampleBlocks<T>(series: readonly T[], blockLength: number, rng: Rng): T[] {
  const sample: T[] = []
  while (sample.length < series.length) {
    const start = rng.int(series.length)
    for (let step = 0; step < blockLength && sample.length < series.length; step++) {
      sample.push(series[(start + step) % series.length] as T)
    }
  }
  return sample
}

/** Bootstrap distribution, ascending, of a statistic of two independent series; trials without a value are left out. */
export function bootstrapDifference<T>(
  before: readonly T[],
  after: readonly T[],
  statistic: (before: readonly T[], after: readonly T[]) => number | undefined,
  options: BootstrapOptions,
): number[] {
  const length = (series: readonly T[]) => options.blockLength ?? blockLengthOf(series.length)
  const values: number[] = []
  for (let trial = 0; trial < (options.trials ?? TRIALS); trial++) {
    const rng = options.rng.split(trial)
    const value = statistic(resampleBlocks(before, length(before), rng), resampleBlocks(after, length(after), rng))
    if (value !== undefined && Number.isFinite(value)) values.push(value)
  }
  return values.sort((a, b) => a - b)
}

/** Length of the blocks of a series unless told otherwise: the cube root of its own length. */
export function blockLengthOf(seriesLength: number): number {
  return Math.max(1, Math.round(seriesLength ** (1 / 3)))
}
