import type { Rng } from '@/lib/stats/rng'
import { isoWeekday } from '@/lib/time/day'
import { nextPeriod, periodStart } from '@/lib/time/grain'
import { Labour } from './labour'
import type { StagePlan } from './plan'
import type { Schedule } from './schedule'
import { IMPROVEMENT, SLOWDOWN } from './story'
import type { Tracker } from './tracker'
import { releaseTime, type WorkItem } from './work-item'
import { pickTeam, stageIndex, stationOf } from './world'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const EXPEDITE_DELAY = 0.15
/** Part of the given-up backlog that goes one by one; the rest goes in a clean-up. */
const CANCELLED_SINGLY = 0.65
const MOST_REOPENINGS = 2
/** Days after which a resolved item is closed by itself. */
const CLOSED_AFTER = 6

export interface FlowContext {
  readonly schedule: Schedule
  readonly tracker: Tracker
  readonly rng: Rng
  /** Instant (ms) of the improvement; Infinity: it never comes. */
  readonly improvedAt: number
  /** Instant (ms) from which one team's work waits longer. */
  readonly slowedAt: number
}

/** How items move: through queues and work, back, out, and in again. */
export class Flow {
  /** Items that are neither finished nor cancelled. */
  readonly open = new Set<WorkItem>()
  readonly schedule: Schedule
  readonly tracker: Tracker
  readonly labour: Labour
  readonly #improvedAt: number
  readonly #slowedAt: number

  constructor(context: FlowContext) {
    this.schedule = context.schedule
    this.tracker = context.tracker
    this.labour = new Labour(context.schedule, context.tracker, this, context.rng)
    this.#improvedAt = context.improvedAt
    this.#slowedAt = context.slowedAt
  }

  /** Moves an item into a stage; in an active one the caller starts the work. */
  enter(item: WorkItem, stage: number, at: number): void {
    const plan = item.stream.plan.stages[stage]
    if (!plan) return
    this.#step(item, stage, at)
    if (stage >= item.stream.committed && item.committedAt === 0) item.committedAt = at
    const { unmapped } = item.stream.plan
    if (unmapped?.stage === plan.id && item.rng.chance(unmapped.chance)) {
      this.#hold(item, plan, unmapped.state, at)
      return
    }
    item.state = plan.state
    this.tracker.record(item, at)
    if (plan.kind === 'done') this.#finish(item, at)
    if (plan.kind === 'queue') this.#wait(item, plan, at)
  }

  /** Leaves an item in the first stage, where nobody takes it up. */
  park(item: WorkItem, at: number): void {
    this.#step(item, 0, at)
    item.state = item.stream.plan.stages[0]?.state ?? item.state
    this.tracker.record(item, at)
  }

  /** Work on an item that was not pulled from a queue: it is begun on the side. */
  startOnTheSide(item: WorkItem, stage: number, at: number): void {
    this.enter(item, stage, at)
    const station = stationOf(item, stage)
    if (station) this.labour.work(item, station, at)
  }

  /** Opens a gate: all that waits goes on, one every few seconds. */
  openGate(waiting: WorkItem[], at: number): void {
    waiting.splice(0).forEach((item, index) => {
      this.schedule.later(item, at + index * 4000, (time) => this.enter(item, item.stage + 1, time))
    })
  }

  /** Work in the item's stage is over: out, back, or on. */
  complete(item: WorkItem, at: number): void {
    const { plan } = item.stream
    const stage = plan.stages[item.stage]
    if (!stage) return
    const { fail } = stage.work ?? {}
    if (item.traits.cancelStage === item.stage && !item.isRework) this.#cancel(item, at)
    else if (fail && item.rng.chance(fail.chance)) this.#goBack(item, stageIndex(plan, fail.toStage), fail.state, at)
    else this.#goOn(item, stage, at)
  }

