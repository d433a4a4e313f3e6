/** How long something took, in ms, over some runs. */
export interface Measurement {
  readonly what: string
  readonly runs: number
  readonly median_ms: number
  readonly slowest_ms: number
  readonly rows?: number
  readonly arrow_kb?: number
}

/** Runs something several times, one after the other. */
export async function measure(what: string, runs: number, action: () => Promise<unknown>): Promise<Measurement> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    await action()
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  return { what, runs, median_ms: rounded(times[Math.floor((runs - 1) / 2)] ?? 0), slowest_ms: rounded(times.at(-1) ?? 0) }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}
