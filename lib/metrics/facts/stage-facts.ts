import type { Cell, Row } from '../../engine/columns'
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
function repeatedMoves(context: MetricContext, kind: Repetition): Sql {
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

/** Moves of an item that it had made before inside the window: out of the same stage, or along the same edge. */
type Repetition = 'exit' | 'edge'

/**
 * Moves inside the window, added up where they lead from and to: `kind, stream_id, from_position, position, moves`, the active, waiting and
 * blocked seconds of the stays that they ended, and how many of those forward a return to the stage or before it followed (`returned`).
 * `kind` is `moved`; rows of `repetitions` say instead how many `moves` are to be taken off for each item to count once, several of a
 * place adding up.
 */
export function stageMoves(context: MetricContext, repetitions: readonly Repetition[] = []): Sql {
  const { asOf } = context.window
  const seconds = ['working', 'waiting', 'blocked'].map((name) => sql`CAST(sum(${ident(`${name}_seconds`)}) AS DOUBLE) AS ${ident(name)}`)
  const isReturned = sql`from_position >= 0 AND position > from_position AND undone_day <= ${asOf}`
  const moved = sql`SELECT 'moved' AS kind, stream_id, from_position, position, CAST(sum(moves) AS INTEGER) AS moves, ${join(seconds)},
      CAST(sum(CASE WHEN ${isReturned} THEN moves ELSE 0 END) AS INTEGER) AS returned
    FROM (${movesThatCount(context)}) AS moves GROUP BY stream_id, from_position, position HAVING sum(moves) <> 0`
  const again = repetitions.map((kind) => {
    const position = kind === 'edge' ? sql`position` : sql`NULL`
    return sql`SELECT ${kind} AS kind, stream_id, from_position, ${position}, CAST(repeated AS INTEGER), 0, 0, 0, 0
      FROM (${repeatedMoves(context, kind)}) AS again`
  })
  return sql`${join([moved, ...again], ' UNION ALL ')} ORDER BY kind, stream_id, from_position, position`
}

/** Stays in scope that ended inside the window, one row each; that counts in the slice of its own day. */
export function staysThatEnded(context: MetricContext): Sql {
  const { from, to } = context.window
  const { joins, condition } = sliceOfMoves(context)
  return sql`SELECT fact.item_ix, fact.stream_id, fact.from_position AS position, fact.seconds FROM ${context.wholeTable('moves')} AS fact ${joins}
    WHERE fact.day >= ${from} AND fact.day < ${to} AND fact.from_position IS NOT NULL AND ${condition}`
}

/** Items that left a stage inside the window, those that `stageMoves` counts. */
export function itemsThatLeft(context: MetricContext, { stageId }: Place): Sql {
  const here = stageId === undefined ? sql`position >= 0` : atStage(context, stageId, (position) => sql`position = ${position}`)
  return sql`SELECT item_ix FROM (${staysThatEnded(context)}) AS stays WHERE ${here}`
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

/** Adds up the rows of `stageMoves` that came to a stage or left it; `items` needs the repeated exits. */
export function figuresOf(rows: readonly Row[], isWanted: (streamId: string, position: number) => boolean): StageFigures {
  const isAt = ({ stream_id }: Row, position: Cell | undefined) => position != null && isWanted(String(stream_id), Number(position))
  const sum = (wanted: readonly Row[], name: string) => wanted.reduce((total, row) => total + Number(row[name]), 0)
  const moved = rows.filter(({ kind }) => kind === 'moved')
  const out = moved.filter((row) => isAt(row, row.from_position))
  const again = rows.filter((row) => row.kind === 'exit' && isAt(row, row.from_position))
  const forward = out.filter(({ from_position, position }) => Number(from_position) >= 0 && Number(position) > Number(from_position))
  const departures = sum(out, 'moves')
  return {
    arrivals: sum(
      moved.filter((row) => isAt(row, row.position)),
      'moves',
    ),
    departures,
    items: departures - sum(again, 'moves'),
    active: sum(out, 'working') / SECONDS_PER_DAY,
    waiting: sum(out, 'waiting') / SECONDS_PER_DAY,
    blocked: sum(out, 'blocked') / SECONDS_PER_DAY,
    forward: sum(forward, 'moves'),
    returned: sum(forward, 'returned'),
  }
}

/** Moves from one stage to another. */
export interface StageEdge {
  readonly row: Row
  readonly moves: number
  /** Items that took it, each once. */
  readonly items: number
}

/** Edges between positions among rows of `stageMoves`, which need the repeated edges. */
export function edgesAmong(rows: readonly Row[]): StageEdge[] {
  const again = new Map<string, number>()
  for (const row of rows) if (row.kind === 'edge') again.set(edgeOf(row), (again.get(edgeOf(row)) ?? 0) + Number(row.moves))
  return rows
    .filter(({ kind, from_position }) => kind === 'moved' && from_position !== null)
    .map((row) => ({ row, moves: Number(row.moves), items: Number(row.moves) - (again.get(edgeOf(row)) ?? 0) }))
}

/** Tells an edge of a stream from all others. */
export function edgeOf({ stream_id, from_position, position }: Row): string {
  return `${from_position} ${position} ${stream_id}`
}
