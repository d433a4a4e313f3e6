import type { Row } from '../../engine/columns'
import { ident, join, type Sql, sql } from '../../engine/sql'
import type { Portfolio } from '../../model/portfolio'
import { SPANS } from '../../model/unit'
import { stagePosition, type ValueStream } from '../../model/value-stream'
import { formatDay, NEVER } from '../../time/day'
import { CANCELLED_POSITION, stageNamer } from '../positions'
import { breakOfSpells, breakOfVisits, brokenSpells, brokenVisits } from './chains'
import { cubeChecks, wrongStageLevels } from './cube-figures'

/** Something that must hold everywhere: the query gives a row with a readable `place` where it does not. */
export interface FigureCheck {
  readonly name: string
  readonly violations: Sql
  /** Where the violations tell no more than `item_ix`: the `stream_id, position, day` at which it is with that item. */
  within?(itemIx: number): Sql
}

/** The tables of a snapshot, published or not. */
export interface Checked {
  readonly tables: Tables
  readonly portfolio: Portfolio
  readonly lastDay: number
  /** Whether the levels of stages were kept. */
  readonly hasStageLevels: boolean
}

type Tables = (name: string) => Sql

/** Says where a check does not hold: in how many places, and one of them; undefined: it holds. @param ask queries the tables */
export async function violationOf(
  check: FigureCheck,
  streams: readonly ValueStream[],
  ask: (query: Sql) => Promise<readonly Row[]>,
): Promise<string | undefined> {
  const item = check.within ? sql`arg_min(item_ix, place)` : sql`NULL`
  const [found] = await ask(
    sql`SELECT CAST(count(*) AS DOUBLE) AS n, min(place) AS example, ${item} AS item_ix FROM (${check.violations}) AS found`,
  )
  if (!found || Number(found.n) === 0) return undefined
  const [there] = check.within ? await ask(check.within(Number(found.item_ix))) : []
  const closer = there ? `, in ${stageNamer(streams)(there.stream_id, there.position)} from ${formatDay(Number(there.day))} on` : ''
  return `does not hold in ${found.n} places, for example ${found.example}${closer}`
}

/** What must hold of the tables among themselves; each is computed from tables that were cut independently of each other. */
export function figureChecks({ tables, portfolio, lastDay, hasStageLevels }: Checked): FigureCheck[] {
  const bounds = portfolio.streams.map((stream) => sql`(${stream.id}, ${stagePosition(stream, stream.finished)})`)
  const streams = sql`(VALUES ${join(bounds)}) AS streams(stream_id, finished_position)`
  const afterLast = sql`${lastDay + 1}`
  return [
    { name: 'every item of the history stands in items, once', violations: sameItems(tables) },
    {
      name: 'visits follow each other without gap or overlap',
      violations: brokenVisits(tables('visits')),
      within: (itemIx) => breakOfVisits(tables('visits'), itemIx),
    },
    {
      name: 'day-end spells follow each other without gap or overlap',
      violations: brokenSpells(tables('spells')),
      within: (itemIx) => breakOfSpells(tables('spells'), itemIx),
    },
    { name: 'active + waiting = total, blocked within waiting', violations: impossibleTimes(tables) },
    { name: 'active ≤ total, in every finish', violations: impossibleSums(tables) },
    { name: 'cycle ≤ flow ≤ lead', violations: disorderedSpans(tables) },
    { name: 'finished items have exactly one finish that lasts', violations: unmatchedFinishes(tables) },
    { name: 'WIP(d) = WIP(d−1) + arrivals − departures + restorations − removals', violations: unbalancedWip(tables, streams) },
    { name: 'Σ WIP over days = Σ day-ends of items in progress', violations: unequalSums(tables, streams, afterLast) },
    { name: 'cumulative flow never falls', violations: fallingLines(tables) },
    { name: 'cumulative flow lines never cross', violations: crossingLines(tables) },
    { name: 'bottom line(d) − bottom line(d−1) = first finishes(d)', violations: wrongBottomLine(tables, streams) },
    ...cubeChecks(tables, portfolio.streams),
    ...(hasStageLevels ? [{ name: 'levels of stages = cube of levels', violations: wrongStageLevels(tables, portfolio.streams) }] : []),
  ]
}

function sameItems(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'item number', item_ix) AS place
    FROM (SELECT stream_id, item_ix, 1 AS told, 0 AS kept FROM ${tables('history')}
      UNION ALL SELECT stream_id, item_ix, 0, 1 FROM ${tables('items')}) AS both_sides
    GROUP BY stream_id, item_ix HAVING max(told) = 0 OR sum(kept) <> 1`
}

function impossibleTimes(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'item number', item_ix, 'visit', visit_ix) AS place FROM ${tables('visits')} AS stays
    WHERE blocked_seconds < 0 OR blocked_seconds > waiting_seconds OR waiting_seconds > seconds`
}

