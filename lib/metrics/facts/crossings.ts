import { ident, join, type Sql, sql } from '../../engine/sql'
import { dimensionColumn, formerDimensionColumn } from '../../model/dimension'
import { CROSSINGS } from '../../snapshot/cubes/cubes'
import type { MetricContext } from '../define'
import { isOfStreams, sliceOf } from '../slice'
import { coveringCube, netRows } from './cubes'

/**
 * What changes the number of items inside the span, counted per day and kind: `grp, day, kind, item_count`, kind one of arrivals,
 * departures, restorations, removals, transfers_in, transfers_out. On every day WIP rises by arrivals + restorations + transfers
 * in and falls by departures + removals + transfers out.
 */
export function crossings(context: MetricContext): Sql {
  const cube = crossingCounts(context)
  const ends = cube ?? sql`${arrived(context)} UNION ALL ${turned(context)}`
  return sql`SELECT grp, day, kind, CAST(sum(item_count) AS INTEGER) AS item_count FROM (${ends}
    UNION ALL ${transferred(context)}) AS crossed GROUP BY grp, day, kind ORDER BY grp NULLS LAST, day, kind`
}

/** Arrivals counted, in rows that add up: `grp, day, item_count`. */
export function arrivalCounts(context: MetricContext): Sql {
  const cube = crossingCounts(context)
  return cube
    ? sql`SELECT grp, day, item_count FROM (${cube}) AS crossed WHERE kind = 'arrivals'`
    : sql`SELECT grp, day, 1 AS item_count FROM (${arrivalFacts(context)}) AS arrived`
}

/** From the cube, all kinds but transfers. */
function crossingCounts(context: MetricContext): Sql | undefined {
  const { from, to } = context.window
  const cube = coveringCube(context, CROSSINGS)
  if (!cube) return undefined
  const rows = sql`SELECT ${cube.group} AS grp, fact.day, fact.kind, ${cube.measure('item_count')} AS item_count FROM ${cube.table} AS fact
    WHERE fact.day >= ${from} AND fact.day < ${to} AND ${cube.measure('item_count')} <> 0 AND ${cube.condition}`
  return netRows(context, rows, ['grp', 'day', 'kind'], ['item_count'])
}

/** Items in scope that cross the start of the span for the first time inside the window: `item_ix, grp, day`. */
export function arrivalFacts(context: MetricContext): Sql {
  const { window, params } = context
  const day = sql`fact.${ident(`first_start_day_${params.span}`)}`
  const slice = sliceOf(context, { day })
  return sql`SELECT fact.item_ix, ${slice.group} AS grp, ${day} AS day FROM ${context.table('items')} AS fact ${slice.joins}
    WHERE ${day} >= ${window.from} AND ${day} < ${window.to} AND ${slice.condition}`
}

/** Items that crossed either end of the span inside the window, transfers between slices aside. */
export function crossedItems(context: MetricContext): Sql {
  return sql`SELECT item_ix FROM (${arrivalFacts(context)}) AS arrived
    UNION ALL SELECT item_ix FROM (${turnFacts(context)}) AS turns WHERE status <> 'open' OR (was_started AND from_status IN ('finished', 'removed'))`
}

function arrived(context: MetricContext): Sql {
  return sql`SELECT grp, day, 'arrivals' AS kind, count(*) AS item_count FROM (${arrivalFacts(context)}) AS arrived GROUP BY grp, day`
}

/** Changes of status of items that have begun the span, by then or by this very move; leaving one end for the other is both a restoration and the new end. */
function turnFacts(context: MetricContext): Sql {
  const { window, params } = context
  const started = sql`fact.${ident(`first_start_day_${params.span}`)} IS NOT NULL`
  const slice = sliceOf(context, { own: 'as_of', day: sql`fact.day` })
  return sql`SELECT fact.item_ix, ${slice.group} AS grp, fact.day AS day, fact.from_status, fact.status, fact.${ident(`was_started_${params.span}`)} AS was_started
    FROM ${context.table('moves')} AS fact ${slice.joins}
    WHERE fact.day >= ${window.from} AND fact.day < ${window.to} AND ${started} AND ${slice.condition}
      AND (fact.from_status IS NULL OR fact.from_status <> fact.status)`
}

function turned(context: MetricContext): Sql {
  const counted = (kind: string, condition: Sql) =>
    sql`SELECT grp, day, ${kind} AS kind, count(*) AS item_count FROM turns WHERE ${condition} GROUP BY grp, day`
  return sql`SELECT * FROM (WITH turns AS (${turnFacts(context)})
    ${counted('departures', sql`status = 'finished'`)}
    UNION ALL ${counted('removals', sql`status = 'removed'`)}
    UNION ALL ${counted('restorations', sql`was_started AND from_status IN ('finished', 'removed')`)}) AS turned`
}

/** Under `as_of` an item that is inside the span at the end of a day moves between slices when its value has changed by the end of the next. */
function transferred(context: MetricContext): Sql {
  const { window, params } = context
  const nothing = sql`SELECT CAST(NULL AS VARCHAR) AS grp, 0 AS day, 'transfers_in' AS kind, 0 AS item_count WHERE FALSE`
  const group = params.group === undefined || params.group === 'stream' ? [] : [params.group]
  const dimensions = [...new Set([...params.dimensions.keys(), ...group])]
  if (params.rule !== 'as_of' || !dimensions.length) return nothing
  return transfers(context, window, dimensions)
}

function transfers(context: MetricContext, window: MetricContext['window'], dimensions: readonly string[]): Sql {
  const { params } = context
  const { group, condition } = sliceOf(context, { own: 'as_of', day: sql`fact.day` })
  const former = dimensions.map((dimension) => sql`fact.${ident(formerDimensionColumn(dimension))} AS ${ident(dimensionColumn(dimension))}`)
  const after = sql`SELECT fact.stream_id, fact.day, ${group} AS to_grp, (${condition}) AS now_in, ${join(former)} FROM ${context.table('transfers')} AS fact
    WHERE ${isOfStreams(context)} AND fact.day >= ${window.from} AND fact.day < ${window.to} AND fact.${ident(`first_start_day_${params.span}`)} IS NOT NULL`
  return sql`SELECT * FROM (WITH pairs AS (
      SELECT fact.day, fact.to_grp, fact.now_in, ${group} AS from_grp, (${condition}) AS was_in FROM (${after}) AS fact),
    moved AS (SELECT * FROM pairs WHERE was_in IS DISTINCT FROM now_in OR from_grp IS DISTINCT FROM to_grp)
    SELECT to_grp AS grp, day, 'transfers_in' AS kind, count(*) AS item_count FROM moved WHERE now_in GROUP BY to_grp, day
    UNION ALL
    SELECT from_grp, day, 'transfers_out', count(*) FROM moved WHERE was_in GROUP BY from_grp, day) AS moved`
}
