import type { Policy, SpanName } from '@/lib/model/unit'
import type { ValueStream } from '@/lib/model/value-stream'
import type { Life, Moment } from './life'

const DAY_SECONDS = 86_400

export interface Instant {
  readonly at: number
  readonly day: number
}

/** The finish under which an item counts, with how long it took. */
export interface Finished {
  readonly finish: Instant
  /** Start under the policy; for `sum_of_visits` the first one. */
  readonly start: Instant
  readonly elapsedDays: number
  readonly policyMatters: boolean
}

/** First crossing of the span's start boundary, done included (definitions §3); undefined when it was never crossed. */
export function firstStart(life: Life, span: SpanName): Instant | undefined {
  if (span === 'lead') return life.moments[0]
  const boundary = boundaryOf(life.stream, span)
  return life.moments.find((moment) => moment.position !== null && moment.position >= boundary)
}

/** The latest entry into the span from outside of it, in the life as given. */
function lastStart(life: Life, span: SpanName): Instant | undefined {
  const inside = insideSpan(life, span)
  let start: Instant | undefined
  life.moments.forEach((moment, index) => {
    const wasInside = inside[index - 1] ?? false
    const wasFinished = life.moments[index - 1]?.status === 'finished'
    if (inside[index] && !wasInside) start = moment
    if (moment.status === 'finished' && !wasInside && !wasFinished) start = moment
  })
  return start
}

/** When the item came into done for the last time, if it is there at the end of the life as given. */
export function lastFinish(life: Life): Moment | undefined {
  let finish: Moment | undefined
  for (const moment of life.moments) {
    if (moment.status !== 'finished') finish = undefined
    else finish ??= moment
  }
  return finish
}

/** How long a finished item took under a policy; undefined while it is not finished. */
export function finishedSpan(life: Life, span: SpanName, policy: Policy): Finished | undefined {
  const finish = lastFinish(life)
  const first = firstStart(life, span)
  const last = lastStart(life, span)
  if (!finish || !first || !last) return undefined
  const seconds: Record<Policy, number> = {
    first_start_last_finish: secondsBetween(first.at, finish.at),
    last_start_last_finish: secondsBetween(last.at, finish.at),
    sum_of_visits: insideSeconds(life, span),
  }
  return {
    finish,
    start: policy === 'last_start_last_finish' ? last : first,
    elapsedDays: seconds[policy] / DAY_SECONDS,
    policyMatters: new Set(Object.values(seconds)).size > 1,
  }
}

/** Start that an unfinished item's age is counted from. */
export function ageStart(life: Life, span: SpanName, policy: Policy): Instant | undefined {
  return policy === 'last_start_last_finish' ? lastStart(life, span) : firstStart(life, span)
}

/** For each moment whether the item is inside the span from then on: open, and its latest place in the order beyond the boundary. */
function insideSpan(life: Life, span: SpanName): boolean[] {
  const boundary = boundaryOf(life.stream, span)
  let place: number | undefined
  return life.moments.map((moment) => {
    place = moment.position ?? place
    if (moment.status !== 'open') return false
    return span === 'lead' || (place !== undefined && place >= boundary)
  })
}

/** Seconds of all stays inside the span. */
function insideSeconds(life: Life, span: SpanName): number {
  let sum = 0
  insideSpan(life, span).forEach((inside, index) => {
    const moment = life.moments[index]
    const next = life.moments[index + 1]
    if (inside && moment && next) sum += secondsBetween(moment.at, next.at)
  })
  return sum
}

function boundaryOf(stream: ValueStream, span: SpanName): number {
  if (span === 'lead') return 0
  const id = span === 'flow' ? stream.committed : stream.started
  return stream.stages.findIndex((stage) => stage.id === id)
}

/** An instant counts by its whole second, so that lengths are integers and add up. */
function secondsBetween(start: number, stop: number): number {
  return Math.floor(stop / 1000) - Math.floor(start / 1000)
}
