import { type ColumnTable, type Row, toRows } from '../../engine/columns'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { LEVELS, REPEATED_STAGES, STAGES } from '../../snapshot/cubes/cubes'
import type { MetricContext, Place } from '../define'
import { type Slice, sliceOf } from '../slice'
import { atStage } from './behind'
import { coveringCube } from './cubes'
import { isOfStatus } from './status'

const SECONDS_PER_DAY = 86_400

/** Moves inside the window, or sums of them: `stream_id, from_position, position, moves, working_seconds, waiting_seconds, blocked_seconds, undone_day`. */
function movesThatCount(context: MetricContext): Sql {
  const { from, to } = context.window
  const cube = coveringCube(context, STAGES)
  const inside = sql`fact.day >= ${from} AND fact.day < ${to}`
  const columns = sql`fact.stream_id, fact.from_position, fact.position, fact.working_seconds, fact.waiting_seconds, fact.blocked_seconds, fact.undone_day`
  if (cube) return sql`SELECT ${columns}, fact.moves FROM ${cube.table} AS fact WHERE ${inside} AND ${cube.condition}`
  const { joins, condition } = sliceOfMoves(context)
  return sql`SELECT ${columns}, 1 AS moves FROM ${context.wholeTable('moves')} AS fact ${joins} WHERE ${inside} AND ${condition}`
}

function sliceOfMoves(context: MetricContext): Slice {
  return sliceOf(context, { own: 'as_of', day: sql`fact.day` })
}

/**
 * How many moves are to be taken off so that each item counts once, per stream and stage that it left, or edge that it took: an item that
 * did so twice inside the window counts where it first did. `stream_id, from_position, [position,] repeated`.
 */
function repeatedMoves(context: MetricContext, kind: 'exit' | 'edge'): Sql {
  const { from, to } = context.window
  const place = kind === 'exit' ? sql`fact.stream_id, fact.from_position` : sql`fact.stream_id, fact.from_position, fact.position`
  const inside = sql`fact.day >= ${from} AND fact.day < ${to}`
  const cube = coveringCube(context, REPEATED_STAGES)
  if (cube) {
    return sql`SELECT ${place}, sum(fact.moves) AS repeated FROM ${cube.table} AS fact
      WHERE fact.kind = ${context.dialect.text(context.snapshotId, 'kind', kind)} AND fact.before_day >= ${from} AND ${inside} AND ${cube.condition} GROUP BY ${place}`
  }
  // Where the values never changed, the one before is in the slice as well; else it takes a look at each item. Not `NOT`: that passes over nothing.
  const { joins, condition } = sliceOfMoves(context)
  const rows = sql`FROM ${context.wholeTable('repeats')} AS fact ${joins} WHERE ${inside} AND ${condition}`
  return sql`SELECT ${place}, count(*) AS repeated ${rows} AND fact.steady AND fact.${ident(`${kind}_before_day`)} >= ${from} GROUP BY ${place}
    UNION ALL SELECT ${place}, count(*) - count(DISTINCT fact.item_ix) ${rows} AND fact.steady = FALSE GROUP BY ${place}`
}

/**
 * What each stage saw inside the window, per stream and position: entries, exits, the exits' active, waiting and blocked seconds,
 * and how many of the forward exits were followed by a return to the stage or before it.
 */
