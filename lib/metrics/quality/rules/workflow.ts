import { ident, join, sql } from '../../../engine/sql'
import { stagePosition } from '../../../model/value-stream'
import { onTheWay } from '../../facts/stages'
import { changesUntil, finishedNow, movesUntil, type QualityContext, type Rule, standingNow } from './rule'

/** Items whose way through the stages is odd. */
export const WORKFLOW_RULES: readonly Rule[] = [
  {
    name: 'finished-without-start',
    severity: 'warning',
    meaning: 'finished without ever having been in an active stage: their cycle time is 1 day, whatever the work was',
    items: (context) => sql`SELECT ends.item_ix FROM (${finishedNow(context)}) AS ends
      LEFT JOIN (SELECT DISTINCT item_ix FROM ${context.table('visits')} AS stays WHERE kind = 'active' AND ${onTheWay(context, sql`stays`)} AND enter_day <= ${context.window.asOf}) AS worked
        ON worked.item_ix = ends.item_ix WHERE worked.item_ix IS NULL`,
  },
  {
    name: 'skipped-stages',
    severity: 'info',
    meaning: 'finished without having been in every stage from the earliest one they were in up to done',
    items: skipped,
  },
  {
    name: 'unmapped-states',
    severity: 'error',
    meaning: 'were in a state that no stage names: that time belongs to no stage',
    items: (context) => sql`SELECT item_ix FROM (${movesUntil(context)}) AS moved WHERE position = -1 AND seq > 0`,
  },
  {
    name: 'reopened',
    severity: 'info',
    meaning: 'came back from done inside the window: what counts for them depends on the policy',
    items: (context) => sql`SELECT item_ix FROM (${movesUntil(context)}) AS moved
      WHERE from_status = 'finished' AND status <> 'finished' AND day >= ${context.window.from} AND day < ${context.window.to}`,
  },
  {
    name: 'cancelled-and-finished',
    severity: 'warning',
    meaning: 'were both cancelled and finished at different times: they count by where they stand, and did not always',
    items: (context) => sql`SELECT moved.item_ix FROM (${movesUntil(context)}) AS moved
      JOIN ${context.table('finishes')} AS ends ON ends.item_ix = moved.item_ix AND ends.finish_day <= ${context.window.asOf}
      WHERE moved.status = 'removed'`,
  },
  {
    name: 'changed-after-the-end',
    severity: 'info',
    meaning: 'had a field other than their state changed after they were finished',
    items: (context) => sql`SELECT told.item_ix FROM (${changesUntil(context)}) AS told
      JOIN (${finishedNow(context)}) AS ends ON ends.item_ix = told.item_ix WHERE told.field <> 'state' AND told.changed_at > ends.finished_at`,
  },
  {
    name: 'blocked-when-finished',
    severity: 'warning',
    meaning: 'are finished and still marked as blocked',
    items: (context) => sql`SELECT item_ix FROM (${standingNow(context)}) AS stood WHERE status = 'finished' AND blocked`,
  },
  {
    name: 'zombie-wip',
    severity: 'warning',
    meaning: 'are in progress, and nothing about them has changed for longer than idleDays',
    items: zombies,
  },
]

function skipped(context: QualityContext) {
  const cases = context.streams.map((stream) => sql`WHEN ${stream.id} THEN ${stagePosition(stream, stream.finished)}`)
  const end = cases.length ? sql`CASE ends.stream_id ${join(cases, ' ')} END` : sql`0`
  return sql`SELECT item_ix FROM (
      SELECT ends.item_ix, ${end} AS end_position, min(stays.position) AS first_position, count(DISTINCT stays.position) AS stage_count
      FROM (${finishedNow(context)}) AS ends JOIN ${context.table('visits')} AS stays ON stays.item_ix = ends.item_ix
      WHERE stays.position >= 0 AND stays.position < ${end} AND stays.enter_day <= ends.finish_day
      GROUP BY ends.item_ix, ends.stream_id) AS passed
    WHERE stage_count < end_position - first_position`
}

function zombies(context: QualityContext) {
  const { window, params } = context
  const started = sql`stood.${ident(`first_start_day_${params.span}`)}`
  return sql`SELECT stood.item_ix FROM (${standingNow(context)}) AS stood
    JOIN (SELECT item_ix, max(day) AS last_day FROM (${changesUntil(context)}) AS told GROUP BY item_ix) AS touched ON touched.item_ix = stood.item_ix
    WHERE stood.status = 'open' AND ${started} IS NOT NULL AND touched.last_day < ${window.asOf - params.idleDays}`
}
