import { distance } from 'fastest-levenshtein'

const LONGEST_COMPARED = 100

/** The valid name that was most likely meant; `undefined` when none is near (a third of the letters at most may differ). */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const [nearest] = nearestNames(given, names, 1)
  return nearest !== undefined && isNear(given, nearest) ? nearest : undefined
}

export function isNear(given: string, name: string): boolean {
  const wanted = comparable(given)
  return steps(wanted, comparable(name)) <= Math.max(1, Math.floor(wanted.length / 3))
}

/** The valid names that are least unlike, nearest first. */
export function nearestNames(given: string, names: readonly string[], count: number): string[] {
  const wanted = comparable(given)
  const ranked = names.map((name) => ({ name, steps: steps(wanted, comparable(name)) }))
  return ranked
    .sort((a, b) => a.steps - b.steps)
    .slice(0, count)
    .map((entry) => entry.name)
}

/** Levenshtein's distance, but letters in another order are one slip. */
function steps(a: string, b: string): number {
  const count = distance(a, b)
  return count === 2 && a.length === b.length && lettersOf(a) === lettersOf(b) ? 1 : count
}

function lettersOf(text: string): string {
  return [...text].sort().join('')
}

function comparable(text: string): string {
  return text.slice(0, LONGEST_COMPARED).toLowerCase().replaceAll(/[\s_]/g, '-')
}