export function stageStays(context: MetricContext): Sql {
  const { asOf } = context.window
  const count = (value: Sql) => sql`CAST(sum(${value}) AS INTEGER)`
  const seconds = ['working', 'waiting', 'blocked'].map((name) => sql`CAST(sum(${ident(name)}) AS DOUBLE) AS ${ident(name)}`)
  const isForward = sql`from_position >= 0 AND position > from_position`
  return sql`WITH moved AS (${movesThatCount(context)}),
    sides AS (
      SELECT stream_id, position, sum(moves) AS arrivals, 0 AS departures, 0 AS repeated, 0 AS working, 0 AS waiting, 0 AS blocked, 0 AS forward, 0 AS returned
      FROM moved GROUP BY stream_id, position
      UNION ALL
      SELECT stream_id, from_position, 0, sum(moves), 0, sum(working_seconds), sum(waiting_seconds), sum(blocked_seconds),
        sum(CASE WHEN ${isForward} THEN moves ELSE 0 END), sum(CASE WHEN ${isForward} AND undone_day <= ${asOf} THEN moves ELSE 0 END)
      FROM moved WHERE from_position IS NOT NULL GROUP BY stream_id, from_position
      UNION ALL
      SELECT stream_id, from_position, 0, 0, repeated, 0, 0, 0, 0, 0 FROM (${repeatedMoves(context, 'exit')}) AS again)
    SELECT stream_id, position, ${count(sql`arrivals`)} AS arrivals, ${count(sql`departures`)} AS departures,
      ${count(sql`departures - repeated`)} AS items, ${join(seconds)}, ${count(sql`forward`)} AS forward, ${count(sql`returned`)} AS returned
    FROM sides GROUP BY stream_id, position HAVING sum(arrivals) <> 0 OR sum(departures) <> 0 ORDER BY stream_id, position`
}

/** Stays in scope that ended inside the window, one row each; that counts in the slice of its own day. */
export function staysThatEnded(context: MetricContext): Sql {
  const { from, to } = context.window
  const { joins, condition } = sliceOfMoves(context)
  return sql`SELECT fact.item_ix, fact.stream_id, fact.from_position AS position, fact.seconds FROM ${context.wholeTable('moves')} AS fact ${joins}
    WHERE fact.day >= ${from} AND fact.day < ${to} AND fact.from_position IS NOT NULL AND ${condition}`
}

/** Items that left a stage inside the window, those that `stageStays` counts. */
export function itemsThatLeft(context: MetricContext, { stageId }: Place): Sql {
  const here = stageId === undefined ? sql`position >= 0` : atStage(context, stageId, (position) => sql`position = ${position}`)
  return sql`SELECT item_ix FROM (${staysThatEnded(context)}) AS stays WHERE ${here}`
}

/** Moves between stages inside the window, per stream and pair of positions: `stream_id, from_position, position, items, moves`. */
export function stageEdges(context: MetricContext): Sql {
  return sql`SELECT stream_id, from_position, position, CAST(sum(moves) - sum(repeated) AS INTEGER) AS items, CAST(sum(moves) AS INTEGER) AS moves
    FROM (SELECT stream_id, from_position, position, moves, 0 AS repeated FROM (${movesThatCount(context)}) AS moved WHERE from_position IS NOT NULL
      UNION ALL SELECT stream_id, from_position, position, 0, repeated FROM (${repeatedMoves(context, 'edge')}) AS again) AS sides
    GROUP BY stream_id, from_position, position HAVING sum(moves) <> 0 ORDER BY stream_id, from_position, position`
}

/** Open items that stand in each stage at the end of the window: `stream_id, position, items`. */
export function stageStanding(context: MetricContext): Sql {
  const lastDay = context.window.to - 1
  const cube = coveringCube(context, LEVELS)
  if (cube) {
    return sql`SELECT fact.stream_id, fact.position, CAST(sum(fact.item_delta) AS INTEGER) AS items FROM ${cube.table} AS fact
      WHERE ${isOfStatus(context, sql`fact`, 'open')} AND fact.day <= ${lastDay} AND ${cube.condition}
      GROUP BY fact.stream_id, fact.position HAVING sum(fact.item_delta) <> 0 ORDER BY fact.stream_id, fact.position`
  }
  const slice = sliceOf(context, { own: 'as_of', day: sql`${lastDay}` })
  return sql`SELECT fact.stream_id, fact.position, CAST(count(*) AS INTEGER) AS items
    FROM ${context.table('spells')} AS fact ${slice.joins}
    WHERE ${isOfStatus(context, sql`fact`, 'open')} AND fact.from_day <= ${lastDay} AND fact.to_day > ${lastDay} AND ${slice.condition}
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
