import { join, type Sql, sql } from '../../engine/sql'

const SECONDS_PER_HOUR = 3_600

/**
 * Durations counted, few rows of them: `key, seconds, item_count, total_seconds`, ordered. Where one of the percentiles (nearest rank) of a
 * key lies, durations are told to the second, else by the hour, `seconds` being its beginning; so a histogram of the rows gives these very
 * percentiles exactly. @param durations rows `key, seconds`, one for each duration
 */
export function durationCounts(durations: Sql, percentiles: readonly number[]): Sql {
  const hour = sql`floor(CAST(seconds AS DOUBLE) / ${SECONDS_PER_HOUR})`
  const isAt = join(
    percentiles.map(
      (percentile) => sql`(seen * 100 >= total_count * ${percentile} AND (seen - item_count) * 100 < total_count * ${percentile})`,
    ),
    ' OR ',
  )
  return sql`WITH durations AS (${durations}),
    hours AS (SELECT key, ${hour} AS hour, count(*) AS item_count, sum(seconds) AS total_seconds FROM durations GROUP BY key, hour),
    ranked AS (SELECT key, hour, item_count, total_seconds, sum(item_count) OVER (PARTITION BY key) AS total_count,
        sum(item_count) OVER (PARTITION BY key ORDER BY hour ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS seen
      FROM hours),
    placed AS (SELECT key, hour, item_count, total_seconds, ${isAt} AS is_asked FROM ranked),
    counted AS (
      SELECT key, hour * ${SECONDS_PER_HOUR} AS seconds, item_count, total_seconds FROM placed WHERE NOT is_asked
      UNION ALL
      SELECT durations.key, CAST(durations.seconds AS DOUBLE), count(*), sum(durations.seconds)
      FROM durations JOIN placed ON placed.key = durations.key AND placed.is_asked AND placed.hour = floor(CAST(durations.seconds AS DOUBLE) / ${SECONDS_PER_HOUR})
      GROUP BY durations.key, durations.seconds)
    SELECT key, CAST(seconds AS DOUBLE) AS seconds, CAST(item_count AS INTEGER) AS item_count, CAST(total_seconds AS DOUBLE) AS total_seconds
    FROM counted ORDER BY key, seconds`
}
