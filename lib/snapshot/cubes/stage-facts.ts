import { join, type Sql, sql } from '../../engine/sql'

/** Entries, exits and edges of stages, and what of them is no item's first. */
export function stageFacts(): Sql {
  // Nobody is a second time at a stage, or returns, without ever having gone back: the rest needs no looking at its other moves.
  const wentBack = sql`item_ix IN (SELECT item_ix FROM moves WHERE position < from_position)`
  const untimed = sql`1 AS moves, 0 AS working, 0 AS waiting, 0 AS blocked`
  const entries = sql`SELECT stream_id, 'entry' AS kind, position, 0 AS to_position, enter_day AS day, 0 AS other_day, ${untimed} FROM visits`
  const exits = sql`SELECT stream_id, 'exit', position, 0, leave_day, 0, 1, CASE WHEN kind = 'active' THEN seconds - waiting_seconds ELSE 0 END,
    waiting_seconds, blocked_seconds FROM visits WHERE leave_day IS NOT NULL`
  const edges = sql`SELECT stream_id, 'edge', from_position, position, day, 0, ${untimed} FROM moves WHERE from_position IS NOT NULL`
  const exitsAgain = sql`SELECT stream_id, 'exit again', position, 0, leave_day, before_day, ${untimed} FROM (
    SELECT stream_id, position, leave_day, lag(leave_day) OVER (PARTITION BY item_ix, position ORDER BY visit_ix) AS before_day
    FROM visits WHERE leave_day IS NOT NULL AND ${wentBack}) AS repeated WHERE before_day IS NOT NULL`
  const edgesAgain = sql`SELECT stream_id, 'edge again', from_position, position, day, before_day, ${untimed} FROM (
    SELECT stream_id, from_position, position, day, lag(day) OVER (PARTITION BY item_ix, from_position, position ORDER BY seq) AS before_day
    FROM moves WHERE from_position IS NOT NULL AND ${wentBack}) AS repeated WHERE before_day IS NOT NULL`
  const returns = sql`SELECT stream_id, 'return', from_position, 0, day, return_day, ${untimed} FROM (
    SELECT gone.stream_id, gone.item_ix, gone.seq, gone.from_position, gone.day, min(later.day) AS return_day
    FROM (SELECT * FROM moves WHERE position > from_position AND from_position >= 0 AND ${wentBack}) AS gone
    JOIN (SELECT item_ix, seq, position, day FROM moves WHERE position >= 0 AND ${wentBack}) AS later
      ON later.item_ix = gone.item_ix AND later.seq > gone.seq AND later.position <= gone.from_position
    GROUP BY gone.stream_id, gone.item_ix, gone.seq, gone.from_position, gone.day) AS returned`
  return join([entries, exits, edges, exitsAgain, edgesAgain, returns], ' UNION ALL ')
}
