import type { ColumnTable } from '@/lib/engine/columns'
import type { Facts } from '../rivals/facts'
import type { RivalRows } from '../rivals/rival'

/** What rivals know: the facts' vocabulary and the part of it that is asked for. */
export interface World extends Pick<Facts, 'streams' | 'values' | 'dimensions' | 'filters' | 'firstDay' | 'lastDay'> {
  /** Code of the one stream asked for. */
  readonly stream?: number
}

/** Answers of the statements → the metric's columns. Pure, and as quick as we know how. */
type Finish = (answers: readonly RivalRows[]) => ColumnTable

interface Cubed {
  readonly statements: readonly string[]
  /** Absent: their rows are those of the plain statements. */
  readonly finish?: Finish
}

/** How a database without our layout answers the same. */
export interface RivalQuestion {
  readonly statements: (options: { readonly hasGroupingSets: boolean }) => readonly string[]
  /** The same out of pre-aggregated tables, where these can answer. */
  readonly cubed?: Cubed
  readonly finish: Finish
  /** Touches every column that the question needs and no more. */
  readonly scan: string
  /** Columns of a table and a plain loop over them that gives what the only statement gives. */
  readonly loop?: {
    readonly table: string
    readonly columns: readonly string[]
    readonly run: (columns: readonly Int32Array[]) => RivalRows
  }
}

/** A view of the dashboard as it asks for it. */
export interface View {
  readonly name: string
  readonly metric: string
  readonly params: Readonly<Record<string, string>>
  /** Columns whose sums all answers must share. */
  readonly figures: readonly string[]
  readonly rival?: RivalQuestion
}

/** A view before its scope is known. */
export interface ViewKind {
  readonly name: string
  readonly metric: string
  readonly params?: (world: World) => Readonly<Record<string, string>>
  readonly figures: readonly string[]
  readonly rival?: (world: World) => RivalQuestion
}

/** A condition on the stream, and on others if there are any. */
export function where(world: World, ...others: readonly string[]): string {
  const all = [...(world.stream === undefined ? [] : [`stream = ${world.stream}`]), ...others]
  return all.length ? `WHERE ${all.join(' AND ')}` : ''
}

/** Streams in scope by code. */
export function streamsOf(world: World): Map<number, World['streams'][number]> {
  return new Map([...world.streams.entries()].filter(([code]) => world.stream === undefined || code === world.stream))
}

/** Columns of the answers' rows as numbers: what a driver gives as text becomes one. */
export function num(value: number | string | null | undefined): number {
  return typeof value === 'number' ? value : Number(value ?? 0)
}
