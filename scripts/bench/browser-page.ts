// What runs inside the page: each function is sent there as text and must not use anything from outside of itself.

/** What was painted in a stretch of time. */
export interface Frames {
  readonly perSecond: number
  /** The longest time without a frame, in ms. */
  readonly longestMs: number
}

interface Noted extends Window {
  drawnAt?: Map<string, number>
}

/** Notes when the chart of each panel is first drawn. */
export function watchReady(): void {
  const drawnAt = new Map<string, number>()
  ;(window as Noted).drawnAt = drawnAt
  const note = (changes: readonly MutationRecord[]) => {
    for (const { target } of changes) {
      const panel = (target as Element).closest('[data-panel]')?.getAttribute('data-panel')
      if (panel && !drawnAt.has(panel)) drawnAt.set(panel, performance.now())
    }
  }
  new MutationObserver(note).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-ready'] })
}

/** When the answer had come and when its chart was drawn, in ms since the page was asked for. */
export function timesOf({ panel, metric }: { readonly panel: string; readonly metric: string }): { answered: number; drawn: number } {
  const answers = performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.includes(`/metrics/${metric}`)) as PerformanceResourceTiming[]
  const drawn = (window as Noted).drawnAt?.get(panel)
  if (drawn === undefined) throw new Error(`The chart ${panel} was not seen to be drawn`)
  const answered = answers.map(({ responseEnd }) => responseEnd).filter((end) => end <= drawn)
  if (!answered.length) throw new Error(`No answer of ${metric} came before ${panel} was drawn`)
  return { answered: Math.max(...answered), drawn }
}

/** Frames of the next so many ms. */
export function watchFrames(ms: number): Promise<Frames> {
  return new Promise((done) => {
    const times: number[] = []
    const next = (at: number) => {
      times.push(at)
      const [first = at] = times
      if (at - first < ms) requestAnimationFrame(next)
      else {
        const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
        done({ perSecond: ((times.length - 1) * 1000) / (at - first), longestMs: Math.max(...gaps) })
      }
    }
    requestAnimationFrame(next)
  })
}
