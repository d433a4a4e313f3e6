import type { StagePlan, StreamPlan, TeamPlan } from './plan'
import { BOTTLENECK, DEMO_FROM, REORGANISATION } from './story'
import { CARE_COMPONENTS, MOBILE_COMPONENTS, PAYMENT_COMPONENTS, WEB_COMPONENTS } from './things'

export const TEAMS: readonly TeamPlan[] = [
  { name: 'Storefront', stream: 'web-shop', people: { analysis: 2, development: 8 } },
  { name: REORGANISATION.teams[0], stream: 'web-shop', laterStream: 'mobile-app', people: { analysis: 2, development: 8 } },
  { name: 'App Core', stream: 'mobile-app', people: { analysis: 2, development: 8 } },
  { name: REORGANISATION.teams[1], stream: 'mobile-app', laterStream: 'web-shop', people: { analysis: 2, development: 8 } },
  { name: 'Ledger', stream: 'payments', people: { analysis: 2, development: 7 } },
  { name: 'Gateway', stream: 'payments', people: { analysis: 2, development: 7 } },
  { name: 'Care Desk', stream: 'customer-care', people: { triage: 3, resolve: 12 } },
  { name: 'Care Engineering', stream: 'customer-care', people: { resolve: 4 } },
]

const BERLIN = { timeZone: 'Europe/Berlin', region: 'germany', hours: { open: 9, close: 17 } } as const
const steady = (value: number) => [{ from: DEMO_FROM, value }]
const QUESTION = { chance: 0.1, states: ['Waiting for answer', 'Waiting for environment'], medianHours: 20 }
const CHANGES = { toStage: 'development', state: 'Changes requested' }

const BACKLOG: StagePlan = { id: 'backlog', kind: 'queue', state: 'Backlog', delay: { medianHours: 130, sigma: 1.1 } }
const ANALYSIS: StagePlan = {
  id: 'analysis',
  kind: 'active',
  state: 'In analysis',
  work: { people: 'team', load: steady(0.74), sigma: 0.8, wait: { chance: 0.12, states: ['Waiting for business'], medianHours: 30 } },
}
const READY: StagePlan = {
  id: 'ready',
  kind: 'queue',
  state: 'Ready for development',
  delay: { medianHours: 20, sigma: 1.3 },
  blockChance: 0.01,
}
const REVIEW_QUEUE: StagePlan = { id: 'review-queue', kind: 'queue', state: 'Waiting for review' }
const RELEASE_STATE = 'Ready for release'
const DONE: StagePlan = { id: 'done', kind: 'done', state: 'Done' }

const AT_BOTTLENECK = 1.15

/** Load of a mobile stage: its work asks for more than the people's time while it is the bottleneck, and they rush. */
function bottleneckLoad(stage: string, otherwise: number): { from: string; value: number }[] {
  return BOTTLENECK.periods.map((period) => ({ from: period.from, value: period.stage === stage ? AT_BOTTLENECK : otherwise }))
}

const WEB_STAGES: readonly StagePlan[] = [
  BACKLOG,
  ANALYSIS,
  READY,
  {
    id: 'development',
    kind: 'active',
    state: 'In development',
    work: { people: 'team', load: steady(0.84), sigma: 0.85, blockChance: 0.09, wait: QUESTION },
  },
  REVIEW_QUEUE,
  {
    id: 'review',
    kind: 'active',
    state: 'In review',
    work: { people: 3, load: steady(0.78), sigma: 0.7, fail: { chance: 0.13, ...CHANGES } },
  },
  { id: 'test-queue', kind: 'queue', state: 'Ready for test', delay: { medianHours: 175, sigma: 0.75 }, blockChance: 0.03 },
  {
    id: 'test',
    kind: 'active',
    state: 'In test',
    work: { people: 4, load: steady(0.78), sigma: 0.7, blockChance: 0.04, fail: { chance: 0.1, ...CHANGES } },
  },
  { id: 'release-queue', kind: 'queue', state: RELEASE_STATE, gate: { weekdays: [2, 4], hour: 14, everyWeeks: 1 } },
  DONE,
]

const MOBILE_STAGES: readonly StagePlan[] = [
  BACKLOG,
  ANALYSIS,
  READY,
  {
    id: 'development',
    kind: 'active',
    state: 'In development',
    work: {
      people: 'team',
      load: bottleneckLoad('development', 0.8),
      sigma: 0.85,
      rushFrom: 11,
      blockChance: 0.08,
      wait: QUESTION,
    },
  },
  REVIEW_QUEUE,
  {
    id: 'review',
    kind: 'active',
    state: 'In review',
    work: { people: 3, load: bottleneckLoad('review', 0.75), sigma: 0.7, rushFrom: 38, fail: { chance: 0.14, ...CHANGES } },
  },
  { id: 'test-queue', kind: 'queue', state: 'Ready for test', blockChance: 0.02 },
  {
    id: 'test',
    kind: 'active',
    state: 'In test',
    work: {
      people: 3,
      load: bottleneckLoad('test', 0.75),
      sigma: 0.7,
      rushFrom: 38,
      blockChance: 0.04,
      fail: { chance: 0.12, ...CHANGES },
    },
  },
  { id: 'release-queue', kind: 'queue', state: RELEASE_STATE, gate: { weekdays: [1, 3], hour: 10, everyWeeks: 1 } },
  DONE,
]

