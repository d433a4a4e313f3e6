import type { Format } from './format'

/** Ratios beyond are said in words: nobody reads +10,739,204 %. */
const TENFOLD = 9

/** A relative change, "+12 %", with a sign that is no hyphen. @param ratio 0.12 for 12 % more */
export function effectText(ratio: number, format: Format): string {
  if (ratio > TENFOLD) return 'more than tenfold'
  const shown = format.percent(Math.abs(ratio))
  if (shown === format.percent(0)) return shown
  return `${ratio < 0 ? '−' : '+'}${shown}`
}

/** Between which it lies, "95 %: −44 % … +39 %". */
export function effectInterval([low, high]: readonly [number, number], format: Format): string {
  return `95 %: ${effectText(low, format)} … ${effectText(high, format)}`
}
