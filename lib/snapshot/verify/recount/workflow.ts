import type { Goal } from '../../../model/goal'
import type { Portfolio } from '../../../model/portfolio'
import type { ValueStream } from '../../../model/value-stream'
import { localDays } from './local-day'

/** What a state means in a stream. Positions as in the tables: −1 unmapped, −2 cancelled. */
export interface Meaning {
  readonly position: number
  readonly stageId: string
  readonly kind: string
  readonly waits: boolean
}

/** A stream as the recount needs it, read from the configuration by itself. */
export interface StreamRules {
  readonly stream: ValueStream
  readonly finished: number
  /** First position of each span; lead time begins with the item. */
  readonly starts: Readonly<Record<'lead' | 'flow' | 'cycle', number>>
  meaningOf(state: string | null): Meaning
  dayOf(at: number): number
  /** Values as the model has them: types and goals mapped. Equal values have equal keys. */
  valuesOf(raw: Readonly<Record<string, string | null>>, key: string): Record<string, string | null>
}

const CANCELLED: Meaning = { position: -2, stageId: 'cancelled', kind: 'cancelled', waits: false }
const UNMAPPED: Meaning = { position: -1, stageId: 'unmapped', kind: 'unmapped', waits: false }

export function rulesOf(stream: ValueStream, portfolio: Portfolio): StreamRules {
  const meanings = new Map<string, Meaning>()
  const at = (id: string) => stream.stages.findIndex((stage) => stage.id === id)
  stream.stages.forEach((stage, position) => {
    const own = { position, stageId: stage.id, kind: stage.kind }
    for (const state of stage.states) meanings.set(state, { ...own, waits: stage.kind === 'queue' })
    for (const state of stage.waiting) meanings.set(state, { ...own, waits: true })
  })
  for (const state of stream.cancelled) meanings.set(state, CANCELLED)
  // Sources with a date per stage write the stage's own id.
  stream.stages.forEach((stage, position) => {
    if (!meanings.has(stage.id)) meanings.set(stage.id, { position, stageId: stage.id, kind: stage.kind, waits: stage.kind === 'queue' })
  })
  if (!meanings.has('cancelled')) meanings.set('cancelled', CANCELLED)
  const known = new Map<string, Record<string, string | null>>()
  const first = stream.stages[0]
  const unstated: Meaning = first?.kind === 'queue' ? { position: 0, stageId: first.id, kind: 'queue', waits: true } : UNMAPPED
  return {
    stream,
    finished: at(stream.finished),
    starts: { lead: -1, flow: at(stream.committed), cycle: at(stream.started) },
    meaningOf: (state) => (state === null ? unstated : (meanings.get(state) ?? UNMAPPED)),
    dayOf: localDays(stream.timezone),
    valuesOf: (raw, key) => {
      const found = known.get(key) ?? mapped(raw, stream, portfolio.goals)
      known.set(key, found)
      return found
    },
  }
}

function mapped(raw: Readonly<Record<string, string | null>>, stream: ValueStream, goals: readonly Goal[]): Record<string, string | null> {
  const tracker = raw.type ?? null
  const flow = Object.entries(stream.types).find(([, types]) => tracker !== null && types.includes(tracker))
  const values = { ...raw, type: flow?.[0] ?? tracker }
  return { ...values, goal: raw.goal ?? goalOf(values, stream, goals) }
}

/** The first goal of the most specific level that asks for something and gets all of it. */
function goalOf(values: Readonly<Record<string, string | null>>, stream: ValueStream, goals: readonly Goal[]): string | null {
  for (const level of ['immediate', 'intermediate', 'strategic']) {
    for (const goal of goals) {
      if (goal.level !== level) continue
      const wanted = Object.entries(goal.match ?? {})
      const meets = wanted.every(([name, allowed]) => allowed.includes((name === 'stream' ? stream.id : values[name]) ?? '\u0000'))
      if (wanted.length && meets) return goal.id
    }
  }
  return null
}
