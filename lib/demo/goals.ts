import { type Goal, goalWithDescendants } from '@/lib/model/goal'

/** What the demo company wants; the portfolio file says the same with owners, due days and KPIs. */
export const DEMO_GOALS: readonly Goal[] = [
  { id: 'grow', name: 'Grow online sales profitably', level: 'strategic' },
  { id: 'trust', name: 'Be the shop people trust with their money', level: 'strategic' },
  { id: 'effortless', name: 'Make buying effortless', level: 'intermediate', parent: 'grow' },
  { id: 'safe-payments', name: 'Fewer failed and disputed payments', level: 'intermediate', parent: 'trust' },
  { id: 'one-page-checkout', name: 'Checkout on one page, on every device', level: 'immediate', parent: 'effortless' },
  { id: 'fraud-screening', name: 'Screen every payment for fraud', level: 'immediate', parent: 'safe-payments' },
]

const STRATEGIC_GOALS: readonly string[] = DEMO_GOALS.filter((goal) => goal.level === 'strategic').map((goal) => goal.id)

const ROOTS = new Map(STRATEGIC_GOALS.flatMap((root) => goalWithDescendants(DEMO_GOALS, root).map((goal) => [goal, root] as const)))

/** The strategic goal that a goal serves; undefined for work without a goal. */
export function strategicGoal(goal: string): string | undefined {
  return ROOTS.get(goal)
}
