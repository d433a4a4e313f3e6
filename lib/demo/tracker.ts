import type { DemoLog } from './demo-log'
import type { Measure } from './measure'
import { itemTitle } from './titles'
import type { WorkItem } from './work-item'

const BLOCK_REASONS = [
  ['Waiting for other team', 0.34],
  ['Environment down', 0.22],
  ['Unclear requirement', 0.18],
  ['Supplier', 0.12],
  ['Access missing', 0.08],
  ['Legal review', 0.06],
] as const
const CARE_BLOCK_REASONS = [
  ['Carrier', 0.5],
  ['Supplier', 0.3],
  ['Waiting for other team', 0.2],
] as const

/** The company's tracker: knows items from the day on which it is introduced, and writes a row at every change. */
export class Tracker {
  readonly measure: Measure
  isInUse = false
  readonly #log: DemoLog

  constructor(log: DemoLog, measure: Measure) {
    this.#log = log
    this.measure = measure
  }

  record(item: WorkItem, at: number): void {
    if (!this.isInUse || !item.isVisible) return
    if (!item.isLogged) {
      item.isLogged = true
      this.#log.register(item)
      item.title = itemTitle(item.traits.type, item.traits.component, item.traits.thing, item.rng.split('title'))
      this.measure.created(item)
    }
    this.#log.write(item, at)
    this.measure.changed(item)
  }

  setState(item: WorkItem, state: string, at: number): void {
    if (item.state === state) return
    item.state = state
    this.record(item, at)
  }

  setBlocked(item: WorkItem, isBlocked: boolean, at: number): void {
    const reasons = item.stream.plan.closedState ? CARE_BLOCK_REASONS : BLOCK_REASONS
    item.blocked = isBlocked
    item.blockReason = isBlocked ? item.rng.pickWeighted<string>(reasons) : ''
    this.record(item, at)
  }
}
