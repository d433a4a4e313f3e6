import { ident, type Sql, sql } from '../../engine/sql'
import type { MetricContext } from '../define'

/**
 * The order of a stream's items by when they began. Their numbers tell it, except for those that came with an increment: these
 * stand in `item_orders` with a place between the numbers of others. @param rows alias of rows with an `item_ix`
 */
export function itemOrder(context: MetricContext, rows: string): { readonly key: Sql; readonly joins: Sql } {
  const number = sql`${ident(rows)}.item_ix`
  if (context.rowCount('item_orders') === undefined) return { key: number, joins: sql`` }
  return {
    key: sql`coalesce(placed.item_order, CAST(${number} AS DOUBLE))`,
    joins: sql`LEFT JOIN ${context.wholeTable('item_orders')} AS placed ON placed.item_ix = ${number}`,
  }
}
