import { createHash } from 'node:crypto'
import type { Builder } from '../engine/duckdb/builder'
import { sql } from '../engine/sql'
import { DEFINITION_VERSION, SCHEMA_VERSION } from './manifest'

const ID_LENGTH = 20

/**
 * Content address of what is in the table `items`, which holds a digest of each item's history, under a configuration: the same
 * history, configuration and versions give the same id, whatever the order in which rows were stored, the machine or the time of day.
 * @returns 20 hexadecimal digits of a SHA-256
 */
export async function snapshotId(builder: Builder, configuration: string): Promise<string> {
  const [row] = await builder.rows(sql`SELECT CAST(count(*) AS VARCHAR) AS n,
      CAST(sum(CAST(('0x' || left(h, 16)) AS UBIGINT)) AS VARCHAR) AS high, CAST(sum(CAST(('0x' || right(h, 16)) AS UBIGINT)) AS VARCHAR) AS low
    FROM (SELECT md5(to_json(row(stream_id, item_id, key, title, url, digest_low, digest_high))) AS h FROM items)`)
  return createHash('sha256')
    .update(JSON.stringify([SCHEMA_VERSION, DEFINITION_VERSION, configuration, String(row?.n), String(row?.high), String(row?.low)]))
    .digest('hex')
    .slice(0, ID_LENGTH)
}
