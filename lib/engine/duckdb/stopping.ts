/** A query that has not quite begun does not notice that it is to stop: it is told again. */
const AGAIN_MS = 10
const MS_PER_SECOND = 1000

/** Stops a query when its asker goes away or its time is up. */
export class Stopping {
  readonly #signal: AbortSignal | undefined
  readonly #limit: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined
  #isLate = false

  constructor(
    private readonly interrupt: () => void,
    { signal, seconds }: { readonly signal: AbortSignal | undefined; readonly seconds: number | undefined },
  ) {
    this.#signal = signal
    if (signal?.aborted) this.#stop()
    else signal?.addEventListener('abort', this.#stop, { once: true })
    if (seconds !== undefined) {
      this.#limit = setTimeout(() => {
        this.#isLate = true
        this.#stop()
      }, seconds * MS_PER_SECOND)
    }
  }

  /** Whether the time was up before the end. */
  get isLate(): boolean {
    return this.#isLate
  }

  end(): void {
    this.#signal?.removeEventListener('abort', this.#stop)
    clearTimeout(this.#limit)
    clearInterval(this.#again)
  }

  readonly #stop = (): void => {
    this.interrupt()
    this.#again ??= setInterval(this.interrupt, AGAIN_MS)
  }
}
