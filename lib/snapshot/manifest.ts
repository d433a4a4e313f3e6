import type { SourceReport } from '../history/session'
import type { Portfolio } from '../model/portfolio'

/** Raised when the tables of a snapshot change shape: part of every snapshot's id. */
export const SCHEMA_VERSION = 5
/** Raised when a figure comes to mean something else: part of every snapshot's id. */
export const DEFINITION_VERSION = 1

/** Tables that hold what follows from where a span begins and ends; each of the streams' own spans has its own. */
export const SPAN_TABLES = ['items', 'finishes', 'spells', 'moves'] as const

/** Name of such a table for a span of the streams' own. */
export function spanTable(table: string, spanId: string): string {
  return `${table}_of_${spanId}`
}

export interface SnapshotFile {
  readonly table: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly rowCount: number
}

/** How often a treatment of dirty input was used. */
export interface Repair {
  readonly streamId: string
  readonly rule: string
  readonly rowCount: number
  readonly example: string | null
}

/** What a snapshot says of itself. Days are days since 1970-01-01. */
export interface Manifest {
  readonly id: string
  readonly schemaVersion: number
  readonly definitionVersion: number
  /** When it was built; lies outside of the id. */
  readonly createdAt: string
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  readonly sources: readonly SourceReport[]
  readonly firstDay: number
  /** Local day of the last change: the default `asOf`. */
  readonly lastDay: number
  readonly counts: Readonly<Record<'items' | 'changes' | 'finished' | 'rejects', number>>
  readonly repairs: readonly Repair[]
  readonly warnings: readonly string[]
  readonly files: readonly SnapshotFile[]
}
