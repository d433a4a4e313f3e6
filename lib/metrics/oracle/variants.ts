import type { Question } from './history'

/** Own parameters of metrics that have some; a question takes one set of them by its turn. */
const VARIANTS: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  'flow-distribution': [{ of: 'finished' }, { of: 'wip' }, { of: 'time' }],
  'item-life': ['1', '2', '3', '4', '5', '6', '7'].map((item) => ({ item })),
  alignment: [{ of: 'finished' }, { of: 'wip' }],
}

/** What a question asks of a metric beyond the shared parameters; empty for a metric that has no others. */
export function ownParams(question: Question, metric: string): Readonly<Record<string, string>> {
  if (question.own) return question.own
  const variants = VARIANTS[metric] ?? []
  return variants[(question.turn ?? 0) % variants.length] ?? {}
}
