import type { Rng } from '@/lib/stats/rng'
import { REWORK_EFFORT, stepOn, type WorkPlan } from './plan'
import { dayText } from './planned-day'
import { onSecond, type Schedule } from './schedule'
import type { Station } from './station'
import type { Tracker } from './tracker'
import { releaseTime, type WorkItem } from './work-item'
import { stationOf } from './world'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Share of the usual effort while a long queue presses. */
const RUSH_EFFORT = 0.72
const BLOCK = { medianHours: 44, sigma: 1.2 }
const WAIT_SIGMA = 0.9

type Cut = 'block' | 'wait' | undefined

/** What becomes of items that people take up and finish. */
export interface LabourPath {
  enter(item: WorkItem, stage: number, at: number): void
  complete(item: WorkItem, at: number): void
}

/** People who pull work from their queues, are interrupted, and go on. */
export class Labour {
  readonly #schedule: Schedule
  readonly #tracker: Tracker
  readonly #path: LabourPath
  readonly #rng: Rng

  constructor(schedule: Schedule, tracker: Tracker, path: LabourPath, rng: Rng) {
    this.#schedule = schedule
    this.#tracker = tracker
    this.#path = path
    this.#rng = rng
  }

  /** Puts an item in line for the people who serve a stage. */
  enqueue(item: WorkItem, station: Station, at: number): void {
    station.enqueue(item, item.stage === station.stage || item.isRework)
    this.#wake(station, at)
  }

  /** Begins or goes on with an item in its stage; takes one person's time even if none is free. */
  work(item: WorkItem, station: Station, at: number): void {
    const plan = item.stream.plan.stages[item.stage]?.work
    if (!plan) return
    const isBegun = item.remaining > 0
    const isFirstPass = !isBegun && !item.hasWorkedIn(item.stage)
    const effort = isBegun ? item.remaining : this.#effort(item, plan, station, at)
    const cut = isFirstPass ? drawCut(item.rng, plan) : undefined
    const part = cut ? effort * item.rng.between(0.05, 0.95) : effort
    item.remaining = effort - part
    item.isWorkedOn = true
    item.markWorkIn(item.stage)
    station.busy++
    if (this.#tracker.isInUse) station.usedMs += part
    this.#schedule.later(item, station.hours.add(at, part), (time) => this.#endWork(item, plan, station, cut, time))
  }

  /** Has somebody look at the queue soon: in working hours, and not on the very second. */
  #wake(station: Station, at: number): void {
    const open = station.hours.next(at)
    const time = onSecond(open + this.#rng.exponential(open > at ? 20 * MINUTE : 5 * MINUTE))
    if (time >= station.wakeAt) return
    station.wakeAt = time
    this.#schedule.at(time, () => {
      if (station.wakeAt !== time) return
      station.wakeAt = Number.POSITIVE_INFINITY
      this.#pull(station, time)
    })
  }

  #pull(station: Station, at: number): void {
    const isOpen = station.hours.isOpen(at)
    if (!isOpen) this.#wake(station, at)
    const item = isOpen && station.hasFreePerson(at) ? station.take() : undefined
    if (!item) return
    if (item.stage !== station.stage) this.#path.enter(item, station.stage, at)
    else this.#tracker.setState(item, item.stream.plan.stages[item.stage]?.state ?? item.state, at)
    this.work(item, station, at)
    this.#wake(station, at)
  }

  #effort(item: WorkItem, work: WorkPlan, station: Station, at: number): number {
    const { efforts, zone } = item.stream
    const load = work.load.length === 1 ? (work.load[0]?.value ?? 1) : stepOn(work.load, dayText(zone.dayOf(at)))
    const rush = work.rushFrom !== undefined && station.length > work.rushFrom ? RUSH_EFFORT : 1
    const rework = item.hasWorkedIn(item.stage) ? REWORK_EFFORT : 1
    const mean = (efforts[item.stage] ?? 0) * load * rush * item.traits.effort * rework
    return item.rng.lognormal(mean * Math.exp(-(work.sigma ** 2) / 2), work.sigma)
  }

  #endWork(item: WorkItem, work: WorkPlan, station: Station, cut: Cut, at: number): void {
    station.busy--
    item.isWorkedOn = false
    this.#wake(station, at)
    if (cut === 'block') this.#block(item, at)
    else if (cut === 'wait') this.#askAndWait(item, work, at)
    else this.#path.complete(item, at)
  }

  #block(item: WorkItem, at: number): void {
    this.#tracker.setBlocked(item, true, at)
    this.#schedule.later(item, releaseTime(item, at + item.rng.lognormal(BLOCK.medianHours * HOUR, BLOCK.sigma)), (time) => {
      this.#tracker.setBlocked(item, false, time)
      this.#resume(item, time)
    })
  }

  #askAndWait(item: WorkItem, work: WorkPlan, at: number): void {
    this.#tracker.setState(item, item.rng.pick(work.wait?.states ?? [item.state]), at)
    const wait = item.rng.lognormal((work.wait?.medianHours ?? 1) * HOUR, WAIT_SIGMA)
    this.#schedule.later(item, releaseTime(item, at + wait), (time) => this.#resume(item, time))
  }

  #resume(item: WorkItem, at: number): void {
    const station = stationOf(item, item.stage)
    if (station) this.enqueue(item, station, at)
  }
}

function drawCut(rng: Rng, work: WorkPlan): Cut {
  const draw = rng.uniform() - (work.blockChance ?? 0)
  if (draw < 0) return 'block'
  return draw < (work.wait?.chance ?? 0) ? 'wait' : undefined
}
