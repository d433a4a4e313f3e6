import type { Goal } from '@/lib/model/goal'
import type { Kpi } from '@/lib/model/kpi'

export interface GoalNode {
  readonly goal: Goal
  readonly depth: number
  readonly kpis: readonly Kpi[]
}

/** Goals as a list in reading order: each below its parent, otherwise in the order of the portfolio. A lost parent makes a root. */
export function goalTree(goals: readonly Goal[], kpis: readonly Kpi[]): GoalNode[] {
  const known = new Set(goals.map(({ id }) => id))
  const below = (parent: string | undefined) => goals.filter((goal) => (known.has(goal.parent ?? '') ? goal.parent : undefined) === parent)
  const walk = (goal: Goal, depth: number): GoalNode[] => [
    { goal, depth, kpis: kpis.filter((kpi) => kpi.goal === goal.id) },
    ...below(goal.id).flatMap((child) => walk(child, depth + 1)),
  ]
  return below(undefined).flatMap((goal) => walk(goal, 0))
}
