import type { Rng } from '@/lib/stats/rng'
import type { Station } from './station'
import type { StreamState, TeamState } from './world'

const OPENING_LAG = 35 * 60_000

/** 0 goes first: what was begun before, then by priority. */
export const QUEUE_CLASSES = ['begun', 'Highest', 'High', 'Medium', 'Low'] as const

export interface ItemTraits {
  readonly type: string
  readonly effort: number
  readonly product: string
  readonly component: string
  readonly thing: string
  readonly serviceClass: string
  readonly laterGoal: string
  /** Stage in which the item is cancelled; -1: it is not. */
  readonly cancelStage: number
}

/** One piece of work on its way; fields in the second half are what the tracker shows. */
export class WorkItem {
  readonly stream: StreamState
  readonly traits: ItemTraits
  readonly rng: Rng
  createdAt: number
  team: TeamState
  stage = 0
  enteredAt = 0
  committedAt = 0
  /** Grows with every step, so that what was planned for an earlier one is void. */
  turn = 0
  /** Effort (ms) that is left of a piece of work that was interrupted or came back. */
  remaining = 0
  queuedIn: Station | undefined
  isWorkedOn = false
  /** True from the first time it comes back. */
  isRework = false
  reopenings = 0
  #workedStages = 0
  /** False: outside the sample, or over before the log begins. */
  isVisible = true
  isLogged = false

  id = ''
  key = ''
  title = ''
  url = ''
  state: string
  blocked = false
  blockReason = ''
  priority: string
  goal: string

  constructor(start: {
    stream: StreamState
    team: TeamState
    traits: ItemTraits
    rng: Rng
    at: number
    state: string
    priority: string
    goal: string
  }) {
    this.stream = start.stream
    this.team = start.team
    this.traits = start.traits
    this.rng = start.rng
    this.createdAt = start.at
    this.enteredAt = start.at
    this.state = start.state
    this.priority = start.priority
    this.goal = start.goal
  }

  get isExpedited(): boolean {
    return this.traits.serviceClass === 'Expedite'
  }

  hasWorkedIn(stage: number): boolean {
    return (this.#workedStages & (1 << stage)) !== 0
  }

  markWorkIn(stage: number): void {
    this.#workedStages |= 1 << stage
  }
}

/** When somebody notices what happens at an instant (ms): at once in working hours, else some time after the next opening. */
export function releaseTime(item: WorkItem, at: number): number {
  const open = item.stream.hours.next(at)
  return open > at ? open + item.rng.exponential(OPENING_LAG) : at
}
