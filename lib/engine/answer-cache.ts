type Bytes = Uint8Array<ArrayBuffer>
type Make = (signal: AbortSignal) => Promise<Bytes>

interface Flight {
  readonly promise: Promise<Bytes>
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
export class AnswerCache {
  readonly #kept = new Map<string, Bytes>()
  readonly #flights = new Map<string, Flight>()
  #size = 0

  constructor(private readonly limitBytes = DEFAULT_LIMIT) {}

  async get(key: string, make: Make, signal?: AbortSignal): Promise<Bytes> {
    const kept = this.#kept.get(key)
    if (kept) {
      this.#kept.delete(key)
      this.#kept.set(key, kept)
      return kept
    }
    const flight = this.#flights.get(key) ?? this.#start(key, make)
    return this.#join(key, flight, signal)
  }

  #start(key: string, make: Make): Flight {
    const controller = new AbortController()
    const promise = make(controller.signal)
    const flight: Flight = { promise, controller, waiting: 0 }
    this.#flights.set(key, flight)
    promise
      .then((bytes) => this.#keep(key, bytes))
      .catch(() => undefined)
      .finally(() => this.#forget(key, flight))
    return flight
  }

  async #join(key: string, flight: Flight, signal?: AbortSignal): Promise<Bytes> {
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

  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }

  #keep(key: string, bytes: Bytes): void {
    if (bytes.length > this.limitBytes * LARGEST_SHARE) return
    this.#kept.set(key, bytes)
    this.#size += bytes.length
    for (const [oldest, { length }] of this.#kept) {
      if (this.#size <= this.limitBytes) return
      this.#kept.delete(oldest)
      this.#size -= length
    }
  }
}
