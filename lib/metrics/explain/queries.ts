import { type SqlValue, sql as statement, takenOf } from '../../engine/sql'
import { STAYS, STAYS_ARE_OF } from '../../snapshot/projections'
import { rowCounts } from '../../snapshot/store'
import type { QueryRun, Question } from '../run'

/** A query as it was run: the text with its parameters apart, and the same with the values in their places, to read and to try. */
export interface ExplainedQuery {
  /** The metric that asked: another one where a metric is made of it. */
  readonly metric: string
  readonly name: string
  /** Whether its answer stays in memory for other questions, and the outer condition is applied there. */
  readonly is_kept: boolean
  readonly sql: string
  readonly params: Readonly<Record<string, SqlValue>>
  readonly text: string
  /** Rows that it gave; of what stays in memory, before the outer condition. */
  readonly row_count: number
  /** Tables of the snapshot that it goes through, with their rows. */
  readonly tables: readonly { readonly name: string; readonly row_count: number }[]
  readonly rows_read: number
}

/** What is told of a query that was run. */
export function explainQuery(run: QueryRun, { engine, snapshot }: Question): ExplainedQuery {
  const taken = takenOf(run.query)
  const { text: sql, params } = engine.dialect.render(taken ? statement`SELECT * FROM (${run.query}) AS kept WHERE ${taken}` : run.query)
  const counts = rowCounts(snapshot.manifest)
  // Read out of the files of another table, or a copy of these.
  counts.set(STAYS, counts.get(STAYS_ARE_OF) ?? 0)
  const tables = [...counts].flatMap(([table, rowCount]) => {
    const name = engine.dialect.render(engine.dialect.table(snapshot.id, table)).text
    return new RegExp(`${escaped(name)}\\b`).test(sql) ? [{ name: table, row_count: rowCount }] : []
  })
  return {
    metric: run.metric,
    name: run.name,
    is_kept: taken !== undefined,
    sql: tidy(sql),
    params,
    text: tidy(withValues(sql, params)),
    row_count: run.rowCount,
    tables,
    rows_read: tables.reduce((sum, table) => sum + table.row_count, 0),
  }
}

/** Values in the places of their parameters, `$p1` or `{p1:Type}`, written as constants of SQL. */
function withValues(sql: string, params: Readonly<Record<string, SqlValue>>): string {
  return sql.replace(/\$(\w+)|\{(\w+):[^}]*\}/g, (placeholder, dollar: string | undefined, brace: string | undefined) => {
    const name = dollar ?? brace ?? ''
    return name in params ? constant(params[name] ?? null) : placeholder
  })
}

function constant(value: SqlValue): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value).toUpperCase()
}

/** Pieces carry the indentation of the files they come from. */
function tidy(sql: string): string {
  return sql
    .replace(/\n\s*/g, '\n')
    .replace(/[ \t]+/g, ' ')
    .trim()
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
