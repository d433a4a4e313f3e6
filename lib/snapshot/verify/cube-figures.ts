import { ident, join, type Sql, sql } from '../../engine/sql'
import type { ValueStream } from '../../model/value-stream'
import { NEVER } from '../../time/day'
import { policyMatters } from '../cubes/policy-matters'
import { STAGE_LEVELS } from '../cubes/stage-levels'
import { BANDS_PER_PLACE, CELLS_PER_PLACE, placeOf, STRETCHES_PER_PLACE } from '../cubes/stretches'
import type { FigureCheck } from './figures'

type Tables = (name: string) => Sql

/** Whether cubes add up to the facts; of each kind the one over all items, which the others are added up to. */
export function cubeChecks(tables: Tables, streams: readonly ValueStream[]): FigureCheck[] {
  return [
    { name: 'cubes of finished items = finishes', violations: wrongFinished(tables) },
    { name: 'cube of items in progress = open items of the levels', violations: wrongProgress(tables) },
    { name: 'cube of all items = items', violations: wrongCensus(tables) },
    { name: 'cube of crossings: each item arrives once, and moves WIP(d − 1) to WIP(d)', violations: wrongCrossings(tables) },
    { name: 'cubes of stages = visits and repeats', violations: wrongStages(tables) },
    { name: 'cube of ages at exit = passages', violations: wrongExitAges(tables) },
    {
      name: 'cubes of times in stages = passages of finished items',
      violations: wrongTimes(tables, streams, {
        cube: 'stage',
        facts: sql`SELECT stream_id, position, seconds FROM ${tables('passages')} WHERE until_day = ${NEVER} AND seconds > 0`,
        bands: sql`until_day = ${NEVER}`,
      }),
    },
    {
      name: 'cube of times in stages by day = passages',
      violations: wrongDays(tables('cube_stage_time_bands'), sql`${tables('passages')} WHERE seconds > 0`, ['finish_day', 'until_day']),
    },
    {
      name: 'cubes of times of stays = moves',
      violations: wrongTimes(tables, streams, {
        cube: 'stay',
        facts: sql`SELECT stream_id, from_position AS position, seconds FROM ${tables('moves')} WHERE from_position IS NOT NULL`,
        bands: sql`TRUE`,
      }),
    },
    {
      name: 'cube of times of stays by day = moves',
      violations: wrongDays(tables('cube_stay_time_bands'), sql`${tables('moves')} WHERE from_position IS NOT NULL`, ['day']),
    },
    { name: 'cubes of times: each length lies in its stretch or band', violations: wrongLengths(tables) },
  ]
}

function wrongFinished(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'day', finish_day) AS place FROM (
      SELECT stream_id, finish_day, until_day, count(*) AS counted, sum(finish_day - first_start_day_flow + 1) AS days, sum(active_seconds_flow) AS active,
        0 AS lengths, 0 AS length_days, sum(CASE WHEN ${policyMatters(sql`finish`, 'flow')} THEN 1 ELSE 0 END) AS choices FROM ${tables('finishes')} AS finish GROUP BY stream_id, finish_day, until_day
      UNION ALL SELECT stream_id, finish_day, until_day, -item_count_flow, -span_days_flow, -active_seconds_flow, item_count_flow, span_days_flow, 0 FROM ${tables('cube_finished')}
      UNION ALL SELECT stream_id, finish_day, until_day, 0, 0, 0, -item_count, -item_count * span_days, -policy_count FROM ${tables('cube_lengths')} WHERE span = 'flow') AS all_sides
    GROUP BY stream_id, finish_day, until_day
    HAVING sum(counted) <> 0 OR sum(days) <> 0 OR sum(active) <> 0 OR sum(lengths) <> 0 OR sum(length_days) <> 0 OR sum(choices) <> 0`
}

/** From creation on an open item is inside the lead span. */
function wrongProgress(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'day', day) AS place FROM (
      SELECT stream_id, day, item_delta AS delta FROM ${tables('cube_levels')} WHERE status = 'open'
      UNION ALL SELECT stream_id, day, -items_lead FROM ${tables('cube_progress')}) AS both_sides
    GROUP BY stream_id, day HAVING sum(delta) <> 0`
}