const PAYMENT_STAGES: readonly StagePlan[] = [
  BACKLOG,
  ANALYSIS,
  READY,
  {
    id: 'development',
    kind: 'active',
    state: 'In development',
    work: { people: 'team', load: steady(0.83), sigma: 0.85, blockChance: 0.11, wait: QUESTION },
  },
  REVIEW_QUEUE,
  {
    id: 'review',
    kind: 'active',
    state: 'In review',
    work: { people: 2, load: steady(0.78), sigma: 0.7, fail: { chance: 0.16, ...CHANGES } },
  },
  { id: 'test-queue', kind: 'queue', state: 'Ready for test', delay: { medianHours: 18, sigma: 0.8 }, blockChance: 0.03 },
  {
    id: 'test',
    kind: 'active',
    state: 'In test',
    work: { people: 3, load: steady(0.8), sigma: 0.7, blockChance: 0.05, fail: { chance: 0.11, ...CHANGES } },
  },
  { id: 'approval', kind: 'queue', state: 'Waiting for change approval', gate: { weekdays: [3], hour: 11, everyWeeks: 1 } },
  { id: 'release-queue', kind: 'queue', state: RELEASE_STATE, gate: { weekdays: [2, 4], hour: 20, everyWeeks: 1 } },
  DONE,
]

const CARE_STAGES: readonly StagePlan[] = [
  { id: 'new', kind: 'queue', state: 'New' },
  { id: 'triage', kind: 'active', state: 'In triage', work: { people: 'team', load: steady(0.78), sigma: 0.6, rushFrom: 6 } },
  { id: 'assigned', kind: 'queue', state: 'Assigned', blockChance: 0.01 },
  {
    id: 'resolve',
    kind: 'active',
    state: 'In progress',
    work: {
      people: 'team',
      load: steady(0.8),
      sigma: 0.8,
      rushFrom: 5,
      blockChance: 0.03,
      wait: { chance: 0.3, states: ['Waiting for customer', 'Waiting for customer', 'Waiting for carrier'], medianHours: 30 },
    },
  },
  { id: 'done', kind: 'done', state: 'Resolved' },
]

const DELIVERY = {
  weekendArrivals: 0.03,
  committed: 'analysis',
  cancelledStates: ["Won't do", "Won't do", 'Duplicate'],
  reopen: { chance: 0.02, toStage: 'ready' },
  handover: { chance: 0.03, afterStage: 'analysis' },
} as const

export const STREAMS: readonly StreamPlan[] = [
  {
    id: 'web-shop',
    prefix: 'WEB',
    ...BERLIN,
    ...DELIVERY,
    share: 0.22,
    stages: WEB_STAGES,
    components: WEB_COMPONENTS,
    types: deliveryTypes(56, 44),
  },
  {
    id: 'mobile-app',
    prefix: 'APP',
    ...BERLIN,
    ...DELIVERY,
    share: 0.17,
    stages: MOBILE_STAGES,
    components: MOBILE_COMPONENTS,
    types: deliveryTypes(60, 50),
  },
  {
    id: 'payments',
    prefix: 'PAY',
    timeZone: 'America/New_York',
    region: 'united-states',
    hours: { open: 9, close: 17 },
    ...DELIVERY,
    share: 0.16,
    stages: PAYMENT_STAGES,
    components: PAYMENT_COMPONENTS,
    types: deliveryTypes(46, 40),
    unmapped: { chance: 0.0018, stage: 'ready', state: 'On hold (legal)' },
  },
  {
    id: 'customer-care',
    prefix: 'CARE',
    ...BERLIN,
    hours: { open: 8, close: 18 },
    share: 0.45,
    weekendArrivals: 0.3,
    stages: CARE_STAGES,
    committed: 'triage',
    components: CARE_COMPONENTS,
    types: [
      { type: 'Incident', first: 48, last: 42, effort: 1 },
      { type: 'Service request', first: 30, last: 34, effort: 1 },
      { type: 'Question', first: 22, last: 24, effort: 1 },
    ],
    cancelledStates: ['Duplicate', 'Spam'],
    reopen: { chance: 0.025, toStage: 'assigned' },
    closedState: 'Closed',
    handover: { chance: 0.25, afterStage: 'triage' },
  },
]

/** Fewer stories over the years, more defects, vulnerabilities and debt. */
function deliveryTypes(firstStories: number, lastStories: number): StreamPlan['types'] {
  const first = 100 - firstStories
  const last = 100 - lastStories
  return [
    { type: 'Story', first: firstStories, last: lastStories, effort: 1.1 },
    { type: 'Bug', first: first * 0.45, last: last * 0.44, effort: 0.8 },
    { type: 'Vulnerability', first: first * 0.1, last: last * 0.14, effort: 0.9 },
    { type: 'Tech debt', first: first * 0.2, last: last * 0.3, effort: 1.1 },
    { type: 'Task', first: first * 0.25, last: last * 0.12, effort: 0.75 },
  ]
}
