import { EventQueue } from './event-queue'
import type { WorkItem } from './work-item'

const MS_PER_SECOND = 1000

/** What happens when. Trackers keep seconds, so everything happens on a full one; nothing happens after the end. */
export class Schedule {
  readonly #queue = new EventQueue<() => void>()
  readonly #toAt: number

  constructor(toAt: number) {
    this.#toAt = toAt
  }

  /** Calls back at the instant (ms), or on the next full second. */
  at(at: number, action: (at: number) => void): void {
    const time = onSecond(at)
    if (time < this.#toAt) this.#queue.push(time, () => action(time))
  }

  /** The same, unless the item has taken another step by then. */
  later(item: WorkItem, at: number, action: (at: number) => void): void {
    const { turn } = item
    this.at(at, (time) => {
      if (item.turn === turn) action(time)
    })
  }

  /** Lets the next thing happen; false when there is none. */
  step(): boolean {
    const event = this.#queue.pop()
    event?.()
    return event !== undefined
  }
}

export function onSecond(at: number): number {
  return Math.ceil(at / MS_PER_SECOND) * MS_PER_SECOND
}
