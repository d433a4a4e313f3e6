import { describe, expect, it } from 'vitest'
import { refusals } from './portable-sql'

const TABLES = new Map([['items', new Set(['item_ix', 'day', 'title'])]])

const REFUSED: readonly (readonly [construct: string, statement: string])[] = [
  ['date_diff', "SELECT date_diff('week', a, b) FROM t"],
  ['date_diff', "SELECT date_diff('month', a, b) FROM t"],
  ['median', 'SELECT grp, median(days) FROM t GROUP BY grp'],
  ['quantile', 'SELECT grp, quantile_cont(days, 0.5) FROM t GROUP BY grp'],
  ['quantile', 'SELECT grp, percentile_cont(0.5) FROM t GROUP BY grp'],
  ['WITHIN GROUP', 'SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY days) FROM t'],
  ['rounding', 'SELECT round(days, 1) FROM t'],
  ['DECIMAL', 'SELECT CAST(days AS DECIMAL(10, 2)) FROM t'],
  ['DECIMAL', 'SELECT CAST(days AS HUGEINT) FROM t'],
  ['INTERVAL', "SELECT at + INTERVAL '1 day' FROM t"],
  ['RANGE frame', 'SELECT count(*) OVER (ORDER BY day RANGE BETWEEN 6 PRECEDING AND CURRENT ROW) FROM t'],
  ['LATERAL', 'SELECT * FROM t, LATERAL (SELECT 1) AS u'],
  ['ordered aggregate', 'SELECT grp, string_agg(name ORDER BY day) FROM t GROUP BY grp'],
  ['ordered aggregate', 'SELECT grp, array_agg(name ORDER BY day) FROM t GROUP BY grp'],
  ['list', 'SELECT grp, list(name) FROM t GROUP BY grp'],
  ['list', 'SELECT unnest(names) FROM t'],
  ['struct', "SELECT {'a': 1} FROM t"],
  ['struct', 'SELECT row(1, 2) FROM t'],
  ['struct', 'SELECT names[1] FROM t'],
  ['arg_max', 'SELECT grp, arg_max(name, day) FROM t GROUP BY grp'],
  ['lag and lead', 'SELECT lag(day) OVER (ORDER BY day) FROM t'],
  ['regression', 'SELECT grp, regr_slope(y, x) FROM t GROUP BY grp'],
  ['time text', "SELECT strftime(at, '%Y') FROM t"],
  ['time text', 'SELECT epoch_us(at) FROM t'],
  ['AT TIME ZONE', "SELECT at AT TIME ZONE 'UTC' FROM t"],
  ['clock and chance', 'SELECT now() FROM t'],
  ['clock and chance', 'SELECT current_date FROM t'],
  ['::cast', 'SELECT day::VARCHAR FROM t'],
  ['TRY_CAST', 'SELECT TRY_CAST(a AS INTEGER) FROM t'],
  ['ILIKE', "SELECT 1 FROM t WHERE name ILIKE 'a%'"],
  ['EXCLUDE', 'SELECT * EXCLUDE (day) FROM t'],
  ['DISTINCT ON', 'SELECT DISTINCT ON (a) a, b FROM t'],
  ['PIVOT', 'PIVOT t ON a USING count(*)'],
  ['integer division', 'SELECT day // 7 FROM t'],
  ['empty list', 'SELECT 1 FROM t WHERE a IN ()'],
  ['correlated subquery', 'SELECT a.day FROM t AS a WHERE EXISTS (SELECT 1 FROM u AS b WHERE b.item_ix = a.item_ix)'],
  ['correlated subquery', 'SELECT (SELECT count(*) FROM u AS b WHERE b.day < a.day) AS n FROM t AS a'],
  ['inequality join', 'SELECT a.day FROM t AS a LEFT JOIN u AS b ON b.day <= a.day WHERE TRUE'],
  ['shadowing alias', 'SELECT fact.finish_day AS day, count(*) AS n FROM s.items AS fact GROUP BY day'],
  ['empty sum', 'SELECT sum(days) AS days FROM t'],
]

const PORTABLE: readonly string[] = [
  "SELECT date_diff('second', a, b), date_diff('day', a, b) FROM t",
  'SELECT grp, max_by(name, day), count(DISTINCT item_ix), any_value(name) FROM t GROUP BY grp',
  'SELECT item_ix FROM t QUALIFY row_number() OVER (PARTITION BY item_ix ORDER BY day) = 1',
  'SELECT count(*) FILTER (WHERE day > 3) FROM t GROUP BY ALL',
  'WITH a AS (SELECT item_ix FROM t AS x WHERE x.day > $p0) SELECT a.item_ix FROM a JOIN u AS b ON b.item_ix = a.item_ix',
  "SELECT 'median(x) :: {list}' AS text FROM t -- round(",
  'SELECT a.day FROM t AS a LEFT JOIN u AS b ON b.item_ix = a.item_ix AND b.day <= a.day WHERE a.item_ix IN (SELECT item_ix FROM v AS w WHERE w.day = 3)',
  'SELECT fact.day AS day, count(*) AS n FROM s.items AS fact GROUP BY fact.day',
  'SELECT grp, day, sum(n) AS n FROM (SELECT x.grp, x.day, 1 AS n FROM t AS x) AS y GROUP BY grp, day',
  "SELECT 1 FROM t WHERE regexp_matches(name, '^a') AND lower(name) LIKE $p0",
]

describe('portable SQL', () => {
  it.each(REFUSED)('refuses %s: %s', (construct, statement) => {
    const found = refusals(statement, TABLES).filter((refusal) => refusal.construct === construct)
    expect(found.length).toBeGreaterThan(0)
    for (const { reason, text } of found) expect([reason.length > 10, text.length > 0]).toEqual([true, true])
  })

  it.each(PORTABLE)('lets through: %s', (statement) => {
    expect(refusals(statement, TABLES)).toEqual([])
  })
})
