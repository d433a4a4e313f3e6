import { type Sql, sql } from '../../../engine/sql'
import type { MetricContext } from '../../define'

export const SEVERITIES = ['error', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What data-quality asks for of its own. */
export type QualityParams = { readonly check?: string; readonly idleDays: number }
export type QualityContext = MetricContext<QualityParams>

/** Something about data that a reader of figures should know. */
export interface Rule {
  readonly name: string
  /** error: the data can't be right; warning: it may mislead; info: worth knowing. */
  readonly severity: Severity
  /** What is so of the items that it finds. */
  readonly meaning: string
  /** Rows with `item_ix`; history is cut at the end of the as-of day. Absent for what only the build could see. */
  readonly items?: (context: QualityContext) => Sql
  /** Names of repairs of the build that tell of it; it can't say any more which items they were. */
  readonly repairs?: readonly string[]
}

/** Items that are finished as of the as-of day, at their last finish. */
export function finishedNow(context: QualityContext): Sql {
  const { asOf } = context.window
  return sql`SELECT item_ix, stream_id, finished_at, finish_day, first_elapsed_lead FROM ${context.table('finishes')} AS ends
    WHERE finish_day <= ${asOf} AND until_day > ${asOf}`
}

/** How items stand at the end of the as-of day. */
export function standingNow(context: QualityContext): Sql {
  const { asOf } = context.window
  return sql`SELECT * FROM ${context.table('spells')} AS stood WHERE from_day <= ${asOf} AND to_day > ${asOf}`
}

/** Every change of a field up to the as-of day. */
export function changesUntil(context: QualityContext): Sql {
  return sql`SELECT * FROM ${context.table('changes')} AS told WHERE day <= ${context.window.asOf}`
}

/** Every change of stage or status up to the as-of day. */
export function movesUntil(context: QualityContext): Sql {
  return sql`SELECT * FROM ${context.table('moves')} AS moved WHERE day <= ${context.window.asOf}`
}
