import type { HolidayRegion } from './holidays'

/** A value from a local day (YYYY-MM-DD) on; the first one holds from the beginning. */
export interface Step {
  readonly from: string
  readonly value: number
}

/** Waiting that nobody works on: elapsed hours, lognormal. */
export interface DelayPlan {
  readonly medianHours: number
  readonly sigma: number
}

/** Fixed moments at which everything that waits goes on: local ISO weekdays and hour, every so many weeks. */
export interface GatePlan {
  readonly weekdays: readonly number[]
  readonly hour: number
  readonly everyWeeks: number
}

/** People that serve one stage: each works on one item at a time. */
export interface WorkPlan {
  /** `team`: each team has people of its own; otherwise the number of people who serve the whole stream. */
  readonly people: 'team' | number
  /** Share of the people's time that arrivals ask for. */
  readonly load: readonly Step[]
  /** Standard deviation of the logarithm of the effort. */
  readonly sigma: number
  /** Queue length from which people work faster, so that a bottleneck does not grow without end. */
  readonly rushFrom?: number
  readonly blockChance?: number
  readonly wait?: { readonly chance: number; readonly states: readonly string[]; readonly medianHours: number }
  readonly fail?: { readonly chance: number; readonly toStage: string; readonly state: string }
}

export interface StagePlan {
  readonly id: string
  readonly kind: 'queue' | 'active' | 'done'
  /** Tracker state on entering. */
  readonly state: string
  readonly delay?: DelayPlan
  readonly gate?: GatePlan
  readonly work?: WorkPlan
  /** Chance that an item becomes blocked while it waits here. */
  readonly blockChance?: number
}

export interface TeamPlan {
  readonly name: string
  readonly stream: string
  /** Stream it serves after the reorganisation; absent: it stays. */
  readonly laterStream?: string
  /** People by stage id. */
  readonly people: Readonly<Record<string, number>>
}

/** A part of a product, and the things in it that work is about. */
export interface ComponentPlan {
  readonly product: string
  readonly component: string
  readonly things: readonly string[]
}

export interface StreamPlan {
  readonly id: string
  readonly prefix: string
  readonly timeZone: string
  readonly region: HolidayRegion
  readonly hours: { readonly open: number; readonly close: number }
  /** Part of all items. */
  readonly share: number
  /** Part of a working day's arrivals that comes on a day without work. */
  readonly weekendArrivals: number
  readonly stages: readonly StagePlan[]
  readonly committed: string
  readonly components: readonly ComponentPlan[]
  /** Tracker types with their share at the beginning and at the end of the history. */
  readonly types: readonly { readonly type: string; readonly first: number; readonly last: number; readonly effort: number }[]
  readonly cancelledStates: readonly string[]
  readonly reopen: { readonly chance: number; readonly toStage: string }
  /** State into which a finished item is closed by itself. */
  readonly closedState?: string
  /** Chance that the first team hands the item to another one after this stage. */
  readonly handover: { readonly chance: number; readonly afterStage: string }
  /** Chance that an item waits in a state that the portfolio file does not know. */
  readonly unmapped?: { readonly chance: number; readonly stage: string; readonly state: string }
}

export const REWORK_EFFORT = 0.4

/** How often an item passes each stage on average, later passes counted by their smaller effort. */
export function effortPasses(stages: readonly StagePlan[]): number[] {
  let passes = stages.map(() => 1)
  for (let round = 0; round < 60; round++) {
    passes = stages.map((stage, index) => {
      const before = index === 0 ? 1 : (passes[index - 1] ?? 0) * (1 - (stages[index - 1]?.work?.fail?.chance ?? 0))
      const back = stages.reduce((sum, other, at) => {
        return other.work?.fail?.toStage === stage.id ? sum + (passes[at] ?? 0) * other.work.fail.chance : sum
      }, 0)
      return before + back
    })
  }
  return passes.map((count) => 1 + (count - 1) * REWORK_EFFORT)
}

/** The step in force on a day; days as YYYY-MM-DD compare as text. */
export function stepOn(steps: readonly Step[], day: string): number {
  let value = steps[0]?.value ?? 1
  for (const step of steps) if (step.from <= day) value = step.value
  return value
}
