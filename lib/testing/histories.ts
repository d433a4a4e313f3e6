import fc from 'fast-check'
import type { RawChange, RawItem, RawStream } from '@/lib/metrics/oracle/history'
import type { Goal } from '@/lib/model/goal'
import type { ValueStream } from '@/lib/model/value-stream'
import { UNKNOWN_STATES, workflowArb } from './workflows'

/** Dimensions of every random portfolio, in the order of the snapshot's columns. */
export const DIMENSIONS = ['team', 'type', 'goal', 'priority', 'product']

/** Values that a dimension may take, the blank one first. */
export const DIMENSION_VALUES: Readonly<Record<string, readonly (string | null)[]>> = {
  team: [null, 'Alpha', 'Beta, "B" & Co', 'Ω team 🚀'],
  type: [null, 'Story', 'Bug', 'Chore'],
  goal: [null, 'grow', 'grow-eu', 'grow-ch', 'keep', 'elsewhere'],
  priority: [null, '1', '2'],
  product: [null, 'p1', 'p,2'],
}

/** Goals of every random portfolio: three levels below each other, one beside them, two that are matched by other dimensions. */
export const GOALS: readonly Goal[] = [
  { id: 'grow', name: 'Grow', level: 'strategic', match: { type: ['feature', 'Chore'] } },
  { id: 'grow-eu', name: 'Grow in Europe', level: 'intermediate', parent: 'grow' },
  { id: 'grow-ch', name: 'Grow in Switzerland', level: 'immediate', parent: 'grow-eu', match: { team: ['Alpha'], product: ['p1', 'p,2'] } },
  { id: 'keep', name: 'Keep customers', level: 'strategic' },
]

const HOUR = 3600
const DAY = 24 * HOUR

/** Stretches of some weeks around a switch of summer time, a skipped day or a turn of the year, by their first day. */
export const ERAS = ['2024-03-01', '2024-10-14', '2011-12-20', '2023-12-18', '2018-02-05', '1999-12-20'] as const
export type Era = (typeof ERAS)[number]

/** Why work is blocked, told on any row; on one that is not blocked it says nothing. */
const REASONS = [null, 'waits for others', 'no "environment", yet']

const TITLES = [null, 'Plain', 'with "quotes", commas, and; semicolons', "it's 🚀 emoji — and ümlaut", '  spaces  ', '=1+1']

/** A portfolio's part that one question is about: one or two streams, `id` and `id-b`. */
export function historyArb(id: string, era: Era): fc.Arbitrary<RawStream[]> {
  const second = fc.option(streamArb(`${id}-b`, era), { nil: undefined, freq: 5 })
  return fc.tuple(streamArb(id, era), second).map(([first, other]) => (other ? [first, other] : [first]))
}

function streamArb(id: string, era: Era): fc.Arbitrary<RawStream> {
  return workflowArb(id).chain((stream) =>
    fc.record({
      stream: fc.constant(stream),
      carried: fc.subarray(DIMENSIONS),
      items: fc
        .oneof(
          { weight: 7, arbitrary: fc.array(itemArb(stream, era), { minLength: 0, maxLength: 9, size: 'max' }) },
          { weight: 1, arbitrary: fc.array(itemArb(stream, era), { minLength: 16, maxLength: 30, size: 'max' }) },
        )
        .map((items) => items.map((item, index) => ({ ...item, id: `${index + 1}` }))),
    }),
  )
}

/** Steps of a drawn history before they become times and states. */
interface Step {
  /** Seconds after the step before. */
  readonly wait: number
  readonly move: number
  readonly blocked: boolean | null
  readonly sets: readonly (readonly [dimension: number, value: number])[]
}

function itemArb(stream: ValueStream, era: Era): fc.Arbitrary<RawItem> {
  const fields = {
    begin: fc.tuple(fc.integer({ min: 0, max: 24 }), secondArb()),
    steps: fc.array(stepArb(), { minLength: 1, maxLength: 10, size: 'max' }),
    created: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 2, arbitrary: fc.constantFrom(0, -1, -HOUR, -DAY, -5 * DAY, HOUR, 2 * DAY) },
    ),
    start: fc.array(fc.nat(5), { minLength: DIMENSIONS.length, maxLength: DIMENSIONS.length }),
    title: fc.constantFrom(...TITLES),
    key: fc.constantFrom(null, 'KEY-1', 'k,"2"'),
    milliseconds: fc.constantFrom(0, 0, 0, 1, 500, 999),
    shuffled: fc.option(fc.nat(20), { nil: undefined, freq: 6 }),
  }
  return fc.record(fields).map((drawn) => {
    const first = localStart(era, stream.timezone, drawn.begin) + drawn.milliseconds
    const changes = changesOf(stream, first, drawn.steps, drawn.start)
    const createdAt = drawn.created === null ? null : first + drawn.created * 1000
    return { id: '', key: drawn.key, title: drawn.title, createdAt, changes: outOfOrder(changes, drawn.shuffled) }
  })
}

