/** How many random histories a run takes, and which. `LONG_RUN=1`: 10,000 of them; `SEED=n` starts elsewhere. */
export interface RunSize {
  /** One snapshot per seed. */
  readonly seeds: readonly number[]
  readonly histories: number
  /** Milliseconds that one snapshot with all its questions may take. */
  readonly timeout: number
}

const USUAL = { snapshots: 6, histories: 50 }
const LONG = { snapshots: 100, histories: 100 }

export function runSize(): RunSize {
  const { snapshots, histories } = process.env.LONG_RUN ? LONG : USUAL
  const first = Number(process.env.SEED ?? 1)
  return { seeds: Array.from({ length: snapshots }, (_, index) => first + index), histories, timeout: 300_000 }
}
