type Make<T> = (signal: AbortSignal) => Promise<T>

interface Flight<T> {
  readonly promise: Promise<T>
  readonly controller: AbortController
  waiting: number
}

const DEFAULT_LIMIT = 64 * 1024 * 1024
/** One answer may take so much of the whole. */
const LARGEST_SHARE = 1 / 8

/**
 * Answers by key. Equal questions that are asked at the same time are answered by one computation, which is called off only when
 * nobody waits for it any more; finished answers are kept, the least recently used going first.
 */
export class AnswerCache<T extends { readonly byteLength: number }> {
  readonly #kept = new Map<string, T>()
  readonly #flights = new Map<string, Flight<T>>()
  #size = 0

  constructor(private readonly limitBytes = DEFAULT_LIMIT) {}

  async get(key: string, make: Make<T>, signal?: AbortSignal): Promise<T> {
    const kept = this.#kept.get(key)
    if (kept) {
      this.#kept.delete(key)
      this.#kept.set(key, kept)
      return kept
    }
    const flight = this.#flights.get(key) ?? this.#start(key, make)
    return this.#join(key, flight, signal)
  }

  /** Whether the answer is there already, so that it costs nothing. */
  has(key: string): boolean {
    return this.#kept.has(key)
  }

  #start(key: string, make: Make<T>): Flight<T> {
    const controller = new AbortController()
    const promise = make(controller.signal)
    const flight: Flight<T> = { promise, controller, waiting: 0 }
    this.#flights.set(key, flight)
    promise
      .then((answer) => this.#keep(key, answer))
      .catch(() => undefined)
      .finally(() => this.#forget(key, flight))
    return flight
  }

  async #join(key: string, flight: Flight<T>, signal?: AbortSignal): Promise<T> {
    flight.waiting++
    let leave = () => {}
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason)
      if (signal?.aborted) leave()
      else signal?.addEventListener('abort', leave, { once: true })
    })
    try {
      return await Promise.race([flight.promise, left])
    } finally {
      signal?.removeEventListener('abort', leave)
      flight.waiting--
      if (flight.waiting === 0 && signal?.aborted) {
        this.#forget(key, flight)
        flight.controller.abort()
      }
    }
  }

  #forget(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }

  #keep(key: string, answer: T): void {
    if (answer.byteLength > this.limitBytes * LARGEST_SHARE) return
    // Another flight may have brought it already, begun when this one was called off too late.
    this.#size += answer.byteLength - (this.#kept.get(key)?.byteLength ?? 0)
    this.#kept.set(key, answer)
    for (const [oldest, { byteLength }] of this.#kept) {
      if (this.#size <= this.limitBytes) return
      this.#kept.delete(oldest)
      this.#size -= byteLength
    }
  }
}
