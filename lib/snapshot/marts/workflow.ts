import { ident, join, type Sql, sql } from '../../engine/sql'
import { orderDimensions } from '../../history/tables'
import { dimensionColumn } from '../../model/dimension'
import { GOAL_LEVELS, type Goal } from '../../model/goal'
import type { Portfolio } from '../../model/portfolio'
import { CANCELLED_STAGE, type Stage, UNMAPPED_STAGE } from '../../model/stage'
import { stagePosition, type ValueStream } from '../../model/value-stream'

/** Positions of the two stages that stand outside the order. */
export const UNMAPPED_POSITION = -1
export const CANCELLED_POSITION = -2

/**
 * Statements that write the portfolio's workflows into two tables: `streams` (zone and boundaries, one row each) and
 * `workflow` (one row per state of a stream: its stage, position, and whether an item waits in it).
 */
export function createWorkflow(portfolio: Portfolio): Sql[] {
  const streams = portfolio.streams.map(
    (stream, index) => sql`(${stream.id}, ${index}, ${stream.timezone}, ${stagePosition(stream, stream.committed)},
      ${stagePosition(stream, stream.started)}, ${stagePosition(stream, stream.finished)}, ${unstated(stream)})`,
  )
  return [
    sql`CREATE TABLE streams AS SELECT * FROM (VALUES ${join(streams)})
      AS t(stream_id, stream_ix, timezone, flow_position, cycle_position, finished_position, unstated_position)`,
    sql`CREATE TABLE workflow (stream_id VARCHAR, state VARCHAR, stage_id VARCHAR, position INTEGER, kind VARCHAR, waits BOOLEAN)`,
    ...portfolio.streams.map((stream) => sql`INSERT INTO workflow VALUES ${join(stateRows(stream))}`),
    sql`CREATE TABLE stages AS SELECT * FROM (VALUES ${join(portfolio.streams.flatMap(stageRows))})
      AS t(stream_id, position, stage_id, kind)`,
  ]
}

/** Where an item stands before its first recorded state: the first queue if the flow begins with one, else nowhere in the order. */
function unstated(stream: ValueStream): number {
  return stream.stages[0]?.kind === 'queue' ? 0 : UNMAPPED_POSITION
}

function stageRows(stream: ValueStream): Sql[] {
  return [
    sql`(${stream.id}, ${CANCELLED_POSITION}, ${CANCELLED_STAGE}, 'cancelled')`,
    sql`(${stream.id}, ${UNMAPPED_POSITION}, ${UNMAPPED_STAGE}, 'unmapped')`,
    ...stream.stages.map((stage, position) => sql`(${stream.id}, ${position}, ${stage.id}, ${stage.kind})`),
  ]
}

function stateRows(stream: ValueStream): Sql[] {
  const rows = stream.stages.flatMap((stage, position) => [
    ...stage.states.map((state) => stateRow(stream, stage, position, state, stage.kind === 'queue')),
    ...stage.waiting.map((state) => stateRow(stream, stage, position, state, true)),
  ])
  const cancelled = stream.cancelled.map((state) => cancelledRow(stream, state))
  return [...rows, ...cancelled, ...idRows(stream), sql`(${stream.id}, NULL, NULL, NULL, NULL, NULL)`]
}

/** A stage's id stands for the stage, as sources with a date per stage write it, unless it is some stage's state already. */
function idRows(stream: ValueStream): Sql[] {
  const taken = new Set([...stream.cancelled, ...stream.stages.flatMap((stage) => [...stage.states, ...stage.waiting])])
  const stages = stream.stages.flatMap((stage, position) =>
    taken.has(stage.id) ? [] : [stateRow(stream, stage, position, stage.id, stage.kind === 'queue')],
  )
  return taken.has(CANCELLED_STAGE) ? stages : [...stages, cancelledRow(stream, CANCELLED_STAGE)]
}

function cancelledRow(stream: ValueStream, state: string): Sql {
  return sql`(${stream.id}, ${state}, ${CANCELLED_STAGE}, ${CANCELLED_POSITION}, 'cancelled', FALSE)`
}

function stateRow(stream: ValueStream, stage: Stage, position: number, state: string, waits: boolean): Sql {
  return sql`(${stream.id}, ${state}, ${stage.id}, ${position}, ${stage.kind}, ${waits})`
}

/** All dimensions that a portfolio's goals and sources name, in their fixed order. */
export function portfolioDimensions(sourceDimensions: Iterable<string>, goals: readonly Goal[]): string[] {
  return orderDimensions([...sourceDimensions, ...goals.flatMap((goal) => Object.keys(goal.match ?? {}))])
}

/**
 * The expressions that map what a source says to the model's values: tracker types to flow types, and the goal from what
 * its `match` asks for (the most specific level first, then the order of the file) where the source names none.
 */
export function mappedDimension(portfolio: Portfolio, name: string): Sql {
  const column = ident(dimensionColumn(name))
  if (name === 'type') return typeMapping(portfolio, column)
  if (name === 'goal') return goalMapping(portfolio.goals, column)
  return column
}

function typeMapping(portfolio: Portfolio, column: Sql): Sql {
  const cases = portfolio.streams.flatMap((stream) =>
    Object.entries(stream.types).flatMap(([flowType, types]) =>
      types.map((type) => sql`WHEN stream_id = ${stream.id} AND ${column} = ${type} THEN ${flowType}`),
    ),
  )
  return cases.length ? sql`CASE ${join(cases, ' ')} ELSE ${column} END` : column
}

function goalMapping(goals: readonly Goal[], column: Sql): Sql {
  const specificFirst = goals.toSorted((a, b) => GOAL_LEVELS.indexOf(b.level) - GOAL_LEVELS.indexOf(a.level))
  const cases = specificFirst.flatMap((goal) => {
    const conditions = Object.entries(goal.match ?? {}).map(([dimension, values]) => goalCondition(dimension, values))
    return conditions.length ? [sql`WHEN ${join(conditions, ' AND ')} THEN ${goal.id}`] : []
  })
  return cases.length ? sql`CASE WHEN ${column} IS NOT NULL THEN ${column} ${join(cases, ' ')} END` : column
}

function goalCondition(dimension: string, values: readonly string[]): Sql {
  const column = dimension === 'stream' ? sql`stream_id` : dimension === 'type' ? sql`mapped_type` : ident(dimensionColumn(dimension))
  return sql`${column} IN (${join(values.map((value) => sql`${value}`))})`
}
