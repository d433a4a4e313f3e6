import { list, type Sql, sql } from '../../engine/sql'
import { splitList } from '../../model/scope'
import type { MetricContext } from '../define'
import { isOfStreams } from '../slice'

/** Whether an item of the streams in scope is among those of some ids; undefined when none are named. @param ids separated by commas */
export function itemsNamed(context: MetricContext, itemIx: Sql, ids: string | undefined): Sql | undefined {
  const named = splitList(ids ?? '')
  if (!named.length) return undefined
  return sql`${itemIx} IN (SELECT fact.item_ix FROM ${context.wholeTable('items')} AS fact
    WHERE fact.item_id IN ${list(named)} AND ${isOfStreams(context)})`
}
