import type { Rng } from '@/lib/stats/rng'
import type { StreamPlan } from './plan'
import { DEMO_FROM, DEMO_TO, goalWeights, progress } from './story'
import { type ItemTraits, WorkItem } from './work-item'
import { pickTeam, type StreamState } from './world'

const CANCELLED = 0.06
/** Where cancelled items end: most before anybody touches them. */
const CANCEL_IN = [
  ['backlog', 0.66],
  ['ready', 0.14],
  ['development', 0.2],
] as const
const CARE_CANCEL_IN = [['triage', 1]] as const
const SERVICE_CLASSES = [
  ['Expedite', 0.03],
  ['Fixed date', 0.09],
  ['Standard', 0.74],
  ['Intangible', 0.14],
] as const
/** Part of the items with a goal that get it only during analysis. */
const GOAL_LATER = 0.12

type Weights = readonly (readonly [string, number])[]
const PRIORITIES: Readonly<Record<string, Weights>> = {
  'Fixed date': [
    ['High', 0.55],
    ['Medium', 0.45],
  ],
  Standard: [
    ['High', 0.16],
    ['Medium', 0.66],
    ['Low', 0.18],
  ],
  Intangible: [
    ['Medium', 0.5],
    ['Low', 0.5],
  ],
}

/** A new item as it is created: all its traits are drawn from the item's own source of numbers. */
export function createItem(stream: StreamState, at: number, rng: Rng): WorkItem {
  const { plan } = stream
  const draw = rng.split('traits')
  const day = stream.zone.dayOf(at)
  const goal = draw.pickWeighted(goalWeights(plan.id, day))
  const isGoalLater = goal !== '' && draw.chance(GOAL_LATER)
  const traits = drawTraits(plan, day, draw, isGoalLater ? goal : '')
  return new WorkItem({
    stream,
    team: pickTeam(stream, draw),
    traits,
    rng: rng.split('path'),
    at,
    state: plan.stages[0]?.state ?? '',
    priority: traits.serviceClass === 'Expedite' ? 'Highest' : draw.pickWeighted(PRIORITIES[traits.serviceClass] ?? [['Medium', 1]]),
    goal: isGoalLater ? '' : goal,
  })
}

/** Effort of the types, scaled so that their mean over the whole history is 1. */
const typeEfforts = new Map<StreamPlan, number>()

function drawTraits(plan: StreamPlan, day: number, draw: Rng, laterGoal: string): ItemTraits {
  const age = progress(day, DEMO_FROM, DEMO_TO)
  const type = draw.pickWeighted(plan.types.map((entry) => [entry, entry.first + (entry.last - entry.first) * age] as const))
  const part = draw.pick(plan.components)
  return {
    type: type.type,
    effort: type.effort / meanEffort(plan),
    product: part.product,
    component: part.component,
    thing: draw.pick(part.things),
    serviceClass: draw.pickWeighted(SERVICE_CLASSES),
    laterGoal,
    cancelStage: draw.chance(CANCELLED) ? cancelStage(plan, draw) : -1,
  }
}

function cancelStage(plan: StreamPlan, draw: Rng): number {
  const stage = draw.pickWeighted<string>(plan.closedState ? CARE_CANCEL_IN : CANCEL_IN)
  return plan.stages.findIndex((candidate) => candidate.id === stage)
}

function meanEffort(plan: StreamPlan): number {
  const known = typeEfforts.get(plan)
  if (known !== undefined) return known
  const share = plan.types.reduce((sum, type) => sum + type.first + type.last, 0)
  const mean = plan.types.reduce((sum, type) => sum + type.effort * (type.first + type.last), 0) / share
  typeEfforts.set(plan, mean)
  return mean
}

const HOUR = 3_600_000

/** Instants (ms) at which the items of a local day come in: in working hours, a few at any time; care gets them from morning to night. */
export function arrivalTimes(stream: StreamState, day: number, mean: number, rng: Rng): number[] {
  const { plan, hours, zone } = stream
  const isAllDay = plan.weekendArrivals > 0.1 || !hours.isWorkday(day)
  const times: number[] = []
  for (let count = rng.poisson(mean); count > 0; count--) {
    const isAnyTime = isAllDay ? rng.chance(0.4) : rng.chance(0.02)
    const hour = isAnyTime ? rng.between(6, 23) : rng.between(plan.hours.open, plan.hours.close)
    times.push(zone.hour(day, 0) + hour * HOUR)
  }
  return times.sort((a, b) => a - b)
}
