import { type Sql, sql } from '../../../engine/sql'
import { changesUntil, finishedNow, type QualityContext, type Rule } from './rule'

/** So many items changed in one instant, and ten times as many as usual, are a migration and no work. */
const BURST_ITEMS = 25
const BURST_RATIO = 10
/** A date is out of place when it lies so far behind the day by which nearly all of the stream's changes had happened. */
const NEARLY_ALL_PERCENT = 99
const FAR_DAYS = 60
/** Hours that hold less than 1/50 of a stream's changes are hours in which nobody works. */
const RARE = 50
const BUSY_DAY = 10
const SOON_SECONDS = 60

/** Changes whose times are odd. */
export const TIME_RULES: readonly Rule[] = [
  {
    name: 'time-backwards',
    severity: 'warning',
    meaning: 'rows stood in the source behind later ones of their item; they were sorted into place when the snapshot was built',
    repairs: ['time_backwards'],
  },
  {
    name: 'created-after-first-change',
    severity: 'warning',
    meaning: 'were created after their first change, says the source: their lead time begins with that change',
    repairs: ['created_after_first_change'],
  },
  {
    name: 'future-dates',
    severity: 'error',
    meaning: `changed more than ${FAR_DAYS} days after the day by which ${NEARLY_ALL_PERCENT} % of their stream's changes had happened`,
    items: (context) => sql`SELECT told.item_ix FROM (${changesUntil(context)}) AS told
      JOIN (SELECT stream_id, min(day) AS usual_day FROM (
          SELECT stream_id, day, sum(n) OVER (PARTITION BY stream_id ORDER BY day ROWS UNBOUNDED PRECEDING) AS running, sum(n) OVER (PARTITION BY stream_id) AS total
          FROM (SELECT stream_id, day, count(*) AS n FROM (${changesUntil(context)}) AS counted GROUP BY stream_id, day) AS daily) AS added
        WHERE running * 100 >= total * ${NEARLY_ALL_PERCENT} GROUP BY stream_id) AS edge ON edge.stream_id = told.stream_id
      WHERE told.day > edge.usual_day + ${FAR_DAYS}`,
  },
  {
    name: 'bursts',
    severity: 'warning',
    meaning: `changed in the same instant as at least ${BURST_ITEMS - 1} others, ${BURST_RATIO} times as many as usual: a migration or a bulk edit`,
    items: (context) => sql`SELECT told.item_ix FROM (${changesUntil(context)}) AS told
      JOIN (SELECT stream_id, changed_at, item_count, avg(item_count) OVER (PARTITION BY stream_id) AS usual FROM (
          SELECT stream_id, changed_at, count(DISTINCT item_ix) AS item_count FROM (${changesUntil(context)}) AS counted GROUP BY stream_id, changed_at) AS instants
        ) AS burst ON burst.stream_id = told.stream_id AND burst.changed_at = told.changed_at
      WHERE burst.item_count >= ${BURST_ITEMS} AND burst.item_count >= burst.usual * ${BURST_RATIO}`,
  },
  {
    name: 'no-time-of-day',
    severity: 'info',
    meaning:
      'have changes at exactly midnight UTC in a stream whose other changes mostly have a time: dates without a time of day, or another clock',
    // Where people work around midnight UTC, the hour after it holds other changes too.
    items: (context) => sql`SELECT item_ix FROM (
        SELECT item_ix, second_of_day, sum(CASE WHEN second_of_day = 0 THEN 1 ELSE 0 END) OVER (PARTITION BY stream_id) AS bare,
          sum(CASE WHEN second_of_day > 0 AND hour = 0 THEN 1 ELSE 0 END) OVER (PARTITION BY stream_id) AS soon_after, count(*) OVER (PARTITION BY stream_id) AS total
        FROM (${timesOfDay(context)}) AS timed) AS judged
      WHERE second_of_day = 0 AND bare * 2 < total AND bare > soon_after * 4`,
  },
  {
    name: 'clock-shift',
    severity: 'warning',
    meaning: `changed on a day on which most changes fall into hours of which the stream hardly has any: a clock or a time zone was wrong`,
    items: shifted,
  },
  {
    name: 'zero-length-visits',
    severity: 'info',
    meaning: 'passed through a stage in no time at all: states were recorded afterwards, in one go',
    items: (context) => sql`SELECT item_ix FROM ${context.table('visits')} AS stays
      WHERE seconds = 0 AND position >= 0 AND leave_day IS NOT NULL AND leave_day <= ${context.window.asOf}`,
  },
  {
    name: 'instant-finish',
    severity: 'warning',
    meaning: 'were finished within a minute of their creation: recorded after the fact, they pull percentiles down',
    items: (context) => sql`SELECT item_ix FROM (${finishedNow(context)}) AS ends WHERE first_elapsed_lead < ${SOON_SECONDS}`,
  },
]

/** Each change with its second of the day and its hour as seconds, UTC. */
function timesOfDay(context: QualityContext): Sql {
  const seconds = sql`date_diff('second', TIMESTAMP '1970-01-01 00:00:00', changed_at)`
  return sql`SELECT item_ix, stream_id, day, ${seconds} % 86400 AS second_of_day, ${seconds} % 86400 - ${seconds} % 3600 AS hour FROM (${changesUntil(context)}) AS told`
}

function shifted(context: QualityContext): Sql {
  return sql`WITH timed AS (${timesOfDay(context)}),
    hours AS (SELECT stream_id, hour, n * ${RARE} < sum(n) OVER (PARTITION BY stream_id) AS is_rare FROM (
      SELECT stream_id, hour, count(*) AS n FROM timed GROUP BY stream_id, hour) AS counted),
    days AS (SELECT timed.stream_id, timed.day FROM timed JOIN hours ON hours.stream_id = timed.stream_id AND hours.hour = timed.hour
      GROUP BY timed.stream_id, timed.day HAVING count(*) >= ${BUSY_DAY} AND 2 * sum(CASE WHEN hours.is_rare THEN 1 ELSE 0 END) > count(*))
    SELECT timed.item_ix FROM timed JOIN hours ON hours.stream_id = timed.stream_id AND hours.hour = timed.hour
    JOIN days ON days.stream_id = timed.stream_id AND days.day = timed.day WHERE hours.is_rare`
}
