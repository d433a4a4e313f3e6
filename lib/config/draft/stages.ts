import type { StateCount, StateProfile } from '@/lib/model/data-profile'
import { RESERVED_STAGES } from '@/lib/model/stage'
import type { StateKind } from './kind-by-name'
import { kindByName } from './kind-by-name'
import { orderStates } from './state-order'
import { slug, wordsOf } from './words'
import { comment } from './yaml-text'

export interface DraftStage {
  readonly id: string
  readonly name: string
  readonly kind: 'queue' | 'active' | 'done'
  /** The state, or the date column. */
  readonly source: string
  readonly itemCount: number
}

export interface DraftWorkflow {
  readonly stages: readonly DraftStage[]
  readonly cancelled: readonly string[]
  /** Too rare to be part of a workflow. */
  readonly leftOut: readonly StateCount[]
}

/** Fewer than one item in so many: rare; fewer than one in this: rare as well when it is a handful. */
const RARE = 2000
const RARE_HANDFUL = 200
const HANDFUL = 3
const LONGEST_NAME = 200
const LONGEST_STATE = 1000
const DATE_WORDS = ['date', 'at', 'on', 'time', 'timestamp', 'datetime']

/** Stages in the order of flow, done ones last; kinds by name. `mayCancel`: whether a state may end an item without delivering it. */
export function draftWorkflow(profile: StateProfile, { mayCancel }: { readonly mayCancel: boolean }): DraftWorkflow {
  const counts = new Map(profile.states.map((state) => [state.name, state]))
  const all = profile.states.reduce((sum, state) => sum + state.firstCount, 0)
  const leftOut = profile.states.filter(
    (state) => state.name.length > LONGEST_STATE || (isRare(state, all) && !saysCancelled(state, mayCancel)),
  )
  const ordered = orderStates(profile).filter((name) => !leftOut.some((state) => state.name === name))
  const kinds = new Map(ordered.map((name) => [name, kindOf(name, mayCancel)]))
  const cancelled = ordered.filter((name) => kinds.get(name) === 'cancelled')
  const flow = ordered.filter((name) => !cancelled.includes(name))
  const finish = flow.some((name) => kinds.get(name) === 'done') ? undefined : lastOf(flow, counts)
  if (finish !== undefined) kinds.set(finish, 'done')
  const isDone = (name: string) => kinds.get(name) === 'done'
  const names = [...flow.filter((name) => !isDone(name)), ...flow.filter(isDone)]
  return { stages: named(names, kinds, counts), cancelled, leftOut }
}

function isRare({ itemCount }: StateCount, all: number): boolean {
  return itemCount * RARE < all || (itemCount <= HANDFUL && itemCount * RARE_HANDFUL < all)
}

/** Plainly a word for "not delivered": such a state ends items however few they are. */
function saysCancelled({ name }: StateCount, mayCancel: boolean): boolean {
  return mayCancel && wordsOf(name).length <= 2 && kindByName(name) === 'cancelled'
}

function kindOf(name: string, mayCancel: boolean): StateKind {
  const kind = kindByName(stageName(name))
  return kind === 'cancelled' && !mayCancel ? 'done' : kind
}

/** Without a name that says done: the state in which most items end. */
function lastOf(names: readonly string[], counts: ReadonlyMap<string, StateCount>): string | undefined {
  return names.toSorted((a, b) => (counts.get(b)?.lastCount ?? 0) - (counts.get(a)?.lastCount ?? 0))[0]
}

function named(names: readonly string[], kinds: ReadonlyMap<string, StateKind>, counts: ReadonlyMap<string, StateCount>): DraftStage[] {
  const taken = [...RESERVED_STAGES]
  return names.map((source, index) => {
    const name = stageName(source)
    const id = slug(name, `stage-${index + 1}`, taken)
    taken.push(id)
    const kind = kinds.get(source)
    return {
      id,
      name,
      kind: kind === 'cancelled' || kind === undefined ? 'active' : kind,
      source,
      itemCount: counts.get(source)?.itemCount ?? 0,
    }
  })
}

/** `Activated Date` → Activated; on one line and of a length that people read. */
function stageName(source: string): string {
  const name = comment(withoutDateWord(source)).trim().slice(0, LONGEST_NAME) || 'Stage'
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function withoutDateWord(source: string): string {
  const words = source.trim().split(/[\s_]+/)
  const last = wordsOf(words.at(-1) ?? '')[0] ?? ''
  return words.length > 1 && DATE_WORDS.includes(last) ? words.slice(0, -1).join(' ') : source
}
