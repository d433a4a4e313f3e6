/** Texts that are remembered: pages ask with far fewer. */
const MOST_TEXTS = 1_000
/** Share of what is known that a new time replaces: one that waited for the disk says little. */
const WEIGHT = 0.25

interface Cost {
  /** The first time of a text, in ms, is that of planning it and of reading what nobody had read: the second takes its place. */
  readonly ms: number
  readonly isFirst: boolean
}

/** What statements take, by their text. */
export class Costs {
  /** The text asked last stands last. */
  readonly #known = new Map<string, Cost>()

  /** ms, as far as is known. */
  of(text: string): number | undefined {
    return this.#known.get(text)?.ms
  }

  /** ms, once a text was asked more than once. */
  settled(text: string): number | undefined {
    const known = this.#known.get(text)
    return known?.isFirst ? undefined : known?.ms
  }

  /** Runs what a text says and notes how long it takes, unless it fails. */
  async timed<T>(text: string, run: () => Promise<T>): Promise<T> {
    const started = performance.now()
    const done = await run()
    this.note(text, performance.now() - started)
    return done
  }

  note(text: string, ms: number): void {
    const known = this.#known.get(text)
    const isFollowed = known && !known.isFirst
    this.#known.delete(text)
    this.#known.set(text, { ms: isFollowed ? known.ms + WEIGHT * (ms - known.ms) : ms, isFirst: !known })
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST_TEXTS && oldest !== undefined) this.#known.delete(oldest)
  }
}
