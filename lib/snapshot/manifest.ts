import type { SourceReport } from '../history/session'
import type { Portfolio } from '../model/portfolio'
import type { ItemsDigest } from './identity'
import type { MetState } from './walk/state-census'

/** Raised when the tables of a snapshot change shape: part of every snapshot's id. */
export const SCHEMA_VERSION = 10
/** Raised when a figure comes to mean something else: part of every snapshot's id. */
export const DEFINITION_VERSION = 1

/** Tables that hold what follows from where a span begins and ends; each of the streams' own spans has its own. */
export const SPAN_TABLES = ['items', 'finishes', 'passages', 'spells', 'moves', 'transfers'] as const

/** Name of such a table for a span of the streams' own. */
export function spanTable(table: string, spanId: string): string {
  return `${table}_of_${spanId}`
}

/** Without the span of the streams' own that it belongs to. */
export function plainTable(table: string): string {
  return table.replace(/_of_.*$/, '')
}

export interface SnapshotFile {
  readonly table: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly rowCount: number
  /** Whether an increment added it to the files of the snapshot from which it came. */
  readonly isAdded?: boolean
}

/** What a snapshot took over from the one before it. */
export interface Increments {
  /** The snapshot that was built as a whole. */
  readonly originId: string
  /** How many there were since then. */
  readonly count: number
  /** Rows of each table that later ones have replaced; they are those of the items in the table `replaced`. */
  readonly hidden: Readonly<Record<string, number>>
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
  readonly identity: ItemsDigest
  readonly states: readonly MetState[]
  readonly increments?: Increments
  readonly files: readonly SnapshotFile[]
}

/** What of a manifest its history decides. */
export type Made = Omit<Manifest, 'id' | 'schemaVersion' | 'definitionVersion' | 'createdAt' | 'portfolio' | 'dimensions'>