  #goOn(item: WorkItem, stage: StagePlan, at: number): void {
    this.#changeOnTheWay(item, stage, at)
    this.enter(item, item.stage + 1, at)
  }

  #cancel(item: WorkItem, at: number): void {
    this.#step(item, -1, at)
    item.state = item.rng.pick(item.stream.plan.cancelledStates)
    this.open.delete(item)
    this.tracker.record(item, at)
    if (item.isLogged) this.tracker.measure.cancelled()
  }

  #step(item: WorkItem, stage: number, at: number): void {
    if (item.isLogged) this.tracker.measure.visited(item, at)
    item.turn++
    item.stage = stage
    item.enteredAt = at
  }

  #hold(item: WorkItem, plan: StagePlan, state: string, at: number): void {
    item.state = state
    this.tracker.record(item, at)
    if (item.isLogged) this.tracker.measure.unmapped(item)
    this.schedule.later(item, releaseTime(item, at + item.rng.lognormal(9 * DAY, 0.5)), (time) => {
      this.tracker.setState(item, plan.state, time)
      this.#wait(item, plan, time)
    })
  }

  #wait(item: WorkItem, plan: StagePlan, at: number): void {
    const { rng, stream } = item
    const delay = plan.delay ? rng.lognormal(plan.delay.medianHours * HOUR, plan.delay.sigma) * this.#delayFactor(item, plan, at) : 0
    if (item.traits.cancelStage === item.stage && !item.isRework) {
      this.schedule.later(item, cancelTime(item, at + delay), (time) => this.#cancel(item, time))
      return
    }
    if (plan.gate && !item.isExpedited) {
      stream.gates[item.stage]?.push(item)
      return
    }
    let readyAt = at + (plan.gate ? rng.exponential(HOUR) : delay)
    if (rng.chance(plan.blockChance ?? 0)) readyAt = Math.max(readyAt, this.#blockInQueue(item, at))
    this.schedule.later(item, releaseTime(item, readyAt), (time) => this.#leaveQueue(item, time))
  }

  #delayFactor(item: WorkItem, plan: StagePlan, at: number): number {
    const isIn = (story: { stream: string; stage: string }) => item.stream.plan.id === story.stream && plan.id === story.stage
    const isImproved = at >= this.#improvedAt && isIn(IMPROVEMENT)
    const isSlowed = at >= this.#slowedAt && isIn(SLOWDOWN) && item.team.plan.name === SLOWDOWN.team
    return (isImproved ? IMPROVEMENT.delayFactor : 1) * (isSlowed ? SLOWDOWN.delayFactor : 1) * (item.isExpedited ? EXPEDITE_DELAY : 1)
  }

  /** Instant (ms) at which the block ends. */
  #blockInQueue(item: WorkItem, at: number): number {
    const from = releaseTime(item, at + item.rng.exponential(4 * HOUR))
    const until = releaseTime(item, from + item.rng.lognormal(30 * HOUR, 1))
    this.schedule.later(item, from, (time) => this.tracker.setBlocked(item, true, time))
    this.schedule.later(item, until, (time) => this.tracker.setBlocked(item, false, time))
    return until
  }

  #leaveQueue(item: WorkItem, at: number): void {
    const station = stationOf(item, item.stage + 1)
    if (station) this.labour.enqueue(item, station, at)
    else this.enter(item, item.stage + 1, at)
  }

  /** What automations and people change with the same click as the state: team and goal. */
  #changeOnTheWay(item: WorkItem, stage: StagePlan, at: number): void {
    const { handover } = item.stream.plan
    const isHandedOver = handover.afterStage === stage.id && !item.isRework && item.rng.chance(handover.chance)
    const isLinked = item.traits.laterGoal !== '' && item.goal === '' && stage.id === 'analysis'
    if (!isHandedOver && !isLinked) return
    if (isHandedOver) item.team = pickTeam(item.stream, item.rng, item.team)
    if (isLinked) item.goal = item.traits.laterGoal
    this.tracker.record(item, at)
    if (item.isLogged) this.tracker.measure.changedWithState()
  }

  #goBack(item: WorkItem, stage: number, state: string, at: number): void {
    this.#step(item, stage, at)
    item.isRework = true
    item.remaining = 0
    item.state = state
    this.tracker.record(item, at)
    const isQueue = item.stream.plan.stages[stage]?.kind === 'queue'
    const station = stationOf(item, isQueue ? stage + 1 : stage)
    if (station) this.labour.enqueue(item, station, at)
  }

  #finish(item: WorkItem, at: number): void {
    const { plan, zone } = item.stream
    this.open.delete(item)
    if (!this.tracker.isInUse) item.isVisible = false
    if (item.isLogged) this.tracker.measure.finished(item, at)
    if (item.reopenings < MOST_REOPENINGS && item.rng.chance(plan.reopen.chance)) {
      this.schedule.later(item, releaseTime(item, at + item.rng.lognormal(4 * DAY, 0.8)), (time) => this.#reopen(item, time))
    }
    const { closedState } = plan
    if (!closedState) return
    const night = zone.start(zone.dayOf(at) + CLOSED_AFTER) + 2 * HOUR
    this.schedule.later(item, night, (time) => this.tracker.setState(item, closedState, time))
  }

  #reopen(item: WorkItem, at: number): void {
    item.reopenings++
    this.open.add(item)
    if (item.isLogged) this.tracker.measure.reopened()
    this.#goBack(item, stageIndex(item.stream.plan, item.stream.plan.reopen.toStage), 'Reopened', at)
  }
}

/** The end of the wait, or, for some of the backlog, a clean-up on the first Monday of the next quarter: all on one second. */
function cancelTime(item: WorkItem, at: number): number {
  if (item.stage > 0 || item.rng.chance(CANCELLED_SINGLY)) return releaseTime(item, at)
  const { zone } = item.stream
  const day = nextPeriod(periodStart(zone.dayOf(at), 'quarter'), 'quarter')
  return zone.hour(day + ((8 - isoWeekday(day)) % 7), 10)
}
