export const GOAL_LEVELS = ['strategic', 'intermediate', 'immediate'] as const
export type GoalLevel = (typeof GOAL_LEVELS)[number]

/** What the organisation wants to reach (Evidence-Based Management). */
export interface Goal {
  readonly id: string
  readonly name: string
  readonly level: GoalLevel
  readonly parent?: string
  readonly owner?: string
  /** Local date, YYYY-MM-DD. */
  readonly due?: string
  /** Items that serve the goal: every named dimension has one of the values. */
  readonly match?: Readonly<Record<string, readonly string[]>>
}

/** The goal and all goals below it. */
export function goalWithDescendants(goals: readonly Goal[], id: string): string[] {
  const found = [id]
  for (const current of found) {
    for (const goal of goals) if (goal.parent === current && !found.includes(goal.id)) found.push(goal.id)
  }
  return found
}