function wrongCensus(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'day', day) AS place FROM (
      SELECT stream_id, created_day AS day, 1 AS delta FROM ${tables('items')}
      UNION ALL SELECT stream_id, day, -item_delta FROM ${tables('cube_census')}) AS both_sides
    GROUP BY stream_id, day HAVING sum(delta) <> 0`
}

function wrongCrossings(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'day', day) AS place FROM (
      SELECT stream_id, day, items_flow AS delta, 0 AS arrived FROM ${tables('cube_progress')}
      UNION ALL SELECT stream_id, day, CASE WHEN kind IN ('arrivals', 'restorations') THEN -item_count_flow ELSE item_count_flow END,
        CASE WHEN kind = 'arrivals' THEN item_count_flow ELSE 0 END FROM ${tables('cube_crossings')}
      UNION ALL SELECT stream_id, first_start_day_flow, 0, -1 FROM ${tables('items')} WHERE first_start_day_flow IS NOT NULL) AS all_sides
    GROUP BY stream_id, day HAVING sum(delta) <> 0 OR sum(arrived) <> 0`
}

function wrongStages(tables: Tables): Sql {
  const repeated = (before: Sql, kind: string) =>
    sql`SELECT stream_id, from_position AS position, 0, 0, 0, count(${before}) FROM ${tables('repeats')} GROUP BY stream_id, from_position
      UNION ALL SELECT stream_id, from_position, 0, 0, 0, -moves FROM ${tables('cube_repeated_stages')} WHERE kind = ${kind}`
  return sql`SELECT concat_ws(' ', stream_id, 'position', position) AS place FROM (
      SELECT stream_id, position, count(*) AS entries, count(leave_day) AS exits, sum(CASE WHEN leave_day IS NULL THEN 0 ELSE waiting_seconds END) AS waiting, 0 AS again
      FROM ${tables('visits')} GROUP BY stream_id, position
      UNION ALL SELECT stream_id, position, -moves, 0, 0, 0 FROM ${tables('cube_stages')}
      UNION ALL SELECT stream_id, from_position, 0, -moves, -waiting_seconds, 0 FROM ${tables('cube_stages')} WHERE from_position IS NOT NULL
      UNION ALL ${repeated(sql`exit_before_day`, 'exit')} UNION ALL ${repeated(sql`edge_before_day`, 'edge')}) AS all_sides
    GROUP BY stream_id, position HAVING sum(entries) <> 0 OR sum(exits) <> 0 OR sum(waiting) <> 0 OR sum(again) <> 0`
}

function wrongExitAges(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'position', position, 'day', finish_day) AS place FROM (
      SELECT stream_id, position, finish_day, until_day, count(*) AS items, sum(leave_day - first_start_day_flow + 1) AS ages
      FROM ${tables('passages')} WHERE leave_day >= first_start_day_flow GROUP BY stream_id, position, finish_day, until_day
      UNION ALL SELECT stream_id, position, finish_day, until_day, -item_count, -item_count * age_days FROM ${tables('cube_exit_ages')} WHERE span = 'flow') AS both_sides
    GROUP BY stream_id, position, finish_day, until_day HAVING sum(items) <> 0 OR sum(ages) <> 0`
}

/** Stage by stage, all durations, those by stretches, and those by bands and days. @param bands the days that count */
function wrongTimes(
  tables: Tables,
  streams: readonly ValueStream[],
  { cube, facts, bands }: { cube: 'stage' | 'stay'; facts: Sql; bands: Sql },
): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'stage number', place) AS place FROM (
      SELECT stream_id, ${placeOf(streams, sql`position`)} AS place, count(*) AS timed, sum(seconds) AS total, count(*) AS banded, sum(seconds) AS banded_total
      FROM (${facts}) AS facts GROUP BY stream_id, position
      UNION ALL SELECT stream_id, (cell // ${CELLS_PER_PLACE}), -item_count, -total_seconds, 0, 0 FROM ${tables(`cube_${cube}_times`)}
      UNION ALL SELECT stream_id, (band // ${BANDS_PER_PLACE}), 0, 0, -item_count, -total_seconds FROM ${tables(`cube_${cube}_time_bands`)} WHERE ${bands}) AS all_sides
    GROUP BY stream_id, place HAVING sum(timed) <> 0 OR sum(total) <> 0 OR sum(banded) <> 0 OR sum(banded_total) <> 0`
}

