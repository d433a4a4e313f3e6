import type { Portfolio } from '@/lib/model/portfolio'
import type { ValueStream } from '@/lib/model/value-stream'

/** A table that every rival gets. */
export interface FactTable {
  readonly name: string
  /** Column → whether it is text; all others are integers, small ones where `small`. */
  readonly columns: Readonly<Record<string, 'int' | 'small' | 'big' | 'text'>>
  /** Order in which rows lie, and the key of databases that sort. */
  readonly order: readonly string[]
  /** Indexes for databases that keep them: columns looked up by, and columns carried along. */
  readonly indexes: readonly { readonly on: readonly string[]; readonly carries?: readonly string[]; readonly where?: string }[]
  /** Made from other tables for whoever is given cubes. */
  readonly cube?: string
}

/** Dimensions that `spells` holds too: those that views filter by. */
const FILTERED = ['team', 'type', 'priority']
const STANDING = ['position', 'mark', 'status'] as const
const LATEST = 'to_day = 1000000'

const BASE: readonly FactTable[] = [
  {
    name: 'spells',
    columns: {
      item_ix: 'int',
      ord: 'int',
      stream: 'small',
      from_day: 'int',
      to_day: 'int',
      position: 'small',
      mark: 'small',
      status: 'small',
      blocked: 'small',
      start_day: 'int',
      late_day: 'int',
      team: 'small',
      type: 'small',
      priority: 'small',
    },
    order: ['stream', 'from_day'],
    indexes: [
      { on: ['stream', 'from_day', ...STANDING], carries: ['to_day'] },
      { on: ['stream', 'to_day', ...STANDING], carries: ['from_day'] },
      { on: ['type', 'team', 'priority', 'stream'], carries: ['from_day', 'to_day', ...STANDING] },
      { on: ['start_day', 'ord'], carries: ['stream'], where: `${LATEST} AND status = 0 AND start_day IS NOT NULL` },
      { on: ['stream', 'start_day', 'ord'], where: `${LATEST} AND status = 0 AND start_day IS NOT NULL` },
      { on: ['stream', 'from_day', 'to_day', 'start_day', 'late_day'], where: 'status = 0 AND start_day IS NOT NULL' },
    ],
  },
  {
    name: 'standing',
    columns: { item_ix: 'int', stream: 'small', position: 'small', status: 'small' },
    order: ['stream'],
    indexes: [{ on: ['stream', 'status', 'position'] }],
  },
  {
    name: 'finishes',
    columns: {
      item_ix: 'int',
      ord: 'int',
      stream: 'small',
      finish_day: 'int',
      week: 'int',
      month: 'int',
      until_day: 'int',
      days: 'int',
      active: 'big',
      waiting: 'big',
      blocked: 'big',
    },
    order: ['stream', 'finish_day'],
    indexes: [
      { on: ['stream', 'month', 'days'], carries: ['finish_day', 'until_day'], where: 'until_day = 1000000' },
      { on: ['stream', 'days'], carries: ['finish_day', 'until_day'], where: 'until_day = 1000000' },
      { on: ['stream', 'week'], carries: ['active', 'waiting', 'blocked'], where: 'until_day = 1000000' },
      { on: ['stream', 'finish_day'], carries: ['until_day', 'days', 'ord'] },
    ],
  },
  {
    name: 'visits',
    columns: {
      item_ix: 'int',
      stream: 'small',
      position: 'small',
      kind: 'small',
      enter_day: 'int',
      leave_day: 'int',
      seconds: 'big',
      waiting: 'big',
      blocked: 'big',
      forward: 'small',
      returned: 'small',
    },
    order: ['stream', 'enter_day'],
    indexes: [
      { on: ['stream', 'position', 'item_ix'], carries: ['leave_day', 'kind', 'seconds', 'waiting', 'blocked', 'forward', 'returned'] },
    ],
  },
  {
    name: 'moves',
    columns: {
      item_ix: 'int',
      stream: 'small',
      day: 'int',
      week: 'int',
      from_position: 'small',
      position: 'small',
      from_status: 'small',
      status: 'small',
      started: 'small',
      was_started: 'small',
    },
    order: ['stream', 'day'],
    indexes: [
      { on: ['stream', 'from_position', 'position', 'item_ix'], where: 'from_position IS NOT NULL' },
      { on: ['stream', 'week'], carries: ['from_status', 'status', 'was_started'], where: 'started = 1 AND from_status <> status' },
    ],
  },
  {
    name: 'items',
    columns: {
      item_ix: 'int',
      stream: 'small',
      start_week: 'int',
      created_day: 'int',
      item_id: 'text',
      key: 'text',
      title: 'text',
      url: 'text',
    },
    order: ['item_ix'],
    indexes: [{ on: ['item_ix'] }, { on: ['stream', 'start_week'], where: 'start_week IS NOT NULL' }],
  },
  {
    name: 'cube_levels',
    columns: { stream: 'small', day: 'int', position: 'small', mark: 'small', status: 'small', delta: 'int' },
    order: ['stream', 'day'],
    indexes: [{ on: ['stream'] }],
    cube: `SELECT stream, day, position, mark, status, sum(delta) AS delta FROM (
      SELECT stream, from_day AS day, position, mark, status, 1 AS delta FROM spells
      UNION ALL SELECT stream, to_day, position, mark, status, -1 FROM spells WHERE to_day < 1000000) AS turns
      GROUP BY 1, 2, 3, 4, 5 HAVING sum(delta) <> 0`,
  },
  {
    name: 'cube_levels_team_type',
    columns: { team: 'small', type: 'small', stream: 'small', day: 'int', position: 'small', mark: 'small', status: 'small', delta: 'int' },
    order: ['team', 'type', 'stream', 'day'],
    indexes: [{ on: ['team', 'type', 'stream'] }],
    cube: `SELECT team, type, stream, day, position, mark, status, sum(delta) AS delta FROM (
      SELECT team, type, stream, from_day AS day, position, mark, status, 1 AS delta FROM spells
      UNION ALL SELECT team, type, stream, to_day, position, mark, status, -1 FROM spells WHERE to_day < 1000000) AS turns
      GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(delta) <> 0`,
  },
  {
    name: 'cube_finishes',
    columns: { stream: 'small', week: 'int', month: 'int', days: 'int', n: 'int', active: 'big', waiting: 'big', blocked: 'big' },
    order: ['stream', 'month', 'days'],
    indexes: [{ on: ['stream'] }],
    cube: `SELECT stream, week, month, days, count(*) AS n, sum(active) AS active, sum(waiting) AS waiting, sum(blocked) AS blocked
      FROM finishes WHERE until_day = 1000000 GROUP BY 1, 2, 3, 4`,
  },
]

