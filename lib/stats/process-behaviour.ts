/** Scaling constants of the XmR chart. @see Wheeler, Making Sense of Data, table A.1 */
const MEAN = { limits: 2.66, range: 3.268 }
const MEDIAN = { limits: 3.145, range: 3.865 }

/** Relative to the figures: larger than what adding up a few thousand of them loses. */
const ROUNDING = 1e-9

/** Points needed before limits mean anything, and so many are the baseline when none is named. */
export const FEWEST_POINTS = 6
const BASELINE_POINTS = 20

export type SignalRule = 'outside the limits' | '3 of 4 nearer a limit' | '8 on one side'

export interface XmrOptions {
  /** Points `[start, end)` from which centre and limits come; default: the first 20. */
  readonly baseline?: readonly [start: number, end: number]
  readonly centre?: 'mean' | 'median'
  /** A value that can't be passed below: a limit beyond it is absent and its rules are off. */
  readonly floor?: number
}

export interface XmrLimits {
  readonly centre: number
  /** Absent where a floor switches it off. */
  readonly lower?: number
  readonly upper: number
  /** Mean (or median) moving range, and the limit of moving ranges. */
  readonly range: number
  readonly rangeLimit: number
}

/** Centre and natural process limits of a series; `undefined` below two points. Never rounded. */
export function xmrLimits(values: readonly number[], options: XmrOptions = {}): XmrLimits | undefined {
  const [start, end] = options.baseline ?? [0, BASELINE_POINTS]
  const baseline = values.slice(start, end)
  if (baseline.length < 2) return undefined
  const ranges = baseline.slice(1).map((value, index) => Math.abs(value - (baseline[index] ?? value)))
  const usesMedian = options.centre === 'median'
  const constants = usesMedian ? MEDIAN : MEAN
  const centre = usesMedian ? median(baseline) : mean(baseline)
  const range = usesMedian ? median(ranges) : mean(ranges)
  const lower = centre - constants.limits * range
  return {
    centre,
    lower: options.floor !== undefined && lower < options.floor ? undefined : lower,
    upper: centre + constants.limits * range,
    range,
    rangeLimit: constants.range * range,
  }
}

/**
 * The first of Wheeler's rules that each point fulfils: a point outside the limits; the last of 3 out of 4 consecutive points
 * nearer to the same limit than to the centre; the 8th and later of a run on one side of the centre.
 */
export function xmrSignals(values: readonly number[], limits: XmrLimits): (SignalRule | undefined)[] {
  return values.map((value, index) => {
    if (isAbove(value, limits.upper) || (limits.lower !== undefined && isAbove(limits.lower, value))) return 'outside the limits'
    if (isNearLimit(values, index, limits)) return '3 of 4 nearer a limit'
    return isRun(values, index, limits.centre) ? '8 on one side' : undefined
  })
}

function isNearLimit(values: readonly number[], index: number, limits: XmrLimits): boolean {
  const last4 = values.slice(Math.max(0, index - 3), index + 1)
  const { centre, upper, lower } = limits
  const high = (value: number) => isAbove(value, (centre + upper) / 2)
  const low = (value: number) => lower !== undefined && isAbove((centre + lower) / 2, value)
  return [high, low].some((near) => near(values[index] ?? centre) && last4.filter(near).length >= 3)
}

function isRun(values: readonly number[], index: number, centre: number): boolean {
  if (index < 7) return false
  const last8 = values.slice(index - 7, index + 1)
  return last8.every((value) => isAbove(value, centre)) || last8.every((value) => isAbove(centre, value))
}

/** Above by more than what rounding makes of equal figures: a series that never moves gives no signal. */
function isAbove(value: number, limit: number): boolean {
  return value - limit > ROUNDING * Math.max(1, Math.abs(value), Math.abs(limit))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The middle value, of an even number the mean of both, as Wheeler takes it. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  if (!Number.isInteger(middle)) return sorted[Math.floor(middle)] ?? 0
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
