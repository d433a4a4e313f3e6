import { ident, join, list, quotedName, type Sql, sql } from '../../engine/sql'
import type { BuildSession } from '../../history/session'
import type { ColumnProfile, DataProfile, StateProfile } from '../../model/data-profile'
import { expandPaths, findFiles } from './files'
import { type FileColumn, openRelation } from './relation'
import { instantValue } from './values'

const MOST_SAMPLES = 500
const MOST_STATES = 200
const DATE_PARTS = '^(\\d{1,2})[./-](\\d{1,2})[./-]\\d'

/** Which columns of a profiled file tell of states; as a draft's plan has them. */
export interface StateColumns {
  readonly layout: 'changes' | 'stages'
  readonly item: string
  readonly at?: string
  readonly state?: string
  readonly stageColumns: readonly string[]
  readonly format?: string
  readonly nulls: readonly string[]
}

/** A data file read as texts into a table of the session, ready to be asked about. */
export interface ProfiledFile {
  readonly profile: DataProfile
  states(columns: StateColumns): Promise<StateProfile>
}

/** Reads a file and counts what stands in its columns. @param name relative to the folder. @throws Problem for a file that can't be read */
export async function profileFile(session: BuildSession, name: string, folder: string): Promise<ProfiledFile> {
  const [file] = await findFiles(await expandPaths([name], folder, 'the data file'), folder, 'the data file')
  if (!file) throw new TypeError(`${name} was not found`)
  const relation = await openRelation(session, file, {}, 'broken_lines')
  const texts = relation.columns.map(
    (column, index) => sql`nullif(trim(CAST(${quotedName(column.name)} AS VARCHAR)), '') AS ${textOf(index)}`,
  )
  await session.run(sql`CREATE OR REPLACE TABLE profiled AS SELECT row_number() OVER () AS row_ix, ${join(texts)} FROM ${relation.from}`)
  const [counted] = await session.rows(sql`SELECT count(*) AS n FROM profiled`)
  const rowCount = Number(counted?.n ?? 0)
  const columns: ColumnProfile[] = []
  for (const [index, column] of relation.columns.entries()) columns.push(await profileColumn(session, column.name, textOf(index), rowCount))
  const profile = { file: name, rowCount, ...(relation.delimiter === undefined ? {} : { delimiter: relation.delimiter }), columns }
  return { profile, states: (wanted) => profileStates(session, relation.columns, wanted) }
}

/** Columns are known by their place: a name may be anything. */
function textOf(index: number): Sql {
  return ident(`text_${index}`)
}

async function profileColumn(session: BuildSession, name: string, text: Sql, rowCount: number): Promise<ColumnProfile> {
  const [facts] = await session.rows(sql`SELECT count(${text}) AS filled, count(DISTINCT ${text}) AS distinct_count,
      CAST(max(TRY_CAST(nullif(regexp_extract(${text}, ${DATE_PARTS}, 1), '') AS INTEGER)) AS INTEGER) AS first_part,
      CAST(max(TRY_CAST(nullif(regexp_extract(${text}, ${DATE_PARTS}, 2), '') AS INTEGER)) AS INTEGER) AS second_part FROM profiled`)
  const samples = await session.rows(sql`SELECT ${text} AS value FROM profiled WHERE ${text} IS NOT NULL
    GROUP BY ${text} ORDER BY count(*) DESC, ${text} LIMIT ${MOST_SAMPLES}`)
  const [first, second] = [facts?.first_part ?? null, facts?.second_part ?? null]
  return {
    name,
    blankRatio: rowCount === 0 ? 1 : 1 - Number(facts?.filled ?? 0) / rowCount,
    distinctCount: Number(facts?.distinct_count ?? 0),
    samples: samples.map((row) => String(row.value)),
    ...(first === null || second === null ? {} : { largestDateParts: { first: Number(first), second: Number(second) } }),
  }
}

async function profileStates(session: BuildSession, columns: readonly FileColumn[], wanted: StateColumns): Promise<StateProfile> {
  const text = (name: string) => {
    const index = columns.findIndex((column) => column.name === name)
    if (index < 0) throw new TypeError(`the file has no column ${name}`)
    return textOf(index)
  }
  const entered = wanted.layout === 'stages' ? stageDates(wanted, text) : stateChanges(wanted, text)
  await session.run(sql`CREATE OR REPLACE TABLE turns AS
    WITH ordered AS (SELECT item, state, row_number() OVER (PARTITION BY item ORDER BY entered_at, tie) AS step FROM (${entered})),
    turned AS (SELECT * FROM ordered QUALIFY state IS DISTINCT FROM lag(state) OVER (PARTITION BY item ORDER BY step))
    SELECT item, state, lag(state) OVER turn_order AS state_before, lead(state) OVER turn_order AS state_after FROM turned
    WINDOW turn_order AS (PARTITION BY item ORDER BY step)`)
  const states =
    await session.rows(sql`SELECT state, count(DISTINCT item) AS item_count, count(*) FILTER (state_before IS NULL) AS first_count,
      count(*) FILTER (state_after IS NULL) AS last_count FROM turns GROUP BY state ORDER BY item_count DESC, state LIMIT ${MOST_STATES}`)
  const moves = await session.rows(sql`SELECT state_before, state, count(*) AS n FROM turns WHERE state_before IS NOT NULL
    GROUP BY state_before, state ORDER BY n DESC, state_before, state`)
  return {
    states: states.map((row) => ({
      name: String(row.state),
      itemCount: Number(row.item_count),
      firstCount: Number(row.first_count),
      lastCount: Number(row.last_count),
    })),
    moves: moves.map((row) => ({ from: String(row.state_before), to: String(row.state), count: Number(row.n) })),
  }
}

function stateChanges(wanted: StateColumns, text: (name: string) => Sql): Sql {
  const { item, at, state, nulls, format } = wanted
  if (at === undefined || state === undefined) return sql`SELECT NULL AS item, NULL AS state, NULL AS entered_at, 0 AS tie WHERE FALSE`
  const instant = instantOf(text(at), format)
  const isState = nulls.length ? sql`${text(state)} NOT IN ${list(nulls)}` : sql`TRUE`
  return sql`SELECT ${text(item)} AS item, ${text(state)} AS state, ${instant} AS entered_at, row_ix AS tie FROM profiled
    WHERE ${text(item)} IS NOT NULL AND ${text(state)} IS NOT NULL AND ${instant} IS NOT NULL AND ${isState}`
}

function stageDates(wanted: StateColumns, text: (name: string) => Sql): Sql {
  const dated = wanted.stageColumns.map((name, index) => {
    const instant = instantOf(text(name), wanted.format)
    return sql`SELECT row_ix AS item, ${name} AS state, ${instant} AS entered_at, ${index} AS tie FROM profiled WHERE ${instant} IS NOT NULL`
  })
  return join(dated, ' UNION ALL ')
}

function instantOf(text: Sql, format: string | undefined): Sql {
  return instantValue(text, 'VARCHAR', { format, timezone: 'UTC' })
}
