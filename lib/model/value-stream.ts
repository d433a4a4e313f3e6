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
}

/** Index of a stage in the order of its stream; -1 for a stage that has no position. */
export function stagePosition(stream: ValueStream, stageId: string): number {
  return stream.stages.findIndex((stage) => stage.id === stageId)
}
