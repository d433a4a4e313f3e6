import { type ColumnTable, type Row, toRows } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import type { MetricContext, Place } from '../define'
import { sliceOf } from '../slice'
import { atStage } from './behind'

const SECONDS_PER_DAY = 86_400

/**
 * Stays in each stage that touch the window, per stream and position: entries and exits inside it, the exits' active, waiting and
 * blocked seconds, and how many of the forward exits were followed by a return to the stage or before it.
 */
export function stageStays(context: MetricContext): Sql {
  const { window } = context
  const inWindow = (day: Sql) => sql`${day} >= ${window.from} AND ${day} < ${window.to}`
  const left = inWindow(sql`leave_day`)
  return sql`WITH stays AS (${staysInScope(context)}),
    exits AS (
      SELECT stays.item_ix, stays.stream_id, stays.position, stays.visit_ix, following.position AS to_position,
        max(CASE WHEN later.position >= 0 AND later.position <= stays.position THEN 1 ELSE 0 END) AS returned
      FROM stays
      JOIN ${context.table('visits')} AS following ON following.item_ix = stays.item_ix AND following.visit_ix = stays.visit_ix + 1
      JOIN ${context.table('visits')} AS later ON later.item_ix = stays.item_ix AND later.visit_ix > stays.visit_ix AND later.enter_day <= ${window.asOf}
      WHERE ${inWindow(sql`stays.leave_day`)} AND following.position > stays.position AND stays.position >= 0
      GROUP BY stays.item_ix, stays.stream_id, stays.position, stays.visit_ix, following.position),
    times AS (
      SELECT stream_id, position, count(CASE WHEN ${inWindow(sql`enter_day`)} THEN 1 END) AS arrivals, count(CASE WHEN ${left} THEN 1 END) AS departures,
        count(DISTINCT CASE WHEN ${left} THEN item_ix END) AS items,
        sum(CASE WHEN ${left} THEN seconds - waiting_seconds ELSE 0 END) AS working, sum(CASE WHEN ${left} THEN waiting_seconds ELSE 0 END) AS waiting,
        sum(CASE WHEN ${left} THEN blocked_seconds ELSE 0 END) AS blocked
      FROM stays GROUP BY stream_id, position),
    yields AS (SELECT stream_id, position, count(*) AS forward, sum(returned) AS returned FROM exits GROUP BY stream_id, position)
    SELECT times.stream_id, times.position, CAST(times.arrivals AS INTEGER) AS arrivals, CAST(times.departures AS INTEGER) AS departures,
      CAST(times.items AS INTEGER) AS items, CAST(times.working AS DOUBLE) AS working, CAST(times.waiting AS DOUBLE) AS waiting,
      CAST(times.blocked AS DOUBLE) AS blocked, CAST(coalesce(yields.forward, 0) AS INTEGER) AS forward, CAST(coalesce(yields.returned, 0) AS INTEGER) AS returned
    FROM times LEFT JOIN yields ON yields.stream_id = times.stream_id AND yields.position = times.position
    ORDER BY times.stream_id, times.position`
}

function staysInScope(context: MetricContext): Sql {
  const slice = sliceOf(context, { day: sql`fact.enter_day` })
  return sql`SELECT fact.item_ix, fact.stream_id, fact.visit_ix, fact.position, fact.enter_day, fact.leave_day, fact.seconds, fact.waiting_seconds, fact.blocked_seconds
    FROM ${context.table('visits')} AS fact ${slice.joins} WHERE fact.enter_day < ${context.window.to} AND ${slice.condition}`
}

/** Items that left a stage inside the window, those that `stageStays` counts. */
export function itemsThatLeft(context: MetricContext, { stageId }: Place): Sql {
  const { from, to } = context.window
  const here = stageId === undefined ? sql`position >= 0` : atStage(context, stageId, (position) => sql`position = ${position}`)
  return sql`SELECT item_ix FROM (${staysInScope(context)}) AS stays WHERE leave_day >= ${from} AND leave_day < ${to} AND ${here}`
}

/** Moves between stages inside the window, per stream and pair of positions: `stream_id, from_position, position, items, moves`. */
export function stageEdges(context: MetricContext): Sql {
  const { window } = context
  const slice = sliceOf(context, { day: sql`fact.day` })
  return sql`SELECT fact.stream_id, fact.from_position, fact.position, CAST(count(DISTINCT fact.item_ix) AS INTEGER) AS items, CAST(count(*) AS INTEGER) AS moves
    FROM ${context.table('moves')} AS fact ${slice.joins}
    WHERE fact.day >= ${window.from} AND fact.day < ${window.to} AND fact.from_position IS NOT NULL AND ${slice.condition}
    GROUP BY fact.stream_id, fact.from_position, fact.position ORDER BY fact.stream_id, fact.from_position, fact.position`
}

/** Items that stand in each stage at the end of the window: `stream_id, position, items, blocked_items`. */
export function stageStanding(context: MetricContext): Sql {
  const lastDay = context.window.to - 1
  const slice = sliceOf(context, { own: 'as_of', day: sql`${lastDay}` })
  return sql`SELECT fact.stream_id, fact.position, CAST(count(*) AS INTEGER) AS items, CAST(sum(CASE WHEN fact.blocked THEN 1 ELSE 0 END) AS INTEGER) AS blocked_items
    FROM ${context.table('spells')} AS fact ${slice.joins}
    WHERE fact.status = 'open' AND fact.from_day <= ${lastDay} AND (fact.to_day IS NULL OR fact.to_day > ${lastDay}) AND ${slice.condition}
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
export function figuresOf(
  table: ColumnTable | undefined,
  isWanted: (streamId: string, position: number) => boolean,
  isActive: boolean,
): StageFigures {
  const rows = (table ? toRows(table) : []).filter((row) => isWanted(String(row.stream_id), Number(row.position)))
  const sum = (name: string) => rows.reduce((total, row: Row) => total + Number(row[name]), 0)
  return {
    arrivals: sum('arrivals'),
    departures: sum('departures'),
    items: sum('items'),
    active: isActive ? sum('working') / SECONDS_PER_DAY : 0,
    waiting: sum('waiting') / SECONDS_PER_DAY,
    blocked: sum('blocked') / SECONDS_PER_DAY,
    forward: sum('forward'),
    returned: sum('returned'),
  }
}
