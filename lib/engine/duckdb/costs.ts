/** Texts that are remembered: pages ask with far fewer. */
const MOST_TEXTS = 1_000
/** Share of what is known that a new time replaces: one that waited for the disk says little. */
const WEIGHT = 0.25

/** What statements take, by their text. */
export class Costs {
  /** ms; the text asked last stands last. */
  readonly #known = new Map<string, number>()

  of(text: string): number | undefined {
    return this.#known.get(text)
  }

  /** Runs what a text says and notes how long it takes, unless it fails. */
  async timed<T>(text: string, run: () => Promise<T>): Promise<T> {
    const started = performance.now()
    const done = await run()
    this.note(text, performance.now() - started)
    return done
  }

  note(text: string, ms: number): void {
    const known = this.#known.get(text) ?? ms
    this.#known.delete(text)
    this.#known.set(text, known + WEIGHT * (ms - known))
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST_TEXTS && oldest !== undefined) this.#known.delete(oldest)
  }
}