/** Day by day, all stages of a stream together. */
function wrongDays(cube: Sql, facts: Sql, days: readonly string[]): Sql {
  const keys = sql`stream_id, ${join(days.map(ident))}`
  return sql`SELECT concat_ws(' ', stream_id, 'day', ${join(days.map(ident))}) AS place FROM (
      SELECT ${keys}, 1 AS timed, seconds AS total FROM ${facts}
      UNION ALL SELECT ${keys}, -item_count, -total_seconds FROM ${cube}) AS both_sides
    GROUP BY ${keys} HAVING sum(timed) <> 0 OR sum(total) <> 0`
}

/** Units of length whose mean is none of the lengths that their number stands for; increments have rows that make up for others. */
function wrongLengths(tables: Tables): Sql {
  const wrong = (table: string, unit: Sql, stretches: number) =>
    sql`SELECT concat_ws(' ', stream_id, ${table}, unit) AS place
      FROM (SELECT stream_id, ${unit} AS unit, sum(item_count) AS item_count, sum(total_seconds) AS total_seconds FROM ${tables(table)} GROUP BY stream_id, ${unit}) AS units
      WHERE total_seconds < item_count * ${secondsAt(sql`(unit * ${stretches})`)}
        OR total_seconds > item_count * (${secondsAt(sql`((unit + 1) * ${stretches})`)} - 1)`
  const width = STRETCHES_PER_PLACE / BANDS_PER_PLACE
  const each = ['stage', 'stay'].map(
    (kind) => sql`${wrong(`cube_${kind}_times`, sql`stretch`, 1)} UNION ALL ${wrong(`cube_${kind}_time_bands`, sql`band`, width)}`,
  )
  return join(each, ' UNION ALL ')
}

/** The seconds with which a stretch begins: doubled from one 2,048 to the next, single ones before. */
function secondsAt(stretch: Sql): Sql {
  const own = sql`(${stretch} % ${STRETCHES_PER_PLACE})`
  return sql`CASE WHEN ${own} < 2048 THEN ${own} ELSE (2048 + ${own} % 2048) * power(2, ${own} // 2048 - 1) END`
}

/** Day by day and stage by stage, of each stream and of all together: how levels changed, against the cube of changes. */
export function wrongStageLevels(tables: Tables, streams: readonly ValueStream[]): Sql {
  const lines = streams.flatMap(({ id, stages }) => stages.map((stage, line) => sql`(${id}, ${stage.id}, ${line})`))
  const sinceDayBefore = (count: string) =>
    sql`${ident(count)} - lag(${ident(count)}, 1, 0) OVER (PARTITION BY stream_id, stage_id ORDER BY day)`
  const booked = (stream: Sql) => sql`SELECT ${stream}, stage_id, day, -item_delta,
      CASE WHEN status <> 'removed' AND position BETWEEN 0 AND line - 1 THEN -item_delta ELSE 0 END,
      CASE WHEN status = 'removed' THEN -item_delta ELSE 0 END
    FROM ${tables('cube_levels')} AS levels JOIN (VALUES ${join(lines)}) AS lines(stream, stage_id, line)
      ON lines.stream = levels.stream_id AND (mark >= line OR line = 0)`
  return sql`SELECT concat_ws(' ', coalesce(CAST(stream_id AS VARCHAR), 'all streams'), 'stage', stage_id, 'day', day) AS place FROM (
      SELECT stream_id, stage_id, day, ${sinceDayBefore('reached_count')} AS reached, ${sinceDayBefore('behind_count')} AS behind,
        ${sinceDayBefore('removed_count')} AS removed FROM ${tables(STAGE_LEVELS)}
      UNION ALL ${booked(sql`stream_id`)} UNION ALL ${booked(sql`NULL`)}) AS both_sides
    GROUP BY stream_id, stage_id, day HAVING sum(reached) <> 0 OR sum(behind) <> 0 OR sum(removed) <> 0`
}
