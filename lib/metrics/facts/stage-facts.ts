import { type ColumnTable, type Row, toRows } from '../../engine/columns'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { LEVELS, STAGES } from '../../snapshot/cubes/cubes'
import type { MetricContext, Place } from '../define'
import { sliceOf } from '../slice'
import { atStage } from './behind'
import { type CubeSource, coveringCube } from './cubes'

const SECONDS_PER_DAY = 86_400

/**
 * What each stage saw inside the window, per stream and position: entries, exits, the exits' active, waiting and blocked seconds,
 * and how many of the forward exits were followed by a return to the stage or before it.
 */
export function stageStays(context: MetricContext): Sql {
  const cube = coveringCube(context, STAGES)
  return cube ? cubeStays(context, cube) : visitStays(context)
}

/** An item that left a stage twice inside the window counts once: not where it had already left it since the window began. */
function cubeStays({ window }: MetricContext, cube: CubeSource): Sql {
  const { from, to, asOf } = window
  const moves = (condition: Sql) => sql`sum(CASE WHEN ${condition} THEN fact.moves ELSE 0 END)`
  const seconds = ['working', 'waiting', 'blocked'].map((name) => sql`CAST(sum(fact.${ident(name)}) AS DOUBLE) AS ${ident(name)}`)
  const repeated = moves(sql`fact.kind = 'exit again' AND fact.other_day >= ${from}`)
  return sql`SELECT fact.stream_id, fact.position, CAST(${moves(sql`fact.kind = 'entry'`)} AS INTEGER) AS arrivals,
      CAST(${moves(sql`fact.kind = 'exit'`)} AS INTEGER) AS departures, CAST(${moves(sql`fact.kind = 'exit'`)} - ${repeated} AS INTEGER) AS items,
      ${join(seconds)}, CAST(${moves(sql`fact.kind = 'edge' AND fact.position >= 0 AND fact.to_position > fact.position`)} AS INTEGER) AS forward,
      CAST(${moves(sql`fact.kind = 'return' AND fact.other_day <= ${asOf}`)} AS INTEGER) AS returned
    FROM ${cube.table} AS fact WHERE fact.day >= ${from} AND fact.day < ${to} AND ${cube.condition}
    GROUP BY fact.stream_id, fact.position HAVING ${moves(sql`fact.kind IN ('entry', 'exit', 'edge')`)} <> 0 ORDER BY fact.stream_id, fact.position`
}

function visitStays(context: MetricContext): Sql {
  const { asOf } = context.window
  return sql`WITH entered AS (${staysThat(context, 'enter_day')}),
    gone AS (${staysThat(context, 'leave_day')}),
    exits AS (
      SELECT gone.item_ix, gone.stream_id, gone.position, gone.visit_ix,
        max(CASE WHEN later.position >= 0 AND later.position <= gone.position THEN 1 ELSE 0 END) AS returned
      FROM gone
      JOIN ${context.table('visits')} AS following ON following.item_ix = gone.item_ix AND following.visit_ix = gone.visit_ix + 1
      JOIN ${context.table('visits')} AS later ON later.item_ix = gone.item_ix AND later.visit_ix > gone.visit_ix AND later.enter_day <= ${asOf}
      WHERE following.position > gone.position AND gone.position >= 0
      GROUP BY gone.item_ix, gone.stream_id, gone.position, gone.visit_ix),
    counted AS (
      SELECT stream_id, position, 1 AS arrivals, 0 AS departures, CAST(NULL AS INTEGER) AS item_ix, 0 AS working, 0 AS waiting, 0 AS blocked FROM entered
      UNION ALL
      SELECT stream_id, position, 0, 1, item_ix, CASE WHEN kind = 'active' THEN seconds - waiting_seconds ELSE 0 END, waiting_seconds, blocked_seconds FROM gone),
    times AS (
      SELECT stream_id, position, sum(arrivals) AS arrivals, sum(departures) AS departures, count(DISTINCT item_ix) AS items,
        sum(working) AS working, sum(waiting) AS waiting, sum(blocked) AS blocked
      FROM counted GROUP BY stream_id, position),
    yields AS (SELECT stream_id, position, count(*) AS forward, sum(returned) AS returned FROM exits GROUP BY stream_id, position)
    SELECT times.stream_id, times.position, CAST(times.arrivals AS INTEGER) AS arrivals, CAST(times.departures AS INTEGER) AS departures,
      CAST(times.items AS INTEGER) AS items, CAST(times.working AS DOUBLE) AS working, CAST(times.waiting AS DOUBLE) AS waiting,
      CAST(times.blocked AS DOUBLE) AS blocked, CAST(coalesce(yields.forward, 0) AS INTEGER) AS forward, CAST(coalesce(yields.returned, 0) AS INTEGER) AS returned
    FROM times LEFT JOIN yields ON yields.stream_id = times.stream_id AND yields.position = times.position
    ORDER BY times.stream_id, times.position`
}

