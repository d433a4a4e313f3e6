import { plannedDay } from './planned-day'

/** First local day of the history and the day after its last one. */
export const DEMO_FROM = '2022-10-03'
export const DEMO_TO = '2025-10-01'
/** Seed of the demo where none is given: figures before and after the fake improvement look tempting and are not significant. */
export const DEMO_SEED = 11
/** Items of one run of the company; more are made by running it again with other luck. */
export const BASE_ITEMS = 30_000

/** Two teams change streams. */
export const REORGANISATION = { on: '2023-09-04', teams: ['Checkout', 'Growth'] } as const

/** The real improvement: test environments on demand shorten the wait for a test. */
export const IMPROVEMENT = {
  on: '2024-06-03',
  stream: 'web-shop',
  stage: 'test-queue',
  delayFactor: 0.4,
  before: { from: '2024-01-08', to: '2024-06-03' },
  after: { from: '2024-06-17', to: '2024-11-04' },
} as const

/** The improvement that is only announced: nothing in the simulation depends on its date. */
export const FAKE_IMPROVEMENT = {
  on: '2025-05-12',
  stream: 'customer-care',
  before: { from: '2025-01-13', to: '2025-05-12' },
  after: { from: '2025-05-12', to: '2025-09-08' },
} as const

/** One team's work begins to wait for an approval before it is developed, and the stream's flow time rises with it. */
export const SLOWDOWN = {
  on: '2025-03-10',
  stream: 'payments',
  team: 'Ledger',
  stage: 'ready',
  delayFactor: 14,
  before: { from: '2024-09-02', to: '2025-03-03' },
  after: { from: '2025-04-02', to: '2025-10-01' },
} as const

/** Where work waits longest in the mobile app: the constraint moves when it is dealt with. */
export const BOTTLENECK = {
  stream: 'mobile-app',
  periods: [
    { from: DEMO_FROM, to: '2024-01-01', stage: 'development', queue: 'ready' },
    { from: '2024-01-01', to: '2025-01-01', stage: 'review', queue: 'review-queue' },
    { from: '2025-01-01', to: DEMO_TO, stage: 'test', queue: 'test-queue' },
  ],
} as const

/** Work for a strategic goal is pushed out of a stream, and the goal's outside figure turns. */
export const STARVATION = {
  stream: 'payments',
  goal: 'trust',
  kpi: 'failed-payments',
  /** Share falls in a straight line between these days. */
  from: '2024-04-01',
  to: '2025-01-01',
} as const

type GoalWeights = readonly (readonly [goal: string, weight: number])[]

const GOALS: Readonly<Record<string, { readonly first: GoalWeights; readonly last: GoalWeights }>> = {
  'web-shop': steady([
    ['one-page-checkout', 24],
    ['effortless', 24],
    ['grow', 9],
    ['trust', 3],
    ['safe-payments', 3],
    ['', 37],
  ]),
  'mobile-app': steady([
    ['effortless', 30],
    ['one-page-checkout', 16],
    ['grow', 12],
    ['safe-payments', 4],
    ['', 38],
  ]),
  payments: {
    first: [
      ['fraud-screening', 24],
      ['safe-payments', 20],
      ['trust', 6],
      ['one-page-checkout', 14],
      ['effortless', 8],
      ['', 28],
    ],
    last: [
      ['fraud-screening', 5],
      ['safe-payments', 5],
      ['trust', 2],
      ['one-page-checkout', 38],
      ['effortless', 22],
      ['', 28],
    ],
  },
  'customer-care': steady([
    ['trust', 8],
    ['effortless', 5],
    ['', 87],
  ]),
}

/** What the work of a stream serves on a day: goal ids by weight, '' for work without a goal. */
export function goalWeights(stream: string, day: number): (readonly [string, number])[] {
  const plan = GOALS[stream] ?? steady([['', 1]])
  const ratio = stream === STARVATION.stream ? progress(day, STARVATION.from, STARVATION.to) : 0
  return plan.first.map(([goal, weight], index) => [goal, weight + ((plan.last[index]?.[1] ?? weight) - weight) * ratio] as const)
}

/** 0 before `from`, 1 after `to`, a straight line between. */
export function progress(day: number, from: string, to: string): number {
  const first = plannedDay(from)
  const last = plannedDay(to)
  return Math.min(1, Math.max(0, (day - first) / (last - first)))
}

function steady(weights: GoalWeights): { first: GoalWeights; last: GoalWeights } {
  return { first: weights, last: weights }
}
