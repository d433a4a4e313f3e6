/** Key value areas (Evidence-Based Management Guide, Scrum.org). */
export const KEY_VALUE_AREAS = ['current-value', 'unrealised-value', 'time-to-market', 'ability-to-innovate'] as const
export type KeyValueArea = (typeof KEY_VALUE_AREAS)[number]

export const DIRECTIONS = ['higher', 'lower', 'within'] as const
export type Direction = (typeof DIRECTIONS)[number]

const KPI_STATUSES = ['met', 'on track', 'at risk', 'off track', 'no evidence'] as const
export type KpiStatus = (typeof KPI_STATUSES)[number]

/** A dated value that was measured outside. */
export interface SeriesPoint {
  /** Local date, YYYY-MM-DD. */
  readonly on: string
  readonly value: number
}

interface KpiBase {
  readonly id: string
  readonly goal: string
  readonly area: KeyValueArea
  readonly name: string
  readonly unit: string
  readonly direction: Direction
  readonly baseline?: number
  /** For `within`: the middle of the band. */
  readonly target: number
  /** For `within`: how far from the target still counts as met. */
  readonly tolerance?: number
  /** Local date, YYYY-MM-DD, by which the target is to be met; default: the goal's. */
  readonly due?: string
}

/**
 * A KPI measured by a flow metric. `params` are named as in an address: span, grain, unit (only days, elapsed, workdays), policy and
 * rule as text; percentiles (one) and the scope (stream, team, …, dim.<name>) as lists of text.
 */
export interface FlowKpi extends KpiBase {
  readonly kind: 'flow'
  readonly metric: string
  readonly params: Readonly<Record<string, string | number | readonly string[]>>
}

/** A KPI measured outside and imported as a dated series, in date order. */
export interface SeriesKpi extends KpiBase {
  readonly kind: 'series'
  readonly series: readonly SeriesPoint[]
}

export type Kpi = FlowKpi | SeriesKpi
