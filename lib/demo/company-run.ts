import type { Rng } from '@/lib/stats/rng'
import { isoWeekday } from '@/lib/time/day'
import { arrivalTimes, createItem } from './arrivals'
import type { DemoLog } from './demo-log'
import { Flow } from './flow'
import type { Measure } from './measure'
import { plannedDay } from './planned-day'
import { reorganise } from './reorganisation'
import { Schedule } from './schedule'
import { IMPROVEMENT, REORGANISATION, SLOWDOWN } from './story'
import { Tracker } from './tracker'
import type { WorkItem } from './work-item'
import { arrivalWeight, type Clockwork, createWorld, type StreamState, stageIndex, type TeamState } from './world'

const DAY = 86_400_000

export interface RunOptions {
  readonly clockwork: Clockwork
  readonly rng: Rng
  readonly log: DemoLog
  readonly measure: Measure
  readonly squad: number
  /** Part of the items that the log shows. */
  readonly sample: number
  readonly withoutImprovement: boolean
}

/** Chances of dirt, of all items. */
const CREATED_LATER = 0.006
const CLOSED_WITHOUT_START = 0.007
const RAISED = 0.05
const RAISED_PRIORITIES = new Map([
  ['Low', 'Medium'],
  ['Medium', 'High'],
])

/** One company at work from the warm-up to the end. */
export class CompanyRun {
  readonly streams: readonly StreamState[]
  readonly teams: readonly TeamState[]
  readonly #options: RunOptions
  readonly #schedule: Schedule
  readonly #flow: Flow
  readonly #counts: number[]

  constructor(options: RunOptions) {
    const { clockwork, rng, log, measure } = options
    const { streams, teams } = createWorld(clockwork, options.squad)
    this.#options = options
    this.streams = streams
    this.teams = teams
    this.#counts = streams.map(() => 0)
    this.#schedule = new Schedule(clockwork.toAt)
    const improvedAt = options.withoutImprovement ? Number.POSITIVE_INFINITY : startOf(IMPROVEMENT, streams)
    const slowedAt = startOf(SLOWDOWN, streams)
    this.#flow = new Flow({ schedule: this.#schedule, tracker: new Tracker(log, measure), rng: rng.split('pull'), improvedAt, slowedAt })
    this.#plan()
  }

  /** Works until a batch is full; false when the end is reached. */
  runUntilFull(): boolean {
    const { log } = this.#options
    while (!log.hasFullBatches) if (!this.#schedule.step()) return false
    return true
  }

  #plan(): void {
    const { clockwork } = this.#options
    for (const stream of this.streams) {
      this.#planDay(stream, clockwork.firstDay)
      this.#planGates(stream)
    }
    const berlin = this.streams[0]
    if (!berlin) return
    this.#schedule.at(clockwork.fromAt, () => this.#startLog(clockwork.fromAt))
    const reorganisedAt = berlin.zone.hour(plannedDay(REORGANISATION.on), 9)
    this.#schedule.at(reorganisedAt, () => reorganise(this.streams, this.teams, this.#flow, reorganisedAt))
  }

  #planDay(stream: StreamState, day: number): void {
    const { rng } = this.#options
    this.#schedule.at(stream.zone.start(day), () => {
      const draw = rng.split('day', stream.index, day)
      const mean = stream.dailyArrivals * arrivalWeight(stream.hours, stream.plan, day)
      for (const time of arrivalTimes(stream, day, mean, draw)) this.#planArrival(stream, time)
      this.#planDay(stream, day + 1)
    })
  }

  #planArrival(stream: StreamState, at: number): void {
    const { rng, sample } = this.#options
    const number = this.#counts[stream.index] ?? 0
    this.#counts[stream.index] = number + 1
    const draw = rng.split('item', stream.index, number)
    this.#schedule.at(at, (time) => {
      const item = createItem(stream, time, draw)
      item.isVisible = sample >= 1 || draw.split('sample').chance(sample)
      this.#flow.open.add(item)
      this.#start(item, time)
    })
  }

  /** Most items begin at the beginning; a few are dirt. */
  #start(item: WorkItem, at: number): void {
    const { measure } = this.#options
    const { plan } = item.stream
    const draw = item.rng.uniform()
    if (draw < CREATED_LATER) {
      const stage = stageIndex(plan, plan.closedState ? 'assigned' : draw < CREATED_LATER / 2 ? 'development' : 'ready')
      if (plan.stages[stage]?.kind === 'active') this.#flow.startOnTheSide(item, stage, at)
      else this.#flow.enter(item, stage, at)
      if (item.isLogged) measure.counts.created_in_later_stage++
      return
    }
    if (draw < CREATED_LATER + CLOSED_WITHOUT_START) {
      this.#flow.park(item, at)
      this.#schedule.later(item, item.stream.hours.next(at + item.rng.lognormal(6 * DAY, 1)), (time) => {
        if (item.isLogged) measure.counts.closed_without_start++
        this.#flow.enter(item, plan.stages.length - 1, time)
      })
      return
    }
    this.#flow.enter(item, 0, at)
    const raised = RAISED_PRIORITIES.get(item.priority)
    if (raised && item.rng.chance(RAISED)) {
      this.#schedule.later(item, item.stream.hours.next(at + item.rng.exponential(3 * DAY)), (time) => {
        item.priority = raised
        this.#flow.tracker.record(item, time)
      })
    }
  }

  #planGates(stream: StreamState): void {
    const { clockwork } = this.#options
    stream.plan.stages.forEach((stage, index) => {
      const { gate } = stage
      const waiting = stream.gates[index]
      if (!gate || !waiting) return
      for (let day = clockwork.firstDay; day < clockwork.lastDay; day++) {
        const week = Math.floor((day + 3) / 7)
        if (!gate.weekdays.includes(isoWeekday(day)) || week % gate.everyWeeks !== 0 || !stream.hours.isWorkday(day)) continue
        const at = stream.zone.hour(day, gate.hour)
        this.#schedule.at(at, () => this.#flow.openGate(waiting, at))
      }
    })
  }

  /** The tracker is introduced: what is open is imported as it stands, what is over is not. */
  #startLog(at: number): void {
    this.#flow.tracker.isInUse = true
    for (const item of this.#flow.open) {
      item.createdAt = at
      item.enteredAt = at
      if (item.committedAt > 0) item.committedAt = at
      this.#flow.tracker.record(item, at)
      if (item.isLogged) this.#options.measure.counts.migrated++
    }
  }
}

/** Instant (ms) at which a change in a stream begins. */
function startOf(story: { readonly stream: string; readonly on: string }, streams: readonly StreamState[]): number {
  return streams.find((stream) => stream.plan.id === story.stream)?.zone.start(plannedDay(story.on)) ?? Number.POSITIVE_INFINITY
}