/** Stays in scope that began or ended inside the window, one row each; that counts in the slice of its own day. */
export function staysThat(context: MetricContext, dayName: 'enter_day' | 'leave_day'): Sql {
  const { from, to } = context.window
  const day = sql`fact.${ident(dayName)}`
  const slice = sliceOf(context, { day })
  return sql`SELECT fact.item_ix, fact.stream_id, fact.visit_ix, fact.position, fact.kind, fact.seconds, fact.waiting_seconds, fact.blocked_seconds
    FROM ${context.table('visits')} AS fact ${slice.joins} WHERE ${day} >= ${from} AND ${day} < ${to} AND ${slice.condition}`
}

/** Items that left a stage inside the window, those that `stageStays` counts. */
export function itemsThatLeft(context: MetricContext, { stageId }: Place): Sql {
  const here = stageId === undefined ? sql`position >= 0` : atStage(context, stageId, (position) => sql`position = ${position}`)
  return sql`SELECT item_ix FROM (${staysThat(context, 'leave_day')}) AS stays WHERE ${here}`
}

/** Moves between stages inside the window, per stream and pair of positions: `stream_id, from_position, position, items, moves`. */
export function stageEdges(context: MetricContext): Sql {
  const { window } = context
  const cube = coveringCube(context, STAGES)
  if (cube) {
    const repeated = sql`fact.kind = 'edge again' AND fact.other_day >= ${window.from}`
    return sql`SELECT fact.stream_id, fact.position AS from_position, fact.to_position AS position,
        CAST(sum(CASE WHEN fact.kind = 'edge' THEN fact.moves WHEN ${repeated} THEN -fact.moves ELSE 0 END) AS INTEGER) AS items,
        CAST(sum(CASE WHEN fact.kind = 'edge' THEN fact.moves ELSE 0 END) AS INTEGER) AS moves
      FROM ${cube.table} AS fact
      WHERE fact.kind IN ('edge', 'edge again') AND fact.day >= ${window.from} AND fact.day < ${window.to} AND ${cube.condition}
      GROUP BY fact.stream_id, fact.position, fact.to_position HAVING sum(CASE WHEN fact.kind = 'edge' THEN fact.moves ELSE 0 END) <> 0
      ORDER BY fact.stream_id, fact.position, fact.to_position`
  }
  const slice = sliceOf(context, { day: sql`fact.day` })
  return sql`SELECT fact.stream_id, fact.from_position, fact.position, CAST(count(DISTINCT fact.item_ix) AS INTEGER) AS items, CAST(count(*) AS INTEGER) AS moves
    FROM ${context.table('moves')} AS fact ${slice.joins}
    WHERE fact.day >= ${window.from} AND fact.day < ${window.to} AND fact.from_position IS NOT NULL AND ${slice.condition}
    GROUP BY fact.stream_id, fact.from_position, fact.position ORDER BY fact.stream_id, fact.from_position, fact.position`
}

/** Open items that stand in each stage at the end of the window: `stream_id, position, items`. */
export function stageStanding(context: MetricContext): Sql {
  const lastDay = context.window.to - 1
  const cube = coveringCube(context, LEVELS)
  if (cube) {
    return sql`SELECT fact.stream_id, fact.position, CAST(sum(fact.item_delta) AS INTEGER) AS items FROM ${cube.table} AS fact
      WHERE fact.status = 'open' AND fact.day <= ${lastDay} AND ${cube.condition}
      GROUP BY fact.stream_id, fact.position HAVING sum(fact.item_delta) <> 0 ORDER BY fact.stream_id, fact.position`
  }
  const slice = sliceOf(context, { own: 'as_of', day: sql`${lastDay}` })
  return sql`SELECT fact.stream_id, fact.position, CAST(count(*) AS INTEGER) AS items
    FROM ${context.table('spells')} AS fact ${slice.joins}
    WHERE fact.status = 'open' AND fact.from_day <= ${lastDay} AND fact.to_day > ${lastDay} AND ${slice.condition}
    GROUP BY fact.stream_id, fact.position ORDER BY fact.stream_id, fact.position`
}

/** What is known of one stage over the window, streams that share it added up; times in elapsed days. */
export interface StageFigures {
  readonly arrivals: number
  readonly departures: number
  readonly items: number
  readonly active: number
  readonly waiting: number
  readonly blocked: number
  readonly forward: number
  readonly returned: number
}

/** Adds up the rows of `stageStays` that belong to a stage. */
export function figuresOf(table: ColumnTable | undefined, isWanted: (streamId: string, position: number) => boolean): StageFigures {
  const rows = (table ? toRows(table) : []).filter((row) => isWanted(String(row.stream_id), Number(row.position)))
  const sum = (name: string) => rows.reduce((total, row: Row) => total + Number(row[name]), 0)
  return {
    arrivals: sum('arrivals'),
    departures: sum('departures'),
    items: sum('items'),
    active: sum('working') / SECONDS_PER_DAY,
    waiting: sum('waiting') / SECONDS_PER_DAY,
    blocked: sum('blocked') / SECONDS_PER_DAY,
    forward: sum('forward'),
    returned: sum('returned'),
  }
}
