import { type Sql, sql } from '../../engine/sql'
import type { MetricContext } from '../define'

/**
 * Rows of items that may be several for a stage, made one for each: who left no stage more than once has nothing to be put together. They
 * are most, and putting every item together takes most of an answer's time.
 * @param rowsOf rows of stays that ended, with an `item_ix`, of the items that meet a condition on it
 */
export function oncePerStage(context: MetricContext, rowsOf: (isWanted: (itemIx: Sql) => Sql) => { single: Sql; several: Sql }): Sql {
  const back = sql`(SELECT gone.item_ix FROM ${context.wholeTable('repeats')} AS gone)`
  const { single } = rowsOf((itemIx) => sql`${itemIx} NOT IN ${back}`)
  const { several } = rowsOf((itemIx) => sql`${itemIx} IN ${back}`)
  return sql`${single} UNION ALL ${several}`
}
