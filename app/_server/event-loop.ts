import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 10
/** A reading looks back over one to two of these. */
const TURN_SECONDS = 15
const MS = 1e6

/** How much later than due the event loop came round, in ms, in the last 15 to 30 seconds. */
export interface EventLoopDelay {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/**
 * Watches how long the event loop is held up. Two histograms run half a window apart and start anew by turns; the older one is read, so
 * whoever reads changes nothing for others.
 */
export class EventLoopWatch {
  #older = watching()
  #newer = watching()
  readonly #turns = setInterval(() => this.#turn(), TURN_SECONDS * 1_000).unref()

  read(): EventLoopDelay {
    const histogram = this.#older
    const late = (nanoseconds: number) => (histogram.count === 0 ? 0 : Math.max(0, Math.round(nanoseconds / MS - RESOLUTION_MS)))
    return { p50: late(histogram.percentile(50)), p99: late(histogram.percentile(99)), max: late(histogram.max) }
  }

  stop(): void {
    clearInterval(this.#turns)
    for (const histogram of [this.#older, this.#newer]) histogram.disable()
  }

  #turn(): void {
    const histogram = this.#older
    histogram.reset()
    this.#older = this.#newer
    this.#newer = histogram
  }
}

/** What the histogram holds is the time between two looks, which includes the pause in between. */
function watching(): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  return histogram
}
