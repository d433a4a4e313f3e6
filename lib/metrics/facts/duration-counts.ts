import { join, type Sql, sql } from '../../engine/sql'

const SECONDS_PER_HOUR = 3_600

/**
 * Durations counted, few rows of them: `key, seconds, item_count, total_seconds`, ordered. Where one of the percentiles (nearest rank) of a
 * key lies, durations are told to the second, else by the hour, `seconds` being its beginning; so a histogram of the rows gives these very
 * percentiles exactly. @param durations rows `place, seconds`, one for each duration @param key the key of a `place`, NULL: it has none;
 * looked at once for each place and hour, since durations are many millions
 */
export function durationCounts(durations: Sql, key: Sql, percentiles: readonly number[]): Sql {
  const hour = sql`CAST(floor(CAST(seconds AS DOUBLE) / ${SECONDS_PER_HOUR}) AS INTEGER)`
  const isAt = join(
    percentiles.map(
      (percentile) => sql`(seen * 100 >= total_count * ${percentile} AND (seen - item_count) * 100 < total_count * ${percentile})`,
    ),
    ' OR ',
  )
  return sql`WITH durations AS (${durations}),
    counted AS (SELECT place, ${hour} AS hour, count(*) AS item_count, sum(seconds) AS total_seconds FROM durations GROUP BY place, hour),
    named AS (SELECT * FROM (SELECT ${key} AS key, place, hour, item_count, total_seconds FROM counted) AS keyed WHERE key IS NOT NULL),
    hours AS (SELECT key, hour, sum(item_count) AS item_count, sum(total_seconds) AS total_seconds FROM named GROUP BY key, hour),
    ranked AS (SELECT key, hour, item_count, total_seconds, sum(item_count) OVER (PARTITION BY key) AS total_count,
        sum(item_count) OVER (PARTITION BY key ORDER BY hour ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS seen
      FROM hours),
    placed AS (SELECT key, hour, item_count, total_seconds, ${isAt} AS is_asked FROM ranked),
    asked AS (SELECT named.key, named.place, named.hour FROM named JOIN placed ON placed.key = named.key AND placed.hour = named.hour WHERE placed.is_asked),
    told AS (
      SELECT key, CAST(hour AS DOUBLE) * ${SECONDS_PER_HOUR} AS seconds, item_count, total_seconds FROM placed WHERE NOT is_asked
      UNION ALL
      SELECT asked.key, CAST(durations.seconds AS DOUBLE), count(*), sum(durations.seconds)
      FROM durations JOIN asked ON asked.place = durations.place AND asked.hour = ${hour}
      GROUP BY asked.key, durations.seconds)
    SELECT key, CAST(seconds AS DOUBLE) AS seconds, CAST(item_count AS INTEGER) AS item_count, CAST(total_seconds AS DOUBLE) AS total_seconds
    FROM told ORDER BY key, seconds`
}
