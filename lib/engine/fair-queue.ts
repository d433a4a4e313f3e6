/** One piece of work that wants its turn. */
export interface Ticket {
  /** On whose behalf: turns go round between askers. */
  readonly asker: string
  /** Takes long: only so many of these run at the same time. */
  readonly isHeavy: boolean
  readonly signal?: AbortSignal
}

export interface FairQueueOptions {
  /** Pieces of work at the same time. */
  readonly slots: number
  /** Heavy ones among them; the others are always free for light work. */
  readonly heavySlots: number
  /** Waiting pieces of work, of all askers; one asker may have half of them. */
  readonly longest: number
}

/** Gives the turn back; further calls do nothing. */
export type Release = () => void

interface Waiting {
  readonly ticket: Ticket
  start(release: Release): void
}

/** After so many light pieces of work in a row a heavy one that waits has its turn, if a place for heavy ones is free. */
const LIGHT_IN_A_ROW = 16

/** Whose turn it is: light work before heavy, and among equals the askers take turns, however much each of them wants. */
export class FairQueue {
  readonly #light = new Turns()
  readonly #heavy = new Turns()
  #running = 0
  #heavyRunning = 0
  #lightInARow = 0

  constructor(private readonly options: FairQueueOptions) {}

  /** Resolves when it is the ticket's turn. @throws QueueFull; whatever the signal was aborted with */
  enter(ticket: Ticket): Promise<Release> {
    const { signal, asker } = ticket
    if (signal?.aborted) return Promise.reject(signal.reason)
    const { longest } = this.options
    const [all, own] = [this.#light.size + this.#heavy.size, this.#light.of(asker) + this.#heavy.of(asker)]
    if (all >= longest || own >= Math.ceil(longest / 2)) return Promise.reject(new QueueFull())
    return new Promise((resolve, reject) => {
      const turns = ticket.isHeavy ? this.#heavy : this.#light
      const leave = () => {
        turns.remove(waiting)
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
      turns.add(waiting)
      this.#startNext()
    })
  }

  #startNext(): void {
    while (this.#running < this.options.slots) {
      const next = this.#next()
      if (!next) return
      const { isHeavy } = next.ticket
      this.#running++
      if (isHeavy) this.#heavyRunning++
      this.#lightInARow = isHeavy ? 0 : this.#lightInARow + 1
      next.start(this.#releaseOf(isHeavy))
    }
  }

  #next(): Waiting | undefined {
    const heavy = () => (this.#heavyRunning < this.options.heavySlots ? this.#heavy.take() : undefined)
    return this.#lightInARow >= LIGHT_IN_A_ROW ? (heavy() ?? this.#light.take()) : (this.#light.take() ?? heavy())
  }

  #releaseOf(isHeavy: boolean): Release {
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      this.#running--
      if (isHeavy) this.#heavyRunning--
      this.#startNext()
    }
  }
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
