import type { DayNumber } from '@/lib/time/day'
import { peopleOn } from './season'
import type { WorkHours } from './work-hours'
import { QUEUE_CLASSES, type WorkItem } from './work-item'

const FAIR_EVERY = 6

interface Waiting {
  readonly item: WorkItem
  readonly turn: number
  readonly order: number
}

/** People of one stage and the work that waits for them: by class, first come first served; now and then the oldest of all. */
export class Station {
  readonly stage: number
  readonly hours: WorkHours
  readonly people: number
  busy = 0
  /** Planned look at the queue; Infinity: none. */
  wakeAt = Number.POSITIVE_INFINITY
  usedMs = 0
  #lines: Line[] = QUEUE_CLASSES.map(() => new Line())
  #orders = 0
  #taken = 0
  #day: DayNumber = -1
  #present = 0

  constructor(stage: number, hours: WorkHours, people: number) {
    this.stage = stage
    this.hours = hours
    this.people = people
  }

  get length(): number {
    let count = 0
    for (const line of this.#lines) count += line.length
    return count
  }

  hasFreePerson(at: number): boolean {
    const day = this.hours.zone.dayOf(at)
    if (day !== this.#day) {
      this.#day = day
      this.#present = peopleOn(day, this.people)
    }
    return this.busy < this.#present
  }

  enqueue(item: WorkItem, isBegun: boolean): void {
    const known: readonly string[] = QUEUE_CLASSES
    const line = isBegun ? 0 : known.indexOf(item.priority)
    this.#lines[line]?.push({ item, turn: item.turn, order: this.#orders++ })
    item.queuedIn = this
  }

  /** The next item to work on; undefined when nothing waits. */
  take(): WorkItem | undefined {
    const isFair = ++this.#taken % FAIR_EVERY === 0
    let best: Line | undefined
    for (const line of this.#lines) {
      const first = line.peek()
      if (!first) continue
      if (!best || first.order < (best.peek()?.order ?? 0)) best = line
      if (!isFair) break
    }
    const found = best?.shift()
    if (found) found.item.queuedIn = undefined
    return found?.item
  }
}

/** First in, first out; entries of items that went elsewhere are skipped. */
class Line {
  #waiting: Waiting[] = []
  #head = 0

  get length(): number {
    return this.#waiting.length - this.#head
  }

  push(entry: Waiting): void {
    this.#waiting.push(entry)
  }

  peek(): Waiting | undefined {
    for (;;) {
      const entry = this.#waiting[this.#head]
      if (!entry || entry.item.turn === entry.turn) return entry
      this.#head++
    }
  }

  shift(): Waiting | undefined {
    const entry = this.peek()
    if (entry) this.#head++
    if (this.#head > 256 && this.#head * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head)
      this.#head = 0
    }
    return entry
  }
}
