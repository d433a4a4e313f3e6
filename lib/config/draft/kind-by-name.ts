import { wordsOf } from './words'

export type StateKind = 'queue' | 'active' | 'done' | 'cancelled'

const CANCELLED =
  /^(cancel.*|reject.*|wont|duplicate[d]?|removed?|withdrawn|abandon.*|declined|obsolete|invalid|superseded|replaced|discard.*|dropped)$/
const DONE =
  /^(done|closed?|resolved?|complete[d]?|completion|finished|fixed|released?|deployed|delivered|shipped|live|merged|accepted|implemented|stable|archived|verified|solved)$/
const QUEUE =
  /^(wait.*|await.*|hold|held|block.*|queued?|backlog|new|todo|open|opened|pending|ready|triage|inbox|funnel|icebox|draft|proposed|provisional|requested?|submitted|registered|created|planned|scheduled|selected|committed|approved|paused|parked|deferred|next|idea|ideas|implementable)$/
const PHRASES: readonly [RegExp, StateKind][] = [
  [/^(won t|will not|not) (do|fix|doing|a bug|planned|needed).*$/, 'cancelled'],
  [/^(to do|to be .*|not started|not yet .*)$/, 'queue'],
]

/** What a state or stage most likely is, by its name in English; anything unknown is work. */
export function kindByName(name: string): StateKind {
  const words = wordsOf(name)
  const phrase = PHRASES.find(([pattern]) => pattern.test(words.join(' ')))
  if (phrase) return phrase[1]
  if (words.some((word) => CANCELLED.test(word))) return 'cancelled'
  if (words.some((word) => QUEUE.test(word))) return 'queue'
  return words.some((word) => DONE.test(word)) ? 'done' : 'active'
}
