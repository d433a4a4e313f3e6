import { type Cell, numbersOf, type Row } from '../../engine/columns'
import { ident, join, type Sql, sql } from '../../engine/sql'
import { LEVELS, REPEATED_STAGES, STAGES, STAY_TIME_BANDS, STAY_TIMES } from '../../snapshot/cubes/cubes'
import { STAYS } from '../../snapshot/projections'
import type { MetricContext, Place } from '../define'
import { atEndOfWindow, type Slice, sliceOf } from '../slice'
import { atStage } from './behind'
import { coveringCube } from './cubes'
import { type DurationCubes, isWanted, type Wanted } from './duration-ladder'
import { rowsInScope } from './kept-rows'
import { isOfStatus } from './status'

const SECONDS_PER_DAY = 86_400

const EDGE = sql`fact.stream_id, fact.from_position, fact.position`
const TIMES = ['working', 'waiting', 'blocked']

/**
 * Moves inside the window, per stream and pair of positions; `from_position` is NULL where items begin. With them the working, waiting and
 * blocked seconds of the stays that they ended, how many forward were followed by a return to the stage or before it, and how many are to
 * be taken off so that each item counts once (`repeatedMoves`).
 * @param isPerItem false: none are to be taken off, and nobody looks which
 */
export function stageMoves(context: MetricContext, isPerItem = true): Sql {
  const counts = ['moves', 'returned', 'edge_again', 'exit_again'].map(
    (name) => sql`CAST(sum(${ident(name)}) AS INTEGER) AS ${ident(name)}`,
  )
  const seconds = TIMES.map((name) => sql`CAST(sum(${ident(name)}) AS DOUBLE) AS ${ident(name)}`)
  const none = ['moves', 'returned', ...TIMES].map((name) => sql`0 AS ${ident(name)}`)
  const again = sql`UNION ALL SELECT stream_id, from_position, position, ${join(none)}, edge_again, exit_again FROM (${repeatedMoves(context)}) AS again`
  return sql`SELECT stream_id, from_position, position, ${join([...counts, ...seconds])} FROM (${movesAlongEdges(context)} ${isPerItem ? again : sql``}) AS sums
    GROUP BY stream_id, from_position, position HAVING sum(moves) <> 0 OR sum(exit_again) <> 0 ORDER BY stream_id, from_position, position`
}

function movesAlongEdges(context: MetricContext): Sql {
  const cube = coveringCube(context, STAGES)
  const { joins, condition } = sliceOfMoves(context)
  const [moves, source] = cube
    ? [sql`fact.moves`, sql`${cube.table} AS fact WHERE ${cube.condition}`]
    : [sql`1`, sql`${context.wholeTable('moves')} AS fact ${joins} WHERE ${condition}`]
  const isReturned = sql`fact.from_position >= 0 AND fact.position > fact.from_position AND fact.undone_day <= ${context.window.asOf}`
  const seconds = TIMES.map((name) => sql`sum(fact.${ident(`${name}_seconds`)}) AS ${ident(name)}`)
  return sql`SELECT ${EDGE}, sum(${moves}) AS moves, sum(CASE WHEN ${isReturned} THEN ${moves} ELSE 0 END) AS returned, ${join(seconds)},
      0 AS edge_again, 0 AS exit_again FROM ${source} AND ${isInside(context)} GROUP BY ${EDGE}`
}

function sliceOfMoves(context: MetricContext): Slice {
  return sliceOf(context, { own: 'as_of', day: sql`fact.day` })
}

function isInside({ window }: MetricContext): Sql {
  return sql`fact.day >= ${window.from} AND fact.day < ${window.to}`
}

/**
 * How many moves are to be taken off so that each item counts once, where it first moved inside the window: of those that took an edge
 * (`edge_again`), and of those that left a stage (`exit_again`), of which some are told of the stage alone (`position` NULL).
 */
function repeatedMoves(context: MetricContext): Sql {
  const { from } = context.window
  const cube = coveringCube(context, REPEATED_STAGES)
  if (cube) {
    const ofKind = (kind: 'edge' | 'exit') =>
      sql`sum(CASE WHEN fact.kind = ${context.dialect.text(context.snapshotId, 'kind', kind)} THEN fact.moves ELSE 0 END)`
    return sql`SELECT ${EDGE}, ${ofKind('edge')} AS edge_again, ${ofKind('exit')} AS exit_again FROM ${cube.table} AS fact
      WHERE fact.before_day >= ${from} AND ${isInside(context)} AND ${cube.condition} GROUP BY ${EDGE}`
  }
  // Where the values never changed, the one before is in the slice as well; else it takes a look at each item. Not `NOT`: that passes over nothing.
  const { joins, condition } = sliceOfMoves(context)
  const rows = sql`FROM ${context.wholeTable('repeats')} AS fact ${joins} WHERE ${isInside(context)} AND ${condition}`
  const [again, isOfStage] = [sql`(count(*) - count(DISTINCT fact.item_ix))`, sql`grouping(fact.position)`]
  return sql`SELECT ${EDGE}, sum(CASE WHEN fact.edge_before_day >= ${from} THEN 1 ELSE 0 END) AS edge_again, count(*) AS exit_again
      ${rows} AND fact.steady AND fact.exit_before_day >= ${from} GROUP BY ${EDGE}
    UNION ALL SELECT ${EDGE}, ${again} * (1 - ${isOfStage}), ${again} * ${isOfStage}
      ${rows} AND fact.steady = FALSE GROUP BY GROUPING SETS ((${EDGE}), (fact.stream_id, fact.from_position))`
}

