import type { Stage } from './stage'

/** Service level expectation: `percentile` % of items within `days` inclusive days. */
export interface ServiceLevel {
  readonly percentile: number
  readonly days: number
}

/** Weekend days (ISO, 1 = Monday … 7 = Sunday) and dated holidays (YYYY-MM-DD). */
export interface WorkCalendar {
  readonly weekend: readonly number[]
  readonly holidays: readonly string[]
}

/** A configured source; `connector` picks the reader, which checks the rest itself. */
export interface SourceConfig {
  readonly connector: string
  readonly [option: string]: unknown
}

/** A span of a stream's own: from first entering a stage, or a later one, to entering another, or a later one. */
export interface OwnSpan {
  /** Lower case, digits and underscores; none of the presets. */
  readonly id: string
  readonly name: string
  /** Stage ids. */
  readonly from: string
  readonly to: string
}

/** A workflow and where its history comes from. Stage ids are unique within a stream. */
export interface ValueStream {
  readonly id: string
  readonly name: string
  /** IANA zone in which this stream's calendar days are taken. */
  readonly timezone: string
  readonly sources: readonly SourceConfig[]
  /** Flow item type → tracker types; an unmapped tracker type keeps its name. */
  readonly types: Readonly<Record<string, readonly string[]>>
  readonly stages: readonly Stage[]
  /** States that end an item without delivering it. */
  readonly cancelled: readonly string[]
  /** Stage id at which flow time starts. */
  readonly committed: string
  /** Stage id at which cycle time starts. */
  readonly started: string
  /** Stage id from which on an item is finished. */
  readonly finished: string
  readonly sle?: ServiceLevel
  /** Beside lead, flow and cycle time. */
  readonly spans?: readonly OwnSpan[]
}

/** The span between "requested" and "delivered", where a stream names these (definitions §3). */
export const CUSTOMER_SPAN = 'customer'

/** Index of a stage in the order of its stream; -1 for a stage that has no position. */
export function stagePosition(stream: ValueStream, stageId: string): number {
  return stream.stages.findIndex((stage) => stage.id === stageId)
}

/** The stream as one of its own spans sees it: what is timed begins and ends where the span does, and all is done from its end on; no expectation was given for it. Undefined: it has no such span. */
export function spanView(stream: ValueStream, spanId: string): ValueStream | undefined {
  const span = stream.spans?.find((candidate) => candidate.id === spanId)
  if (!span) return undefined
  const end = stagePosition(stream, span.to)
  const stages = stream.stages.map((stage, position) => (position >= end ? { ...stage, kind: 'done' as const } : stage))
  return { ...stream, stages, committed: span.from, started: span.from, finished: span.to, sle: undefined }
}

/** The spans that any of the streams names, each once, by id. */
export function ownSpans(streams: readonly ValueStream[]): OwnSpan[] {
  const byId = new Map(streams.flatMap((stream) => (stream.spans ?? []).map((span) => [span.id, span] as const)).toReversed())
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}
