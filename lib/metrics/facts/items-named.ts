import { list, type Sql, sql } from '../../engine/sql'
import { splitList } from '../../model/scope'
import type { MetricContext } from '../define'

/** Whether an item is among those of some ids; undefined when none are named. @param ids separated by commas */
export function itemsNamed({ wholeTable }: MetricContext, itemIx: Sql, ids: string | undefined): Sql | undefined {
  const named = splitList(ids ?? '')
  return named.length
    ? sql`${itemIx} IN (SELECT item_ix FROM ${wholeTable('items')} AS chosen WHERE chosen.item_id IN ${list(named)})`
    : undefined
}
