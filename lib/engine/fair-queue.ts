/** What a piece of work takes: heavy and long ones may not hold up light ones, nor long ones heavy ones. */
export type Weight = 'light' | 'heavy' | 'long'

/** One piece of work that wants its turn. */
export interface Ticket {
  /** On whose behalf: turns go round between askers. */
  readonly asker: string
  readonly weight: Weight
  readonly signal?: AbortSignal
}

export interface FairQueueOptions {
  /** Pieces of work at the same time. */
  readonly slots: number
  /** Heavy and long ones among them; the others are always free for light work. */
  readonly slowSlots: number
  /** Those of the same weight among these. */
  readonly alikeSlots: number
  /** Waiting pieces of work, of all askers; one asker may have half of them. */
  readonly longest: number
}

/** Gives the turn back; further calls do nothing. */
export type Release = () => void

interface Waiting {
  readonly ticket: Ticket
  start(release: Release): void
}

/** After so many light pieces of work in a row a heavy or long one that waits has its turn, if a place for it is free. */
const LIGHT_IN_A_ROW = 16

/** Whose turn it is: light work before heavy and long, of which turns alternate, and among equals the askers take turns, however much each of them wants. */
export class FairQueue {
  readonly #waiting: Readonly<Record<Weight, Turns>> = { light: new Turns(), heavy: new Turns(), long: new Turns() }
  readonly #running: Record<Weight, number> = { light: 0, heavy: 0, long: 0 }
  #lightInARow = 0
  #latestSlow: Weight = 'long'

  constructor(private readonly options: FairQueueOptions) {}

  /** Resolves when it is the ticket's turn. @throws QueueFull; whatever the signal was aborted with */
  enter(ticket: Ticket): Promise<Release> {
    const { signal, asker } = ticket
    if (signal?.aborted) return Promise.reject(signal.reason)
    const { longest } = this.options
    const turns = Object.values(this.#waiting)
    const [all, own] = [sumOf(turns, ({ size }) => size), sumOf(turns, (one) => one.of(asker))]
    if (all >= longest || own >= Math.ceil(longest / 2)) return Promise.reject(new QueueFull())
    return new Promise((resolve, reject) => {
      const own = this.#waiting[ticket.weight]
      const leave = () => {
        own.remove(waiting)
        reject(signal?.reason)
      }
      const waiting: Waiting = {
        ticket,
        start: (release) => {
          signal?.removeEventListener('abort', leave)
          resolve(release)
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      own.add(waiting)
      this.#startNext()
    })
  }

  #startNext(): void {
    while (sumOf(Object.values(this.#running), (count) => count) < this.options.slots) {
      const next = this.#next()
      if (!next) return
      const { weight } = next.ticket
      this.#running[weight]++
      if (weight !== 'light') this.#latestSlow = weight
      this.#lightInARow = weight === 'light' ? this.#lightInARow + 1 : 0
      next.start(this.#releaseOf(weight))
    }
  }

  #next(): Waiting | undefined {
    const light = () => this.#waiting.light.take()
    return this.#lightInARow >= LIGHT_IN_A_ROW ? (this.#nextSlow() ?? light()) : (light() ?? this.#nextSlow())
  }

  #nextSlow(): Waiting | undefined {
    const { slowSlots, alikeSlots } = this.options
    const { heavy, long } = this.#running
    if (heavy + long >= slowSlots) return undefined
    const take = (weight: Weight) => (this.#running[weight] < alikeSlots ? this.#waiting[weight].take() : undefined)
    return this.#latestSlow === 'heavy' ? (take('long') ?? take('heavy')) : (take('heavy') ?? take('long'))
  }

  #releaseOf(weight: Weight): Release {
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      this.#running[weight]--
      this.#startNext()
    }
  }
}

function sumOf<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0)
}

/** More work waits than can be done within reason. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull'
}

/** Waiting work by asker; the asker who was served last comes last. */
class Turns {
  readonly #byAsker = new Map<string, Waiting[]>()
  size = 0

  of(asker: string): number {
    return this.#byAsker.get(asker)?.length ?? 0
  }

  add(waiting: Waiting): void {
    const { asker } = waiting.ticket
    const own = this.#byAsker.get(asker) ?? []
    own.push(waiting)
    this.#byAsker.set(asker, own)
    this.size++
  }

  take(): Waiting | undefined {
    for (const [asker, own] of this.#byAsker) {
      const first = own.shift()
      this.#byAsker.delete(asker)
      if (own.length) this.#byAsker.set(asker, own)
      if (first) this.size--
      return first
    }
    return undefined
  }

  remove(waiting: Waiting): void {
    const { asker } = waiting.ticket
    const own = this.#byAsker.get(asker) ?? []
    const at = own.indexOf(waiting)
    if (at < 0) return
    own.splice(at, 1)
    this.size--
    if (!own.length) this.#byAsker.delete(asker)
  }
}
