import { upTo } from './in-order'

/** The stages of the story, in the order of its flow. */
export const STAGES = [
  { id: 'ready', name: 'Ready', kind: 'queue', color: 'var(--sg-queue)' },
  { id: 'build', name: 'Build', kind: 'active', color: 'var(--sg-active)' },
  { id: 'for-test', name: 'For test', kind: 'queue', color: 'var(--sg-queue-later)' },
  { id: 'test', name: 'Test', kind: 'active', color: 'var(--sg-active-later)' },
  { id: 'done', name: 'Done', kind: 'done', color: 'var(--sg-done)' },
] as const

export type StageId = (typeof STAGES)[number]['id']

/** A stay of whole days: where the item stands at the ends of the days `[from, to)`. */
export interface Stay {
  readonly stage: StageId
  readonly from: number
  readonly to: number
}

export interface StoryItem {
  readonly id: string
  readonly title: string
  /** Before done, in the order of time and without a gap. */
  readonly stays: readonly Stay[]
  /** Day on which it was finished or cancelled; absent while it is open. */
  readonly end?: { readonly day: number; readonly how: 'finished' | 'cancelled' }
  readonly type?: 'feature' | 'defect' | 'debt'
  readonly goal?: string
  readonly team: string
  /** Blocked at the ends of the days `[from, to)`. */
  readonly blocked?: { readonly from: number; readonly to: number }
  readonly handed?: { readonly day: number; readonly team: string }
}

/** Two whole weeks from a Monday on. */
export const DAYS = 14
export const GOAL = 'checkout'

const WEB = { team: 'Web' }

/** Six items whose lives most drawings show: small enough that every figure can be counted by eye. */
export const STORY: readonly StoryItem[] = [
  { id: 'A', title: 'Goes straight through', ...WEB, type: 'feature', goal: GOAL, ...lived(1, 'ready build×2 for-test test', 'finished') },
  {
    ...{ id: 'B', title: 'Is blocked for a while', ...WEB, type: 'feature', goal: GOAL, blocked: { from: 4, to: 6 } },
    ...lived(2, 'ready build×4 for-test test', 'finished'),
  },
  { id: 'C', title: 'Goes back', ...WEB, type: 'defect', ...lived(3, 'ready build×2 for-test test build×2 test', 'finished') },
  {
    ...{ id: 'D', title: 'Goes to another team', ...WEB, type: 'debt', goal: GOAL, handed: { day: 9, team: 'Data' } },
    ...lived(6, 'ready×2 build for-test×2 test', 'finished'),
  },
  { id: 'E', title: 'Is cancelled', ...WEB, type: 'feature', ...lived(7, 'ready build×2', 'cancelled') },
  { id: 'F', title: 'Is still open', ...WEB, goal: GOAL, ...lived(9, 'ready build×4 for-test') },
]

/** @param text stages with their days, as `ready build×2` */
function lived(start: number, text: string, how?: 'finished' | 'cancelled'): Pick<StoryItem, 'stays' | 'end'> {
  const stays: Stay[] = []
  let day = start
  for (const word of text.split(' ')) {
    const [name, days = '1'] = word.split('×')
    const stage = STAGES.find(({ id }) => id === name)
    if (!stage) throw new TypeError(`the story has no stage ${name}`)
    stays.push({ stage: stage.id, from: day, to: day + Number(days) })
    day += Number(days)
  }
  return how ? { stays, end: { day, how } } : { stays }
}

export function startOf(item: StoryItem): number {
  return item.stays[0]?.from ?? 0
}

/** Inclusive days from start to finish, of an item that ended. */
export function lengthOf(item: StoryItem): number {
  return (item.end?.day ?? DAYS) - startOf(item) + 1
}

/** The stage in which it stands at the end of a day; none before it began and after it was cancelled. */
export function stageOn(item: StoryItem, day: number): StageId | undefined {
  if (item.end?.how === 'finished' && day >= item.end.day) return 'done'
  return item.stays.find(({ from, to }) => from <= day && day < to)?.stage
}

/** Items under way at the end of a day. */
export function openOn(day: number): StoryItem[] {
  return STORY.filter((item) => item.stays.some(({ from, to }) => from <= day && day < to))
}

export const FINISHED: readonly StoryItem[] = STORY.filter(({ end }) => end?.how === 'finished')

export function storyDays(): number[] {
  return upTo(DAYS)
}
