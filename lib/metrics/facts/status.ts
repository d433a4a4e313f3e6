import { type Sql, sql } from '../../engine/sql'
import type { MetricContext } from '../define'

/** Whether rows (an alias with a column `status`) are of a status: as the column holds it, so that rows of others are passed over. */
export function isOfStatus({ dialect, snapshotId }: MetricContext, rows: Sql, status: string): Sql {
  return sql`${rows}.status = ${dialect.text(snapshotId, 'status', status)}`
}