/** All tables; `standing` holds every dimension, as `d_<name>`. */
export function factTables({ streams }: Portfolio, dimensions: readonly string[], days: Days): FactTable[] {
  const values = Object.fromEntries(dimensions.map((name) => [`d_${name}`, 'small' as const]))
  const indexes = Object.keys(values).flatMap((name) => [{ on: [name] }, { on: ['stream', name] }])
  const tables = BASE.map((table) =>
    table.name === 'standing' ? { ...table, columns: { ...table.columns, ...values }, indexes: [...table.indexes, ...indexes] } : table,
  )
  return [...tables, stageLevels(streams, days)]
}

interface Days {
  readonly firstDay: number
  readonly lastDay: number
}

/** Of all streams together. */
export const ALL_STREAMS = -1

/** The number of each stage, by its id; the same id in several streams is one stage. */
export function stageCodes(streams: readonly ValueStream[]): Map<string, number> {
  return new Map([...new Set(streams.flatMap(({ stages }) => stages.map(({ id }) => id)))].map((id, code) => [id, code]))
}

/** The levels of a flow at the end of each day, as we keep them ourselves. */
function stageLevels(streams: readonly ValueStream[], { firstDay, lastDay }: Days): FactTable {
  const codeOf = stageCodes(streams)
  const lines = streams.flatMap(({ stages }, stream) => stages.map(({ id }, line) => `(${stream}, ${codeOf.get(id)}, ${line})`))
  const levels = ['reached', 'behind', 'removed']
  return {
    name: 'cube_stage_levels',
    columns: { stream: 'small', day: 'int', stage: 'small', reached: 'int', behind: 'int', removed: 'int' },
    order: ['stream', 'day', 'stage'],
    indexes: [{ on: ['stream', 'day'] }],
    cube: `WITH lines(stream, stage, line) AS (VALUES ${lines.join(', ')}),
      changes AS (SELECT lines.stream, stage, day, sum(delta) AS reached, sum(CASE WHEN status = 2 THEN delta ELSE 0 END) AS removed,
          sum(CASE WHEN status <> 2 AND position >= 0 AND position < line THEN delta ELSE 0 END) AS behind
        FROM cube_levels JOIN lines ON lines.stream = cube_levels.stream AND (line = 0 OR mark >= line) GROUP BY 1, 2, 3),
      booked AS (SELECT stream, stage, day, reached, behind, removed FROM changes
        UNION ALL SELECT ${ALL_STREAMS}, stage, day, sum(reached), sum(behind), sum(removed) FROM changes GROUP BY stage, day),
      places AS (SELECT stream, stage FROM lines UNION SELECT ${ALL_STREAMS}, stage FROM lines)
      SELECT CAST(stream AS smallint) AS stream, day, CAST(stage AS smallint) AS stage, ${levels
        .map((level) => `CAST(sum(coalesce(${level}, 0)) OVER (PARTITION BY stream, stage ORDER BY day) AS integer) AS ${level}`)
        .join(', ')}
      FROM places CROSS JOIN generate_series(${firstDay}, ${lastDay}) AS days(day) LEFT JOIN booked USING (stream, stage, day)`,
  }
}

