import type { Columns } from '@/lib/model/columns'
import { effectInterval, effectText } from './effect'
import type { Format } from './format'
import { signalTone } from './process-behaviour'

/** What can be said of a figure: its tone, a word, and a sentence. */
export interface Judgement {
  readonly tone: 'better' | 'worse' | 'noise'
  readonly word: string
  readonly text: string
}

const TOO_LITTLE = 'too little data'

/** The change against the period before, as the metric `change` judges it. */
export function changeJudgement(columns: Columns, better: 'higher' | 'lower', format: Format): Judgement {
  const at = (name: string) => (columns.rowCount > 0 ? (columns.numbers(name)[0] ?? null) : null)
  const [before, effect, low, high] = [at('before'), at('effect_ratio'), at('low'), at('high')]
  const verdict = columns.texts('verdict')[0] ?? TOO_LITTLE
  if (before === null || effect === null || low === null || high === null || verdict === TOO_LITTLE) {
    return { tone: 'noise', word: 'Too little data', text: 'Too little data to compare with the period before.' }
  }
  const interval = `${effectText(effect, format)} from ${format.number(before, 1)} (${effectInterval([low, high], format)}).`
  if (verdict !== 'signal') return { tone: 'noise', word: 'Could be noise', text: interval }
  const isBetter = effect > 0 === (better === 'higher')
  return { tone: isBetter ? 'better' : 'worse', word: isBetter ? 'Signal: better' : 'Signal: worse', text: interval }
}

/** The last whole week of a share against what was usual before the period, as the metric `process-behaviour` judges it. */
export function shareJudgement(columns: Columns, format: Format): Judgement {
  const [values, partial] = [columns.numbers('value'), columns.flags('partial')]
  const row = values.findLastIndex((value, index) => value !== null && !partial[index])
  const [value, centre, upper] = ['value', 'centre', 'upper'].map((name) => columns.numbers(name)[row] ?? null)
  if (value === null || value === undefined || centre === null || upper === null) {
    return { tone: 'noise', word: 'Too little data', text: 'Too few whole weeks to say what is usual.' }
  }
  const lower = columns.numbers('lower')[row] ?? 0
  const usual = `Last whole week ${format.percent(value)}; usual is ${format.percent(Math.max(lower, 0))} to ${format.percent(Math.min(upper ?? 1, 1))}.`
  const tone = signalTone({ columns, better: 'higher' }, row)
  if (tone === 'noise' || tone === 'plain') return { tone: 'noise', word: 'Noise', text: usual }
  return { tone, word: `Signal: ${tone}`, text: `${usual} Rule: ${columns.texts('rule')[row]}.` }
}

/** Σ part ÷ Σ whole over rows; null where there is nothing. */
export function ratioOf(parts: readonly (number | null)[], wholes: readonly (number | null)[]): number | null {
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0)
  const whole = sum(wholes)
  return whole === 0 ? null : sum(parts) / whole
}
