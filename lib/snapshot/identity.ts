import { createHash } from 'node:crypto'
import type { Builder } from '../engine/duckdb/builder'
import { type Sql, sql } from '../engine/sql'
import { dimensionList } from '../history/tables'
import { DEFINITION_VERSION, SCHEMA_VERSION } from './manifest'

const ID_LENGTH = 20

/**
 * Content address of what is in the tables `history` and `item_facts` under a configuration: the same history, configuration
 * and versions give the same id, whatever the order in which rows were stored, the machine or the time of day.
 * @returns 20 hexadecimal digits of a SHA-256
 */
export async function snapshotId(builder: Builder, options: { configuration: string; dimensions: readonly string[] }): Promise<string> {
  const history = await digest(
    builder,
    sql`SELECT md5(concat_ws(chr(31), stream_id, item_id, seq, epoch_us(changed_at), coalesce(state, chr(30)),
    blocked, to_json(row(${dimensionList(options.dimensions)})))) AS h FROM history`,
  )
  const facts = await digest(builder, sql`SELECT md5(to_json(row(stream_id, item_id, key, title, url))) AS h FROM item_facts`)
  return createHash('sha256')
    .update(JSON.stringify([SCHEMA_VERSION, DEFINITION_VERSION, options.configuration, history, facts]))
    .digest('hex')
    .slice(0, ID_LENGTH)
}

/** Order-independent digest of rows: count and sums of both halves of each row's MD5. */
async function digest(builder: Builder, hashes: Sql): Promise<string[]> {
  const [row] = await builder.rows(sql`SELECT CAST(count(*) AS VARCHAR) AS n,
      CAST(sum(CAST(('0x' || left(h, 16)) AS UBIGINT)) AS VARCHAR) AS high, CAST(sum(CAST(('0x' || right(h, 16)) AS UBIGINT)) AS VARCHAR) AS low
    FROM (${hashes})`)
  return [String(row?.n), String(row?.high), String(row?.low)]
}
