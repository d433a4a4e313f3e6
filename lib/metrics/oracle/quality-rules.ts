import type { SpanName } from '@/lib/model/unit'
import type { Life, Moment } from './life'
import { firstStart, lastFinish } from './span'
import { secondsBetween, staysOf } from './stays'

/** What a rule looks at: an item among all the others, cut at the as-of day. */
export interface Looked {
  readonly life: Life
  readonly all: Population
  readonly span: SpanName
  readonly idleDays: number
  readonly asOf: number
  readonly isInWindow: (day: number) => boolean
}

/** What is said of many items at once. */
export interface Population {
  /** How many items of a stream have a key. */
  readonly keys: ReadonlyMap<string, number>
  /** Streams in which a key stands with a title. */
  readonly titles: ReadonlyMap<string, ReadonlySet<string>>
}

export const RULES: Readonly<Record<string, readonly [severity: string, finds: (looked: Looked) => boolean]>> = {
  'duplicate-keys': ['error', ({ life, all }) => (all.keys.get(keyIn(life)) ?? 0) > 1],
  'on-two-streams': ['warning', ({ life, all }) => (all.titles.get(titleOf(life) ?? '')?.size ?? 0) > 1],
  'incomplete-history': ['info', ({ life }) => isOlder(life)],
  'missing-team': ['warning', ({ life }) => (life.moments.at(-1)?.values.team ?? null) === null],
  'missing-type': ['warning', ({ life }) => (life.moments.at(-1)?.values.type ?? null) === null],
  'finished-without-start': [
    'warning',
    ({ life }) => isFinished(life) && !life.moments.some((moment) => kindOf(life, moment) === 'active'),
  ],
  'skipped-stages': ['info', ({ life }) => hasSkipped(life)],
  'unmapped-states': ['error', ({ life }) => recorded(life).some((moment) => moment.status === 'open' && moment.position === null)],
  reopened: [
    'info',
    ({ life, isInWindow }) => pairs(life).some(([was, is]) => was.status === 'finished' && is.status !== 'finished' && isInWindow(is.day)),
  ],
  'cancelled-and-finished': ['warning', ({ life }) => hasBeen(life, 'removed') && hasBeen(life, 'finished')],
  'changed-after-the-end': ['info', ({ life }) => changedAfterEnd(life)],
  'blocked-when-finished': ['warning', ({ life }) => isFinished(life) && life.moments.at(-1)?.blocked === true],
  'zero-length-visits': [
    'info',
    ({ life }) => staysOf(life).some((stay) => stay.position !== null && stay.left && !secondsBetween(stay.first.at, stay.left.at)),
  ],
  'instant-finish': ['warning', ({ life }) => finishedWithin(life, 60)],
  'zombie-wip': ['warning', isZombie],
}

/** Each field that a moment changes, against the one before it. */
export function changedFields(life: Life): { readonly moment: Moment; readonly field: string }[] {
  return life.moments.flatMap((moment, index) => {
    const before = fieldsOf(life.moments[index - 1])
    return [...fieldsOf(moment)].filter(([field, value]) => (before.get(field) ?? null) !== value).map(([field]) => ({ moment, field }))
  })
}

export function keyIn(life: Life): string {
  return JSON.stringify([life.stream.id, life.item.key ?? life.item.id])
}

/** Key and title of an item that has a title. */
export function titleOf(life: Life): string | undefined {
  return life.item.title ? JSON.stringify([life.item.key ?? life.item.id, life.item.title]) : undefined
}

function fieldsOf(moment: Moment | undefined): Map<string, string | null> {
  if (!moment) return new Map()
  const blocked: [string, string | null] = ['blocked', moment.blocked ? 'yes' : null]
  return new Map([['state', moment.state], blocked, ...Object.entries(moment.values)])
}

function kindOf(life: Life, moment: Moment) {
  return moment.position === null ? null : (life.stream.stages[moment.position]?.kind ?? null)
}

function isFinished(life: Life): boolean {
  return life.moments.at(-1)?.status === 'finished'
}

function hasBeen(life: Life, status: Moment['status']): boolean {
  return life.moments.some((moment) => moment.status === status)
}

function isOlder(life: Life): boolean {
  const first = life.item.changes.reduce((least, change) => Math.min(least, change.at), Number.POSITIVE_INFINITY)
  return life.item.createdAt !== null && life.item.createdAt < first
}

/** Without the time before the first recorded change. */
function recorded(life: Life): readonly Moment[] {
  return isOlder(life) ? life.moments.slice(1) : life.moments
}

function pairs(life: Life): [Moment, Moment][] {
  return life.moments.slice(1).flatMap((moment, index) => {
    const before = life.moments[index]
    return before ? [[before, moment]] : []
  })
}

/** Finished, and of the stages from the earliest it was in on, up to the finished one, some are missing. */
function hasSkipped(life: Life): boolean {
  const end = life.stream.stages.findIndex((stage) => stage.id === life.stream.finished)
  const passed = new Set(life.moments.map((moment) => moment.position).filter((position) => position !== null && position < end))
  if (!isFinished(life) || !passed.size) return false
  for (let position = [...passed].reduce<number>((least, one) => Math.min(least, one ?? end), end); position < end; position++) {
    if (!passed.has(position)) return true
  }
  return false
}

function changedAfterEnd(life: Life): boolean {
  const finish = lastFinish(life)
  return finish !== undefined && changedFields(life).some(({ moment, field }) => field !== 'state' && moment.at > finish.at)
}

function finishedWithin(life: Life, seconds: number): boolean {
  const [finish, created] = [lastFinish(life), life.moments[0]]
  return finish !== undefined && created !== undefined && secondsBetween(created.at, finish.at) < seconds
}

function isZombie({ life, span, idleDays, asOf }: Looked): boolean {
  const last = changedFields(life).at(-1)
  return (
    life.moments.at(-1)?.status === 'open' &&
    firstStart(life, span) !== undefined &&
    last !== undefined &&
    asOf - last.moment.day > idleDays
  )
}
