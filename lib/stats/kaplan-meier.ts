/** One subject: how long it was watched, and whether the event came then. */
export interface Watched {
  readonly duration: number
  readonly ended: boolean
  /** How many such subjects there are. */
  readonly count: number
}

export interface SurvivalPoint {
  readonly duration: number
  readonly atRisk: number
  /** Share that has not ended by the end of this duration. */
  readonly survival: number
}

/**
 * Kaplan–Meier estimate at each duration at which anything ended. A subject that left on the same duration counts as still at
 * risk then. @see Kaplan & Meier 1958
 */
export function kaplanMeier(watched: readonly Watched[]): SurvivalPoint[] {
  const durations = [...new Set(watched.map((one) => one.duration))].sort((a, b) => a - b)
  let atRisk = watched.reduce((sum, one) => sum + one.count, 0)
  let survival = 1
  const points: SurvivalPoint[] = []
  for (const duration of durations) {
    const now = watched.filter((one) => one.duration === duration)
    const ended = now.reduce((sum, one) => sum + (one.ended ? one.count : 0), 0)
    if (ended > 0) {
      survival *= 1 - ended / atRisk
      points.push({ duration, atRisk, survival })
    }
    atRisk -= now.reduce((sum, one) => sum + one.count, 0)
  }
  return points
}
