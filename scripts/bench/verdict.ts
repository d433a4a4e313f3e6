import type { Result } from './contest'
import { LOOP, OURS, SCAN } from './names'

/** How many times as long as ours a contender took; below 1 it was quicker. `undefined` when either was not timed. */
export function ratioTo(ours: Result | undefined, other: Result): number | undefined {
  if (!ours?.spread || !other.spread) return undefined
  return other.spread.median / Math.max(ours.spread.median, 0.001)
}

/** Whether the middle halves of two spreads touch: another run may end the other way. */
function isEven(ours: Result, other: Result): boolean {
  if (!ours.spread || !other.spread) return false
  return ours.spread.low <= other.spread.high && other.spread.low <= ours.spread.high
}

/** Who answers and was quicker than ours, in words. The bare scan answers nothing, so it is compared elsewhere. */
export function verdict(results: readonly Result[]): string {
  const ours = results.find(({ name }) => name === OURS)
  const others = results.filter(({ name }) => name !== OURS && name !== SCAN)
  if (!ours?.spread) return `not timed: ${ours?.refused ?? 'no answer'}`
  if (!others.length) return ''
  const quicker = others.flatMap((other) => {
    const ratio = ratioTo(ours, other)
    if (ratio === undefined || ratio >= 1) return []
    return [`${other.name} wins, ${times(1 / ratio)} quicker${isEven(ours, other) ? ' (within the spread)' : ''}`]
  })
  return quicker.length ? quicker.join('; ') : 'nobody quicker'
}

/** Least ratio of each contender over views: where it comes closest to ours or beats it. */
export function closest(
  views: readonly { readonly view: string; readonly results: readonly Result[] }[],
): { name: string; view: string; ratio: number }[] {
  const found = new Map<string, { name: string; view: string; ratio: number }>()
  for (const { view, results } of views) {
    const ours = results.find(({ name }) => name === OURS)
    for (const other of results) {
      const ratio = other.name === OURS || other.name === SCAN ? undefined : ratioTo(ours, other)
      const before = found.get(other.name)
      if (ratio !== undefined && (!before || ratio < before.ratio)) found.set(other.name, { name: other.name, view, ratio })
    }
  }
  return [...found.values()]
}

/** `0.042 ×`, `3.1 ×`, `240 ×`. */
export function times(ratio: number): string {
  const digits = ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2
  return `${ratio >= 0.1 ? ratio.toFixed(digits) : ratio.toPrecision(2)} ×`
}

/** `4.32`, `43.2`, `432`: three figures of milliseconds. */
export function milliseconds(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms.toFixed(2)
}

/** In the order of columns of the table. */
export function orderOf(name: string): number {
  return [OURS, SCAN].indexOf(name) >= 0 ? [OURS, SCAN].indexOf(name) : name === LOOP ? 1_000 : 100
}
