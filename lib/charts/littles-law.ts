import type { Columns } from '@/lib/model/columns'
import type { Format } from './format'

export interface LawRow {
  readonly assumption: string
  readonly holds: boolean
  readonly evidence: string
  /** Relative deviation, where one can be told. */
  readonly gap: number | null
}

const LEAST_GAP = 0.001
const LAW = 'mean time = mean WIP ÷ throughput'

/** The law itself first, then what it rests on. */
export function lawRows(columns: Columns): LawRow[] {
  const [names, holds, evidence, gaps] = [
    columns.texts('assumption'),
    columns.flags('holds'),
    columns.texts('evidence'),
    columns.numbers('residual_ratio'),
  ]
  const all = names.map((name, row) => ({
    assumption: name ?? '',
    holds: holds[row] === true,
    evidence: evidence[row] ?? '',
    gap: gaps[row] ?? null,
  }))
  return [...all.filter(({ assumption }) => assumption === LAW), ...all.filter(({ assumption }) => assumption !== LAW)]
}

/** How far apart two figures are; what would be rounded to nothing is no equality. */
export function gapText(gap: number, format: Format): string {
  return Math.abs(gap) < LEAST_GAP ? `less than ${format.percent(LEAST_GAP, 1)}` : format.percent(Math.abs(gap), 1)
}

/** What the gap between measured and computed time means. */
export function lawVerdict(columns: Columns, format: Format): string | undefined {
  const [law, ...others] = lawRows(columns)
  if (law?.assumption !== LAW || law.gap === null) return undefined
  const broken = others.filter(({ holds }) => !holds).length
  const rest =
    broken === 0
      ? 'all assumptions hold'
      : `${format.count(broken, 'assumption')} of ${format.number(others.length)} ${broken === 1 ? 'does' : 'do'} not hold`
  if (law.holds) {
    return `Measured and computed time agree within ${format.percent(Math.max(Math.abs(law.gap), LEAST_GAP), 1)}; ${rest}.${broken === 0 ? '' : ' Over this period deviations even out; over a shorter one they may not.'}`
  }
  const side = law.gap > 0 ? 'longer' : 'shorter'
  const why =
    law.gap > 0 ? 'items finished that had waited since before the period' : 'work in progress holds items that are old and do not finish'
  return `Measured time is ${format.percent(Math.abs(law.gap))} ${side} than work in progress and throughput imply; ${rest}. Often the reason: ${why}.`
}
