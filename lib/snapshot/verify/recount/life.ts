import type { StreamRules } from './workflow'

export const SPAN_NAMES = ['lead', 'flow', 'cycle'] as const
type Span = (typeof SPAN_NAMES)[number]
type PerSpan<T> = Record<Span, T>

/** A row of `history.parquet`. */
export interface HistoryRow {
  readonly seq: number
  /** Milliseconds. */
  readonly at: number
  readonly state: string | null
  readonly blocked: boolean
  readonly reason: string | null
  readonly raw: Readonly<Record<string, string | null>>
}

/** How an item stands from one change on until the next. */
export interface Moment extends HistoryRow {
  readonly day: number
  readonly position: number
  readonly stageId: string
  readonly kind: string
  readonly waits: boolean
  readonly works: boolean
  readonly status: 'open' | 'finished' | 'removed'
  readonly mark: number
  readonly inside: PerSpan<boolean>
  /** First and latest start of each span so far. */
  readonly first: PerSpan<Start | null>
  readonly last: PerSpan<Start | null>
  /** Seconds so far: inside the span, and since its first start active, waiting, blocked. */
  readonly spent: PerSpan<{ inside: number; active: number; waiting: number; blocked: number }>
  /** Until the next change, whole seconds; 0 for the last. */
  readonly seconds: number
  readonly values: Readonly<Record<string, string | null>>
  readonly rawKey: string
}

export interface Start {
  readonly at: number
  readonly day: number
}

function perSpan<T>(make: (span: Span) => T): PerSpan<T> {
  return { lead: make('lead'), flow: make('flow'), cycle: make('cycle') }
}

/** Walks through the changes of one item, in their order, and notes what is true after each. */
export function lifeOf(rows: readonly HistoryRow[], rules: StreamRules): Moment[] {
  const moments: Moment[] = []
  let mark = -1
  let settled = -1
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]
    if (!row) continue
    const before = moments.at(-1)
    const meaning = rules.meaningOf(row.state)
    mark = Math.max(mark, meaning.position)
    if (meaning.position >= 0) settled = meaning.position
    const status = meaning.position === -2 ? 'removed' : meaning.position >= rules.finished ? 'finished' : 'open'
    const start: Start = { at: row.at, day: rules.dayOf(row.at) }
    const inside = perSpan((span) => status === 'open' && settled >= rules.starts[span])
    const skipsIn = status === 'finished' && before?.status !== 'finished'
    const entered = perSpan((span) => (inside[span] || skipsIn) && !(before?.inside[span] ?? false))
    const next = rows[index + 1]
    const rawKey = JSON.stringify(Object.values(row.raw))
    moments.push({
      ...row,
      ...meaning,
      ...{ status, mark, inside },
      day: start.day,
      works: meaning.kind === 'active',
      first: perSpan((span) => before?.first[span] ?? (mark >= rules.starts[span] ? start : null)),
      last: perSpan((span) => (entered[span] ? start : (before?.last[span] ?? null))),
      spent: perSpan((span) => spentBy(before, span)),
      seconds: next ? Math.floor(next.at / 1000) - Math.floor(row.at / 1000) : 0,
      values: rules.valuesOf(row.raw, rawKey),
      rawKey,
    })
  }
  return moments
}

function spentBy(before: Moment | undefined, span: Span): Moment['spent'][Span] {
  if (!before) return { inside: 0, active: 0, waiting: 0, blocked: 0 }
  const { inside, active, waiting, blocked } = before.spent[span]
  const began = before.first[span] !== null
  const still = before.waits || before.blocked
  const add = (counts: boolean) => (counts ? before.seconds : 0)
  return {
    inside: inside + add(before.inside[span]),
    active: active + add(began && before.status === 'open' && before.works && !still),
    waiting: waiting + add(began && before.status === 'open' && still),
    blocked: blocked + add(began && before.status === 'open' && before.blocked),
  }
}
