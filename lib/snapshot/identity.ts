import { createHash } from 'node:crypto'
import type { Builder } from '../engine/duckdb/builder'
import { type Sql, sql } from '../engine/sql'
import { DEFINITION_VERSION, SCHEMA_VERSION } from './manifest'

const ID_LENGTH = 20

/** Sums over the digests of items, in decimal digits: sums, so that items can be taken away and added. */
export interface ItemsDigest {
  readonly items: string
  readonly high: string
  readonly low: string
}

/** Digest of items, of whose history each row holds a digest. @param items table of them */
export async function digestItems(builder: Builder, items: Sql = sql`items`): Promise<ItemsDigest> {
  const [row] = await builder.rows(sql`SELECT CAST(count(*) AS VARCHAR) AS items,
      CAST(coalesce(sum(CAST(('0x' || left(h, 16)) AS UBIGINT)), 0) AS VARCHAR) AS high, CAST(coalesce(sum(CAST(('0x' || right(h, 16)) AS UBIGINT)), 0) AS VARCHAR) AS low
    FROM (SELECT md5(to_json(row(stream_id, item_id, key, title, url, digest_low, digest_high))) AS h FROM ${items} AS items)`)
  return { items: String(row?.items), high: String(row?.high), low: String(row?.low) }
}

/** The digest of all items after some were replaced by others. */
export function replaceDigest(all: ItemsDigest, gone: ItemsDigest, come: ItemsDigest): ItemsDigest {
  const replaced = (part: keyof ItemsDigest) => String(BigInt(all[part]) - BigInt(gone[part]) + BigInt(come[part]))
  return { items: replaced('items'), high: replaced('high'), low: replaced('low') }
}

/**
 * Content address of a history under a configuration: the same history, configuration and versions give the same id, whatever the
 * order in which rows were stored, the machine or the time of day. @returns 20 hexadecimal digits of a SHA-256
 */
export function snapshotId({ items, high, low }: ItemsDigest, configuration: string): string {
  return createHash('sha256')
    .update(JSON.stringify([SCHEMA_VERSION, DEFINITION_VERSION, configuration, items, high, low]))
    .digest('hex')
    .slice(0, ID_LENGTH)
}
