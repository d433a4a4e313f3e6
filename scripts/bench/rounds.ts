/** How often something is to be run. */
export interface Planned {
  readonly name: string
  readonly runs: number
}

/**
 * The order of all runs, so that whatever slows the machine for a while slows everybody: rounds in which each has its turn, those
 * with fewer runs spread evenly over them, and each round begun by another.
 */
export function interleaved(planned: readonly Planned[]): string[] {
  const rounds = Math.max(0, ...planned.map(({ runs }) => runs))
  return Array.from({ length: rounds }, (_, round) => {
    const turn = planned.filter(({ runs }) => Math.floor(((round + 1) * runs) / rounds) > Math.floor((round * runs) / rounds))
    const first = turn.length ? round % turn.length : 0
    return [...turn.slice(first), ...turn.slice(0, first)].map(({ name }) => name)
  }).flat()
}

/** So many runs as fit into a budget, when one takes `ms`; always within `fewest` and `most`. */
export function runsWithin(budgetMs: number, ms: number, fewest: number, most: number): number {
  return Math.min(most, Math.max(fewest, Math.floor(budgetMs / Math.max(ms, 0.001))))
}
