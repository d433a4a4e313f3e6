import type { Builder } from '../engine/duckdb/builder'
import { ident, sql } from '../engine/sql'
import type { Portfolio } from '../model/portfolio'
import { UNMAPPED_POSITION } from './marts/workflow'
import { figureChecks, violationCount } from './verify/figures'

const MOST_EXAMPLES = 10

/** Plain sentences on what a reader of the snapshot should know, most important first. */
export async function portfolioWarnings(builder: Builder, portfolio: Portfolio): Promise<string[]> {
  return [
    ...(await rejected(builder)),
    ...(await unmapped(builder)),
    ...(await unusedStates(builder)),
    ...(await unknownGoals(builder, portfolio)),
  ]
}

/** What does not hold of tables that are about to be published: they are, but not without a word. */
export async function figureWarnings(builder: Builder, portfolio: Portfolio, lastDay: number): Promise<string[]> {
  const warnings: string[] = []
  for (const check of figureChecks({ tables: ident, portfolio, lastDay })) {
    const [row] = await builder.rows(violationCount(check))
    if (Number(row?.n) > 0)
      warnings.push(
        `Verification failed: "${check.name}" does not hold in ${row?.n} places, for example ${row?.example}; see streamgauge verify`,
      )
  }
  return warnings
}

async function rejected(builder: Builder): Promise<string[]> {
  const rows = await builder.rows(sql`SELECT stream_id, field, reason, count(*) AS n FROM rejects GROUP BY stream_id, field, reason
    ORDER BY n DESC, stream_id, field, reason LIMIT ${MOST_EXAMPLES}`)
  return rows.map((row) => `Stream ${row.stream_id}: ${row.n} rows were left out (${row.field}: ${row.reason})`)
}

async function unmapped(builder: Builder): Promise<string[]> {
  const rows = await builder.rows(sql`SELECT stream_id, state, count(*) AS n, count(DISTINCT item_ix) AS items FROM steps
    WHERE position = ${UNMAPPED_POSITION} AND state IS NOT NULL GROUP BY stream_id, state ORDER BY n DESC, stream_id, state LIMIT ${MOST_EXAMPLES}`)
  return rows.map(
    (row) =>
      `Stream ${row.stream_id}: no stage names the state "${row.state}" (${row.n} changes of ${row.items} items stand in "unmapped")`,
  )
}

async function unusedStates(builder: Builder): Promise<string[]> {
  const rows = await builder.rows(sql`SELECT stream_id, string_agg(state, ', ' ORDER BY position, state) AS states FROM workflow
    WHERE state IS NOT NULL AND NOT EXISTS (SELECT 1 FROM history
      WHERE history.stream_id = workflow.stream_id AND history.state IN (workflow.state, workflow.stage_id)) AND state <> stage_id
    GROUP BY stream_id ORDER BY stream_id`)
  return rows.map((row) => `Stream ${row.stream_id}: no item was ever in these configured states: ${row.states}`)
}

async function unknownGoals(builder: Builder, portfolio: Portfolio): Promise<string[]> {
  const known = new Set(portfolio.goals.map((goal) => goal.id))
  const rows = await builder.rows(
    sql`SELECT dim_goal AS goal, count(*) AS n FROM items WHERE dim_goal IS NOT NULL GROUP BY dim_goal ORDER BY n DESC, goal`,
  )
  const strangers = rows.filter((row) => !known.has(String(row.goal)))
  return strangers.slice(0, MOST_EXAMPLES).map((row) => `${row.n} items serve the goal "${row.goal}", which the portfolio does not define`)
}
