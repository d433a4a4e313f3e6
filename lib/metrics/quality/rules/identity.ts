import { ident, type Sql, sql } from '../../../engine/sql'
import { dimensionColumn } from '../../../model/dimension'
import { movesUntil, type QualityContext, type Rule, standingNow } from './rule'

/** Items of which something is missing, or that are there twice. */
export const IDENTITY_RULES: readonly Rule[] = [
  {
    name: 'duplicate-keys',
    severity: 'error',
    meaning: 'share their key with another item of the same stream: the same work may count twice',
    items: (context) => sql`SELECT items.item_ix FROM ${context.table('items')} AS items
      JOIN (SELECT stream_id, key FROM ${context.table('items')} AS known WHERE created_day <= ${context.window.asOf} GROUP BY stream_id, key HAVING count(*) > 1) AS twice
        ON twice.stream_id = items.stream_id AND twice.key = items.key`,
  },
  {
    name: 'on-two-streams',
    severity: 'warning',
    meaning: 'have the key and the title of an item of another stream: the whole portfolio counts them twice',
    items: (context) => sql`SELECT items.item_ix FROM ${context.wholeTable('items')} AS items
      JOIN (SELECT key, title FROM ${context.wholeTable('items')} AS known WHERE created_day <= ${context.window.asOf} AND title <> '' GROUP BY key, title HAVING count(DISTINCT stream_id) > 1) AS twice
        ON twice.key = items.key AND twice.title = items.title`,
  },
  {
    name: 'incomplete-history',
    severity: 'info',
    meaning: 'are older than their first recorded change: where they stood before was inferred',
    items: (context) => sql`SELECT item_ix FROM (${movesUntil(context)}) AS moved WHERE seq = 0`,
  },
  {
    name: 'state-missing',
    severity: 'info',
    meaning: 'rows told no state; the one before was taken, or for the first ones the one after',
    repairs: ['first_state_missing', 'state_missing_unchanged'],
  },
  {
    name: 'missing-team',
    severity: 'warning',
    meaning: 'have no team: they are in no team’s figures',
    items: (context) => without('team', context),
  },
  {
    name: 'missing-type',
    severity: 'warning',
    meaning: 'have no type: no share of the distribution holds them',
    items: (context) => without('type', context),
  },
]

function without(dimension: string, context: QualityContext): Sql {
  return sql`SELECT item_ix FROM (${standingNow(context)}) AS stood WHERE ${ident(dimensionColumn(dimension))} IS NULL`
}