/** Second of a day: often on either side of midnight or of a switch of summer time. */
function secondArb(): fc.Arbitrary<number> {
  const edges = fc.constantFrom(0, 0, 1, DAY - 1, DAY - HOUR, HOUR, 2 * HOUR - 1, 2 * HOUR, 3 * HOUR)
  return fc.oneof(edges, fc.integer({ min: 0, max: DAY - 1 }))
}

function stepArb(): fc.Arbitrary<Step> {
  const round = fc.constantFrom(0, 0, 1, HOUR, 12 * HOUR, 23 * HOUR, DAY, DAY, DAY, 2 * DAY, 3 * DAY, 25 * HOUR)
  return fc.record({
    wait: fc.oneof({ weight: 3, arbitrary: round }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 * DAY }) }),
    move: fc.nat(99),
    blocked: fc.constantFrom(null, false, false, true),
    sets: fc.array(fc.tuple(fc.nat(DIMENSIONS.length - 1), fc.nat(5)), { maxLength: 2 }),
  })
}

function changesOf(stream: ValueStream, first: number, steps: readonly Step[], start: readonly number[]): RawChange[] {
  const values: Record<string, string | null> = {}
  DIMENSIONS.forEach((name, index) => {
    values[name] = valueAt(name, start[index] ?? 0)
  })
  let at = first
  let position = 0
  return steps.map((step, index) => {
    if (index > 0) at += step.wait * 1000 + (first % 1000) * (step.move % 3)
    for (const [dimension, value] of step.sets) {
      const name = DIMENSIONS[dimension] ?? 'team'
      values[name] = valueAt(name, value)
    }
    const { state, place } = moved(stream, position, index === 0 ? step.move % 60 : step.move)
    position = place
    return { at, state, blocked: step.blocked, reason: REASONS[step.move % REASONS.length], values: { ...values } }
  })
}

function valueAt(name: string, draw: number): string | null {
  const values = DIMENSION_VALUES[name] ?? [null]
  return values[draw % values.length] ?? null
}

/** Where a draw 0…99 leads: mostly forward, sometimes anywhere else. */
function moved(stream: ValueStream, position: number, move: number): { state: string | null; place: number } {
  const last = stream.stages.length - 1
  const to = (place: number) => ({ state: stateAt(stream, place, move), place })
  if (move < 36) return to(Math.min(last, position + 1))
  if (move < 46) return to(position)
  if (move < 60) return to((position + move) % (last + 1))
  if (move < 70) return to(Math.max(0, position - 1))
  if (move < 80) return to(last)
  if (move < 87) return { state: stream.cancelled[move % Math.max(1, stream.cancelled.length)] ?? null, place: position }
  if (move < 93) return { state: UNKNOWN_STATES[move % UNKNOWN_STATES.length] ?? null, place: position }
  return { state: null, place: position }
}

function stateAt(stream: ValueStream, place: number, draw: number): string | null {
  const stage = stream.stages[place]
  const states = [...(stage?.states ?? []), ...(stage?.waiting ?? [])]
  return states[draw % Math.max(1, states.length)] ?? null
}

/** Puts one row of the source before another one, so that the source goes back in time. */
function outOfOrder(changes: RawChange[], draw: number | undefined): RawChange[] {
  if (draw === undefined || changes.length < 2) return changes
  const from = draw % changes.length
  const moved = changes.filter((_, index) => index !== from)
  const change = changes[from]
  if (change) moved.splice(draw % (moved.length + 1), 0, change)
  return moved
}

/** The instant at which clocks in the zone show this second of the era's nth day (or the nearest that they do show). */
function localStart(era: Era, zone: string, [days, second]: readonly [number, number]): number {
  const wall = Date.parse(`${era}T00:00:00Z`) + days * DAY * 1000 + second * 1000
  let at = wall
  for (let round = 0; round < 2; round++) at = wall - offsetAt(at, zone)
  return at
}

function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - at
}
