import type { SpanName } from '@/lib/model/unit'
import type { Life, Status } from './life'
import { firstStart } from './span'

/** What moves the work in progress of a day (definitions §5). */
export interface DayFlows {
  readonly arrivals: number
  readonly departures: number
  readonly restorations: number
  readonly removals: number
}

/** Every crossing of the lives on a day, by following each item change by change. */
export function flowsOn(lives: readonly Life[], span: SpanName, day: number): DayFlows {
  const flows = { arrivals: 0, departures: 0, restorations: 0, removals: 0 }
  for (const life of lives) {
    const start = firstStart(life, span)
    let before: Status | undefined
    for (const moment of life.moments) {
      if (before === undefined && moment !== start) continue
      if (moment.day === day) count(flows, before, moment.status)
      before = moment.status
    }
  }
  return flows
}

function count(flows: { -readonly [name in keyof DayFlows]: number }, before: Status | undefined, now: Status): void {
  if (before === undefined) flows.arrivals++
  if (before !== undefined && before !== 'open' && now !== before) flows.restorations++
  if (now === 'finished' && before !== 'finished') flows.departures++
  if (now === 'removed' && before !== 'removed') flows.removals++
}

/** Items that reach the finished stage for the first time on a day. */
export function firstFinishesOn(lives: readonly Life[], day: number): number {
  return lives.filter((life) => life.moments.find((moment) => moment.status === 'finished')?.day === day).length
}
