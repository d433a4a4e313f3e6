import type { FLOW_TYPES } from '@/lib/model/dimension'
import { wordsOf } from './words'

type FlowType = (typeof FLOW_TYPES)[number]

const MOST_TYPES = 60
/** Risk and debt before defect: a `Security bug` is a risk. */
const BY_WORD: readonly [FlowType, RegExp][] = [
  ['risk', /^(risk|security|vulnerability|compliance|audit)$/],
  ['debt', /^(debt|refactor|refactoring|chore|maintenance|technical|cleanup)$/],
  ['defect', /^(bug|defect|incident|problem|fault|error|hotfix)$/],
  ['feature', /^(feature|story|enhancement|epic|requirement|capability)$/],
]

/** Types of a tracker by the flow item type that their names speak for; those that speak for none are left out. */
export function draftTypes(names: readonly string[]): Partial<Record<FlowType, string[]>> {
  const types: Partial<Record<FlowType, string[]>> = {}
  for (const name of names.slice(0, MOST_TYPES)) {
    const words = wordsOf(name)
    const type = BY_WORD.find(([, pattern]) => words.some((word) => pattern.test(word)))?.[0]
    if (type) types[type] = [...(types[type] ?? []), name]
  }
  return types
}