/** How many moves back are to be taken off so that each item counts once, per stream and pair of positions. */
export function repeatedMovesBack(context: MetricContext): Sql {
  return sql`SELECT stream_id, from_position, position, CAST(sum(edge_again) AS INTEGER) AS moves FROM (${repeatedMoves(context)}) AS again
    WHERE position >= 0 AND position < from_position GROUP BY stream_id, from_position, position HAVING sum(edge_again) <> 0
    ORDER BY stream_id, from_position, position`
}

/** Stays in scope that ended inside the window, one row each; that counts in the slice of its own day. */
function staysThatEnded(context: MetricContext): Sql {
  const { from, to } = context.window
  const { joins, condition } = sliceOfMoves(context)
  return sql`SELECT fact.item_ix, fact.stream_id, fact.from_position AS position, fact.seconds FROM ${context.wholeTable('moves')} AS fact ${joins}
    WHERE fact.day >= ${from} AND fact.day < ${to} AND fact.from_position IS NOT NULL AND ${condition}`
}

/** Rows `stream_id, cell, stretch, seconds` of the same stays. @param wanted those of some cells or stretches alone */
export function stayLengths(context: MetricContext, wanted?: Wanted): Sql {
  const { joins, condition } = sliceOfMoves(context)
  return sql`SELECT fact.stream_id, fact.cell, fact.stretch, fact.seconds FROM ${context.wholeTable(STAYS)} AS fact ${joins}
    WHERE ${isInside(context)} AND ${condition} AND ${isWanted(context, wanted)}`
}

/** Cubes of the same stays. */
export function stayCubes(context: MetricContext): DurationCubes {
  const { from, to } = context.window
  return {
    stretches: STAY_TIMES,
    bands: STAY_TIME_BANDS,
    ofDays: sql`day >= ${from} AND day < ${to}`,
    eachRow: (bands, visit) => {
      const days = numbersOf(bands, 'day')
      for (const { start, end } of rowsInScope(bands, context)) {
        for (let row = start; row < end; row++) if ((days[row] as number) >= from && (days[row] as number) < to) visit(row)
      }
    },
  }
}

/** Items that left a stage inside the window, those that `stageMoves` counts. */
export function itemsThatLeft(context: MetricContext, { stageId }: Place): Sql {
  const here = stageId === undefined ? sql`position >= 0` : atStage(context, stageId, (position) => sql`position = ${position}`)
  return sql`SELECT item_ix FROM (${staysThatEnded(context)}) AS stays WHERE ${here}`
}

/** Open items that stand in each stage at the end of the window: `stream_id, position, items`. */
export function stageStanding(asked: MetricContext): Sql {
  const context = atEndOfWindow(asked)
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

/** Adds up the rows of `stageMoves` that enter or leave a stage. */
export function figuresOf(moves: readonly Row[], isWanted: (streamId: string, position: number) => boolean): StageFigures {
  const isAt = ({ stream_id }: Row, position: Cell | undefined) => position !== null && isWanted(String(stream_id), Number(position))
  const left = moves.filter((row) => isAt(row, row.from_position ?? null))
  const sum = (rows: readonly Row[], name: string) => rows.reduce((total, row) => total + Number(row[name]), 0)
  const departures = sum(left, 'moves')
  const forward = left.filter(({ from_position, position }) => Number(from_position) >= 0 && Number(position) > Number(from_position))
  return {
    arrivals: sum(
      moves.filter((row) => isAt(row, row.position ?? null)),
      'moves',
    ),
    departures,
    items: departures - sum(left, 'exit_again'),
    active: sum(left, 'working') / SECONDS_PER_DAY,
    waiting: sum(left, 'waiting') / SECONDS_PER_DAY,
    blocked: sum(left, 'blocked') / SECONDS_PER_DAY,
    forward: sum(forward, 'moves'),
    returned: sum(forward, 'returned'),
  }
}
