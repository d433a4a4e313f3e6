import type { DayNumber } from '@/lib/time/day'
import { STREAMS } from './company'
import { strategicGoal } from './goals'
import { dayText, plannedDay } from './planned-day'
import { FAKE_IMPROVEMENT, IMPROVEMENT, SLOWDOWN } from './story'
import type { WorkItem } from './work-item'

const MS_PER_DAY = 86_400_000
const MOST_EXAMPLES = 10

/** Integer days → how many items. */
export type DayCounts = Map<number, number>

export interface Mean {
  sum: number
  n: number
}

/** Finished items of a stream in a month, and how many of them serve each strategic goal. */
export interface MonthCount {
  readonly month: string
  readonly stream: string
  all: number
  readonly serving: Record<string, number>
}

/** Windows in which flow times, and waits in a stage, are kept: before and after the two announcements and the slowdown. */
const WINDOWS = [
  { name: 'improvement-before', ...placeOf(IMPROVEMENT), ...IMPROVEMENT.before },
  { name: 'improvement-after', ...placeOf(IMPROVEMENT), ...IMPROVEMENT.after },
  { name: 'fake-before', ...placeOf(FAKE_IMPROVEMENT), ...FAKE_IMPROVEMENT.before },
  { name: 'fake-after', ...placeOf(FAKE_IMPROVEMENT), ...FAKE_IMPROVEMENT.after },
  { name: 'slowdown-before', ...placeOf(SLOWDOWN), ...SLOWDOWN.before },
  { name: 'slowdown-after', ...placeOf(SLOWDOWN), ...SLOWDOWN.after },
  { name: 'slowed-team-before', ...placeOf(SLOWDOWN), team: SLOWDOWN.team, ...SLOWDOWN.before },
  { name: 'slowed-team-after', ...placeOf(SLOWDOWN), team: SLOWDOWN.team, ...SLOWDOWN.after },
] as const
export type WindowName = (typeof WINDOWS)[number]['name']

interface Place {
  readonly stream: string
  readonly stage?: string
  /** Team that has the item; absent: any. */
  readonly team?: string
}

/** Counts what went into the log while it is written, in bounded memory. */
export class Measure {
  readonly items: number[] = STREAMS.map(() => 0)
  readonly changes: number[] = STREAMS.map(() => 0)
  readonly counts = {
    finished: 0,
    cancelled: 0,
    reopened: 0,
    migrated: 0,
    handed_over_at_reorganisation: 0,
    created_in_later_stage: 0,
    closed_without_start: 0,
    in_unmapped_state: 0,
    team_or_goal_changed_with_the_state: 0,
  }
  readonly unmappedItems: string[] = []
  readonly months = new Map<string, MonthCount>()
  /** Days of waiting per visit, by stream, queue stage and half-year. */
  readonly queueDays = new Map<string, Mean>()
  readonly flowDays = new Map<WindowName, DayCounts>(WINDOWS.map((window) => [window.name, new Map()]))
  readonly waitDays = new Map<WindowName, Mean>(WINDOWS.map((window) => [window.name, { sum: 0, n: 0 }]))
  readonly #windows = WINDOWS.map((window) => ({
    name: window.name,
    place: window as Place,
    first: plannedDay(window.from),
    last: plannedDay(window.to),
  }))

  created(item: WorkItem): void {
    this.items[item.stream.index] = (this.items[item.stream.index] ?? 0) + 1
  }

  changed(item: WorkItem): void {
    this.changes[item.stream.index] = (this.changes[item.stream.index] ?? 0) + 1
  }

  /** The item leaves its stage. */
  visited(item: WorkItem, at: number): void {
    const stage = item.stream.plan.stages[item.stage]
    if (stage?.kind !== 'queue') return
    const days = (at - item.enteredAt) / MS_PER_DAY
    const day = item.stream.zone.dayOf(item.enteredAt)
    addTo(this.queueDays, `${item.stream.plan.id} ${stage.id} ${halfOf(day)}`, days)
    for (const { name, place } of this.#windowsOn(item, day)) if (place.stage === stage.id) addTo(this.waitDays, name, days)
  }

  finished(item: WorkItem, at: number): void {
    this.counts.finished++
    const day = item.stream.zone.dayOf(at)
    this.#countMonth(item, dayText(day).slice(0, 7))
    const flow = day - item.stream.zone.dayOf(item.committedAt) + 1
    for (const { name } of this.#windowsOn(item, day)) {
      const counts = this.flowDays.get(name)
      counts?.set(flow, (counts.get(flow) ?? 0) + 1)
    }
  }

  reopened(): void {
    this.counts.reopened++
  }

  cancelled(): void {
    this.counts.cancelled++
  }

  changedWithState(): void {
    this.counts.team_or_goal_changed_with_the_state++
  }

  unmapped(item: WorkItem): void {
    this.counts.in_unmapped_state++
    if (this.unmappedItems.length < MOST_EXAMPLES) this.unmappedItems.push(item.key)
  }

  #windowsOn({ stream, team }: WorkItem, day: DayNumber) {
    return this.#windows.filter(({ place, first, last }) => {
      return place.stream === stream.plan.id && day >= first && day < last && (place.team ?? team.plan.name) === team.plan.name
    })
  }

  #countMonth(item: WorkItem, month: string): void {
    const stream = item.stream.plan.id
    const key = `${month} ${stream}`
    const known = this.months.get(key)
    const count = known ?? { month, stream, all: 0, serving: {} }
    if (!known) this.months.set(key, count)
    count.all++
    const root = strategicGoal(item.goal)
    if (root) count.serving[root] = (count.serving[root] ?? 0) + 1
  }
}

function placeOf({ stream, stage }: { readonly stream: string; readonly stage?: string }): Place {
  return { stream, stage }
}

const halves = new Map<string, string>()

function halfOf(day: DayNumber): string {
  const month = dayText(day).slice(0, 7)
  const known = halves.get(month)
  if (known !== undefined) return known
  const half = `${month.slice(0, 4)}-H${Number(month.slice(5)) <= 6 ? 1 : 2}`
  halves.set(month, half)
  return half
}

function addTo<K>(means: Map<K, Mean>, key: K, value: number): void {
  const known = means.get(key)
  if (!known) {
    means.set(key, { sum: value, n: 1 })
    return
  }
  known.sum += value
  known.n++
}
