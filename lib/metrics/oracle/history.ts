import type { Goal } from '@/lib/model/goal'
import type { Kpi } from '@/lib/model/kpi'
import type { Grain, Policy, SliceRule, SpanName, Unit } from '@/lib/model/unit'
import type { ValueStream, WorkCalendar } from '@/lib/model/value-stream'

/** One row of a source as it stands there, a full record; nothing is repaired. */
export interface RawChange {
  /** Source time, milliseconds UTC. */
  readonly at: number
  /** Null: this row does not tell the state. */
  readonly state: string | null
  readonly blocked: boolean | null
  /** Why it is blocked; absent: the source does not say. */
  readonly reason?: string | null
  /** Value of each dimension; null or absent: blank. */
  readonly values: Readonly<Record<string, string | null>>
}

export interface RawItem {
  readonly id: string
  readonly key: string | null
  readonly title: string | null
  /** The tracker's creation time, milliseconds UTC. */
  readonly createdAt: number | null
  /** In the order of the source, which need not be that of time. */
  readonly changes: readonly RawChange[]
}

export interface RawStream {
  readonly stream: ValueStream
  /** Dimensions in which a blank means "unchanged". */
  readonly carried: readonly string[]
  readonly items: readonly RawItem[]
}

/** All that a build is given, without any of its tables. */
export interface RawHistory {
  readonly goals: readonly Goal[]
  readonly calendar: WorkCalendar
  readonly dimensions: readonly string[]
  readonly streams: readonly RawStream[]
  readonly kpis?: readonly Kpi[]
}

/** What is asked of a metric; days are day numbers. The defaults of absent parameters are those of the metric. */
export interface Question {
  /** Empty: all streams. */
  readonly streams: readonly string[]
  /** Dimension → values let through; null: items without one. */
  readonly filters: Readonly<Record<string, readonly (string | null)[]>>
  readonly from?: number
  readonly to?: number
  readonly asOf?: number
  readonly rule?: SliceRule
  readonly span: SpanName
  /** A span of the streams' own, asked for in the place of `span`. */
  readonly ownSpan?: string
  readonly unit?: Unit
  readonly grain?: Grain
  readonly groupBy?: string
  readonly policy: Policy
  readonly percentiles: readonly number[]
  /** Parameters of the metric `items`. */
  readonly onDay?: number
  readonly stageId?: string
  readonly status?: 'open' | 'in_progress' | 'finished' | 'removed'
  /** Which of a metric's own parameters are taken (`variants.ts`); absent: the first. */
  readonly turn?: number
  /** A metric's own parameters told outright, instead of by turn. */
  readonly own?: Readonly<Record<string, string>>
}

export type OracleCell = string | number | boolean | null
export type OracleRow = Readonly<Record<string, OracleCell>>
