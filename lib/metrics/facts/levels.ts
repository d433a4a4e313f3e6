import { type Sql, sql } from '../../engine/sql'
import { LEVELS } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { sliceOf } from '../slice'
import { type CubeSource, coveringCube } from './cubes'

/**
 * Net changes of where items stand, day by day: `stream_id, day, position, mark, status, item_delta`, with `grp` where items are
 * grouped, in no order; several rows may say something of the same day and standing. What happened before the window is booked on its first day, so that running
 * sums over `[from, to)` are levels at the end of each day.
 */
export function levelChanges(context: MetricContext): Sql {
  const cube = coveringCube(context, LEVELS)
  return cube ? cubeChanges(context, cube) : spellChanges(context)
}

function cubeChanges(context: MetricContext, cube: CubeSource): Sql {
  const { window } = context
  if (cube.isExact) {
    return sql`SELECT fact.stream_id, greatest(fact.day, ${window.from}) AS day, fact.position, fact.mark, fact.status, fact.item_delta
      FROM ${cube.table} AS fact
      WHERE fact.day < ${window.to} AND ${cube.condition}`
  }
  const [grouped, group] = groupColumn(context, cube.group)
  return sql`SELECT ${grouped}fact.stream_id, greatest(fact.day, ${window.from}) AS day, fact.position, fact.mark, fact.status,
      CAST(sum(fact.item_delta) AS INTEGER) AS item_delta
    FROM ${cube.table} AS fact
    WHERE fact.day < ${window.to} AND ${cube.condition}
    GROUP BY ${group}fact.stream_id, greatest(fact.day, ${window.from}), fact.position, fact.mark, fact.status
    HAVING sum(fact.item_delta) <> 0`
}

/** From the items' own spells: for any scope and rule. */
function spellChanges(context: MetricContext): Sql {
  const { window } = context
  const [, group] = groupColumn(context, sql`grp`)
  return sql`WITH standing AS (${standingFacts(context)}),
    turns AS (
      SELECT ${group}stream_id, greatest(from_day, ${window.from}) AS day, position, mark, status, 1 AS delta FROM standing
      UNION ALL
      SELECT ${group}stream_id, to_day, position, mark, status, -1 FROM standing WHERE to_day < ${window.to})
    SELECT ${group}stream_id, day, position, mark, status, CAST(sum(delta) AS INTEGER) AS item_delta
    FROM turns GROUP BY ${group}stream_id, day, position, mark, status HAVING sum(delta) <> 0`
}

/** The column `grp` where it is made, and where it is read, each before a comma; nothing where items are not grouped: a text for each row costs as much as all else. */
function groupColumn({ params }: MetricContext, value: Sql): [made: Sql, read: Sql] {
  return params.group === undefined ? [sql``, sql``] : [sql`${value} AS grp, `, sql`grp, `]
}

/** Where each item in scope stands, as runs of days that touch the window: `item_ix, grp, stream_id, from_day, to_day, position, mark, status`. */
export function standingFacts(context: MetricContext): Sql {
  const { window } = context
  const slice = sliceOf(context, { own: 'as_of', day: sql`fact.from_day` })
  return sql`SELECT fact.item_ix, ${slice.group} AS grp, fact.stream_id, fact.from_day, fact.to_day, fact.position, fact.mark, fact.status
    FROM ${context.table('spells')} AS fact ${slice.joins}
    WHERE fact.from_day < ${window.to} AND fact.to_day > ${window.from} AND ${slice.condition}`
}
