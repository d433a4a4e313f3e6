import type { z } from 'zod'
import type { ColumnKind, ColumnTable, Row } from '../engine/columns'
import type { Dialect } from '../engine/dialect'
import type { Sql } from '../engine/sql'
import type { Portfolio } from '../model/portfolio'
import type { ValueStream } from '../model/value-stream'
import type { Repair } from '../snapshot/manifest'
import type { SharedName, SharedParams } from './params'
import type { Window } from './window'

/** What stands in a column of an answer. */
export interface ColumnSpec {
  readonly kind: ColumnKind
  /** One line, for tables, tooltips and the description of the API. */
  readonly meaning: string
  readonly unit?: string
  readonly nullable?: boolean
}

const spec =
  (kind: ColumnKind) =>
  (meaning: string, options: { unit?: string; nullable?: boolean } = {}): ColumnSpec => ({ kind, meaning, ...options })

/** Column kinds by name: `column.int('items in the stage', { unit: 'items' })`. */
export const column = {
  int: spec('int'),
  float: spec('float'),
  text: spec('text'),
  bool: spec('bool'),
  day: spec('day'),
  instant: spec('instant'),
}

export type Columns = Readonly<Record<string, ColumnSpec>>

/** What the items of a metric are, which decides the slice rule that holds when none is asked for. */
export type Subject = 'finished' | 'standing'

/** Everything a metric may look at while it asks and reasons. */
export interface MetricContext<Own = Record<string, unknown>> {
  readonly params: SharedParams & Own
  readonly window: Window
  /** Whether the window holds all of history, as of its end. */
  readonly isWhole: boolean
  readonly snapshotId: string
  /** Local days of the snapshot's first and last change. */
  readonly firstDay: number
  readonly lastDay: number
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  /** The span of the streams' own that was asked for; `params.span` is then `cycle`, in tables that begin and end where the span does. */
  readonly ownSpan?: string
  /** Streams in scope, in the order of the portfolio. */
  readonly streams: readonly ValueStream[]
  readonly dialect: Dialect
  /** What the build had to put right in the source. */
  readonly repairs: readonly Repair[]
  /** A table of the snapshot, or of the span of the streams' own that was asked for. */
  table(name: string): Sql
  /** The same whatever the span. */
  wholeTable(name: string): Sql
  /** Rows of a table of the snapshot; undefined: it has no such table. */
  rowCount(name: string): number | undefined
}

/** The one figure per period that a metric gives, for KPIs and process behaviour charts. */
export interface Figure {
  readonly column: string
  /** What it can't fall below. */
  readonly floor?: number
}

/** Answers another metric over the same snapshot, for metrics that are made of others. */
export type Ask = (
  metric: string,
  params: Readonly<Record<string, string | number | readonly string[]>>,
) => Promise<{ readonly rows: readonly Row[]; readonly figure?: Figure }>

/** Which of a metric's numbers is meant where it has many: a level at the end of a day, a figure of one stage. */
export interface Place {
  readonly day: number
  readonly stageId?: string
}

/** The items behind a metric's numbers, out of the facts that the numbers are made of. */
export interface ItemsBehind<Own = Record<string, unknown>> {
  /** Rows with `item_ix`; an item that is there twice counts once. */
  readonly list: (context: MetricContext<Own>, place: Place) => Sql
  /** What the items count up to: a column added up over rows, a column that is the same in all, or the rows themselves; absent: no number counts items. */
  readonly counted?: { readonly how: 'sum' | 'any'; readonly column: string } | { readonly how: 'rows' }
  /** Rows of the number that is meant, where not all of them; undefined when none of the numbers counts these items. */
  readonly rowsOf?: (context: MetricContext<Own>, place: Place) => ((row: Row) => boolean) | undefined
}

/** Where the items of a metric that is made of another one are listed. */
export interface Behind {
  readonly metric: string
  readonly params: Readonly<Record<string, string | number | readonly string[]>>
}

/** A metric: all that is said of it, in one place. */
export interface Metric<Own extends z.ZodRawShape = z.ZodRawShape> {
  /** As in addresses and on the command line. */
  readonly name: string
  readonly title: string
  /** What others call it. */
  readonly aka: readonly string[]
  /** Unit of its main figure. */
  readonly unit: string
  /** Definition in plain sentences. */
  readonly doc: string
  /** Where the definition comes from. */
  readonly source: string
  readonly subject: Subject
  /** For a metric whose items are others under some of its own parameters; it may be those of another metric by its name. */
  readonly subjectOf?: (params: z.infer<z.ZodObject<Own>>, subjectNamed: (metric: string) => Subject | undefined) => Subject | undefined
  /** Shared parameters that matter to it; the others are ignored and named. Scope and window always matter. */
  readonly uses: readonly SharedName[]
  /** Parameters of its own. */
  readonly params: z.ZodObject<Own>
  readonly columns: Columns
  /** Whether `period_on` is there only when a grain is asked for. */
  readonly optionalPeriod?: boolean
  /** Absent for a metric that can't stand behind a KPI. */
  readonly figure?: Figure
  /** Queries by name; with a single one called `rows` and no `derive`, its rows are the answer. */
  readonly queries: (context: MetricContext<z.infer<z.ZodObject<Own>>>) => Readonly<Record<string, Sql>>
  /** Further queries by name that are asked with what the ones before found, until there are no new ones; their answers are added to those. */
  readonly follow?: (
    answers: Readonly<Record<string, ColumnTable>>,
    context: MetricContext<z.infer<z.ZodObject<Own>>>,
  ) => Readonly<Record<string, Sql>>
  /** Pure reasoning over the queries' rows. Long answers as columns of the kinds declared, with a name in each `group`. */
  readonly derive?: (
    answers: Readonly<Record<string, ColumnTable>>,
    context: MetricContext<z.infer<z.ZodObject<Own>>>,
  ) => readonly Row[] | ColumnTable
  /** Absent for a metric that counts none. */
  readonly items?: ItemsBehind<z.infer<z.ZodObject<Own>>>
  /** For a metric that is made of others: the one whose items stand behind it; undefined when there is none. */
  readonly itemsOf?: (context: MetricContext<z.infer<z.ZodObject<Own>>>) => Behind | undefined
  /** For a metric that is made of other metrics, and of the rows of its own queries where it has any. */
  readonly compose?: (
    ask: Ask,
    context: MetricContext<z.infer<z.ZodObject<Own>>>,
    answers: Readonly<Record<string, ColumnTable>>,
  ) => Promise<readonly Row[]>
}

/** Gives a metric its types; the registry lists it. */
export function defineMetric<Own extends z.ZodRawShape>(metric: Metric<Own>): Metric<Own> {
  return metric
}
