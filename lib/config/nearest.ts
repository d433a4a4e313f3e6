import { distance } from 'fastest-levenshtein'

const LONGEST_COMPARED = 100

/** The valid name that was most likely meant; `undefined` when none is near (a third of the letters at most may differ). */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const wanted = comparable(given)
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  let best: string | undefined
  let least = limit + 1
  for (const name of names) {
    const other = comparable(name)
    if (Math.abs(other.length - wanted.length) >= least) continue
    const steps = distance(wanted, other)
    if (steps < least) [best, least] = [name, steps]
  }
  return best
}

function comparable(text: string): string {
  return text.slice(0, LONGEST_COMPARED).toLowerCase().replaceAll(/[\s_]/g, '-')
}
