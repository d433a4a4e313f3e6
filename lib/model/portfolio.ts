import type { Goal } from './goal'
import type { Kpi } from './kpi'
import type { ValueStream, WorkCalendar } from './value-stream'

export const ANNOTATION_KINDS = ['release', 'reorganisation', 'policy', 'tooling', 'incident', 'note'] as const
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number]

/** Something that happened and may explain a change; `scope` as in an address. */
export interface Annotation {
  /** Local dates, YYYY-MM-DD; `until` inclusive, absent: one day. */
  readonly on: string
  readonly until?: string
  readonly kind: AnnotationKind
  readonly text: string
  readonly scope: Readonly<Record<string, readonly string[]>>
}

/** A checked portfolio file, defaults filled in. */
export interface Portfolio {
  readonly name: string
  /** IANA zone of the portfolio; a stream may have its own. */
  readonly timezone: string
  readonly calendar: WorkCalendar
  readonly streams: readonly ValueStream[]
  readonly goals: readonly Goal[]
  readonly kpis: readonly Kpi[]
  readonly annotations: readonly Annotation[]
}