/** Numbers the values of a dimension, the commonest first. */
export function codes(dimension: string): string {
  return `CREATE TABLE code_${dimension} AS SELECT CAST(row_number() OVER (ORDER BY count(*) DESC, dim_${dimension}) AS SMALLINT) AS code, dim_${dimension} AS value
    FROM source_spells WHERE dim_${dimension} IS NOT NULL GROUP BY dim_${dimension}`
}

/** What fills each table, cubes aside, out of the snapshot's tables as `source_<name>` and the codes. */
export function factQueries(streams: readonly ValueStream[], dimensions: readonly string[], never: number): Map<string, string> {
  const stream = `CAST(CASE stream_id ${streams.map(({ id }, code) => `WHEN '${id}' THEN ${code}`).join(' ')} END AS SMALLINT)`
  const sle = `CASE stream_id ${streams.map(({ id, sle }) => (sle ? `WHEN '${id}' THEN ${sle.days}` : '')).join(' ')} ELSE 10000000 END`
  const status = (column: string) =>
    `CAST(CASE ${column} WHEN 'open' THEN 0 WHEN 'finished' THEN 1 WHEN 'removed' THEN 2 ELSE -1 END AS SMALLINT)`
  const code = (dimension: string) => `coalesce((SELECT code FROM code_${dimension} WHERE value = dim_${dimension}), 0) AS ${dimension}`
  const period = (grain: string, day: string) =>
    `CAST(date_diff('day', DATE '1970-01-01', CAST(date_trunc('${grain}', DATE '1970-01-01' + ${day}) AS DATE)) AS INTEGER)`
  const ord = '(SELECT item_ix, CAST(row_number() OVER (ORDER BY stream_id, item_id) AS INTEGER) AS ord FROM source_items)'
  return new Map([
    [
      'spells',
      `SELECT item_ix, ord, ${stream} AS stream, from_day, to_day, CAST(position AS SMALLINT) AS position, CAST(mark AS SMALLINT) AS mark, ${status('status')} AS status,
        CAST(blocked AS SMALLINT) AS blocked, first_start_day_flow AS start_day, first_start_day_flow + ${sle} AS late_day, ${FILTERED.map(code).join(', ')}
        FROM source_spells JOIN ${ord} AS ranks USING (item_ix) ORDER BY stream, from_day, item_ix`,
    ],
    [
      'standing',
      `SELECT item_ix, ${stream} AS stream, CAST(position AS SMALLINT) AS position, ${status('status')} AS status, ${dimensions.map((name) => code(name).replace(` AS ${name}`, ` AS d_${name}`)).join(', ')}
        FROM source_spells WHERE to_day = ${never} ORDER BY stream, item_ix`,
    ],
    [
      'finishes',
      `SELECT item_ix, ord, ${stream} AS stream, finish_day, ${period('week', 'finish_day')} AS week, ${period('month', 'finish_day')} AS month, until_day,
        finish_day - first_start_day_flow + 1 AS days, active_seconds_flow AS active, waiting_seconds_flow AS waiting, blocked_seconds_flow AS blocked
        FROM source_finishes JOIN ${ord} AS ranks USING (item_ix) ORDER BY stream, finish_day, item_ix`,
    ],
    [
      'visits',
      `SELECT item_ix, ${stream} AS stream, CAST(position AS SMALLINT) AS position, CAST(CASE kind WHEN 'queue' THEN 0 WHEN 'active' THEN 1 ELSE 2 END AS SMALLINT) AS kind, enter_day,
        coalesce(leave_day, ${never}) AS leave_day, seconds, waiting_seconds AS waiting, blocked_seconds AS blocked,
        CAST(coalesce(position >= 0 AND lead(position) OVER later > position, FALSE) AS SMALLINT) AS forward,
        CAST(coalesce(position >= 0 AND lead(position) OVER later > position
          AND min(CASE WHEN position >= 0 THEN position END) OVER (later ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) <= position, FALSE) AS SMALLINT) AS returned
        FROM source_visits WINDOW later AS (PARTITION BY item_ix ORDER BY visit_ix) ORDER BY stream, enter_day, item_ix, visit_ix`,
    ],
    [
      'moves',
      `SELECT item_ix, ${stream} AS stream, day, ${period('week', 'day')} AS week, CAST(from_position AS SMALLINT) AS from_position, CAST(position AS SMALLINT) AS position,
        ${status('from_status')} AS from_status, ${status('status')} AS status, CAST(first_start_day_flow IS NOT NULL AS SMALLINT) AS started, CAST(coalesce(was_started_flow, FALSE) AS SMALLINT) AS was_started
        FROM source_moves ORDER BY stream, day, item_ix, seq`,
    ],
    [
      'items',
      `SELECT item_ix, ${stream} AS stream, ${period('week', 'first_start_day_flow')} AS start_week, created_day, item_id, key, title, coalesce(url, '') AS url
        FROM source_items ORDER BY item_ix`,
    ],
  ])
}