function impossibleSums(tables: Tables): Sql {
  const wrong = SPANS.map((span) => {
    const of = (name: string) => ident(`${name}_${span}`)
    return sql`${of('active_seconds')} < 0 OR ${of('waiting_seconds')} < ${of('blocked_seconds')} OR ${of('active_seconds')} + ${of('waiting_seconds')} > ${of('first_elapsed')}`
  })
  return sql`SELECT concat_ws(' ', stream_id, 'item number', item_ix, 'day', finish_day) AS place FROM ${tables('finishes')} AS ends WHERE ${join(wrong, ' OR ')}`
}

function disorderedSpans(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'item number', item_ix, 'day', finish_day) AS place FROM ${tables('finishes')} AS ends
    WHERE NOT (first_start_day_lead <= first_start_day_flow AND first_start_day_flow <= first_start_day_cycle AND first_start_day_cycle <= finish_day)
      OR NOT (first_elapsed_cycle <= first_elapsed_flow AND first_elapsed_flow <= first_elapsed_lead AND first_elapsed_cycle >= 0)`
}

function unmatchedFinishes(tables: Tables): Sql {
  return sql`SELECT concat_ws('/', items.stream_id, items.item_id) AS place FROM ${tables('items')} AS items
    LEFT JOIN (SELECT item_ix, count(*) AS lasting FROM ${tables('finishes')} AS ends WHERE until_day = ${NEVER} GROUP BY item_ix) AS ended
      ON ended.item_ix = items.item_ix
    WHERE coalesce(ended.lasting, 0) <> CASE WHEN items.status = 'finished' THEN 1 ELSE 0 END`
}

/** What an item is while it is in a stage. */
function statusOfVisits(tables: Tables, streams: Sql): Sql {
  return sql`SELECT stays.stream_id, enter_day, leave_day,
      CASE WHEN position = ${CANCELLED_POSITION} OR position >= finished_position THEN 0 ELSE 1 END AS in_progress
    FROM ${tables('visits')} AS stays JOIN ${streams} ON streams.stream_id = stays.stream_id`
}

/** Net flow per day out of the visits against the change of the level in the cube. */
function unbalancedWip(tables: Tables, streams: Sql): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'day', day) AS place FROM (
      SELECT stream_id, enter_day AS day, in_progress AS delta FROM (${statusOfVisits(tables, streams)}) AS stays
      UNION ALL SELECT stream_id, leave_day, -in_progress FROM (${statusOfVisits(tables, streams)}) AS stays WHERE leave_day IS NOT NULL
      UNION ALL SELECT stream_id, day, -item_delta FROM ${tables('cube_levels')} AS levels WHERE status = 'open') AS both_sides
    GROUP BY stream_id, day HAVING sum(delta) <> 0`
}

function unequalSums(tables: Tables, streams: Sql, afterLast: Sql): Sql {
  return sql`SELECT stream_id AS place FROM (
      SELECT stream_id, CAST(coalesce(leave_day, ${afterLast}) - enter_day AS BIGINT) AS days
      FROM (${statusOfVisits(tables, streams)}) AS stays WHERE in_progress = 1
      UNION ALL SELECT stream_id, -CAST(item_delta AS BIGINT) * (${afterLast} - day) FROM ${tables('cube_levels')} AS levels WHERE status = 'open') AS both_sides
    GROUP BY stream_id HAVING sum(days) <> 0`
}

function fallingLines(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', changes.stream_id, 'line', lines.mark, 'day', changes.day) AS place
    FROM ${tables('cube_levels')} AS changes
    JOIN (SELECT DISTINCT stream_id, mark FROM ${tables('cube_levels')} AS marks) AS lines
      ON lines.stream_id = changes.stream_id AND changes.mark >= lines.mark
    GROUP BY changes.stream_id, lines.mark, changes.day HAVING sum(changes.item_delta) < 0`
}

/** Two neighbouring lines touch where no item stands between them; fewer than none would be a crossing. */
function crossingLines(tables: Tables): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'mark', mark, 'day', day) AS place FROM (
      SELECT stream_id, mark, day, sum(delta) OVER (PARTITION BY stream_id, mark ORDER BY day) AS between_lines FROM (
        SELECT stream_id, mark, day, sum(item_delta) AS delta FROM ${tables('cube_levels')} AS levels GROUP BY stream_id, mark, day) AS daily) AS running
    WHERE between_lines < 0`
}

function wrongBottomLine(tables: Tables, streams: Sql): Sql {
  return sql`SELECT concat_ws(' ', stream_id, 'day', day) AS place FROM (
      SELECT levels.stream_id, day, CAST(item_delta AS BIGINT) AS delta FROM ${tables('cube_levels')} AS levels
      JOIN ${streams} ON streams.stream_id = levels.stream_id WHERE mark >= finished_position
      UNION ALL SELECT stream_id, min(finish_day), -1 FROM ${tables('finishes')} AS ends GROUP BY stream_id, item_ix) AS both_sides
    GROUP BY stream_id, day HAVING sum(delta) <> 0`
}
