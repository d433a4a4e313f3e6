import type { Builder } from '../engine/duckdb/builder'
import { ident, type Sql, sql } from '../engine/sql'
import type { Portfolio } from '../model/portfolio'
import { CANCELLED_STAGE } from '../model/stage'
import { type Checked, figureChecks, violationOf } from './verify/figures'
import type { MetState } from './walk/state-census'

const MOST_EXAMPLES = 10
/** Beginning of a warning about tables that do not agree with each other. */
export const VERIFICATION_FAILED = 'Verification failed'

/** Where all rejected rows stand, and the goals of all items as `dim_goal`. */
export interface WarnedTables {
  readonly rejects: Sql
  readonly items: Sql
}

const USUAL: WarnedTables = { rejects: sql`rejects`, items: sql`items` }

/** Plain sentences on what a reader of the snapshot should know, most important first. */
export async function portfolioWarnings(
  builder: Builder,
  portfolio: Portfolio,
  states: readonly MetState[],
  from: WarnedTables = USUAL,
): Promise<string[]> {
  return [
    ...(await rejected(builder, from)),
    ...unmapped(portfolio, states),
    ...unusedStates(portfolio, states),
    ...(await unknownGoals(builder, portfolio, from)),
  ]
}

/** What does not hold of tables that are about to be published: they are, but not without a word. */
export async function figureWarnings(builder: Builder, checked: Omit<Checked, 'tables'>): Promise<string[]> {
  const warnings: string[] = []
  for (const check of figureChecks({ ...checked, tables: ident })) {
    const violation = await violationOf(check, checked.portfolio.streams, (query) => builder.rows(query))
    if (violation !== undefined) warnings.push(`${VERIFICATION_FAILED}: "${check.name}" ${violation}; see streamgauge verify`)
  }
  return warnings
}

async function rejected(builder: Builder, { rejects }: WarnedTables): Promise<string[]> {
  const rows =
    await builder.rows(sql`SELECT stream_id, field, reason, count(*) AS n FROM ${rejects} AS rejected GROUP BY stream_id, field, reason
    ORDER BY n DESC, stream_id, field, reason LIMIT ${MOST_EXAMPLES}`)
  return rows.map((row) => `Stream ${row.stream_id}: ${row.n} rows were left out (${row.field}: ${row.reason})`)
}

function unmapped({ streams }: Portfolio, met: readonly MetState[]): string[] {
  const states = met.flatMap((one) => (one.unmappedChanges ? [{ ...one, streamId: streams[one.streamIx]?.id ?? '' }] : []))
  const inOrder = states.sort(
    (a, b) => b.unmappedChanges - a.unmappedChanges || compare(a.streamId, b.streamId) || compare(a.state, b.state),
  )
  return inOrder
    .slice(0, MOST_EXAMPLES)
    .map(
      ({ streamId, state, unmappedChanges, unmappedItems }) =>
        `Stream ${streamId}: no stage names the state "${state}" (${unmappedChanges} changes of ${unmappedItems} items stand in "unmapped")`,
    )
}

function unusedStates({ streams }: Portfolio, met: readonly MetState[]): string[] {
  const known = new Set(met.map(({ streamIx, state }) => `${streamIx} ${state}`))
  return streams
    .map((stream, index) => {
      const isUnused = (state: string, stageId: string) =>
        state !== stageId && !known.has(`${index} ${state}`) && !known.has(`${index} ${stageId}`)
      const cancelled = stream.cancelled.filter((state) => isUnused(state, CANCELLED_STAGE)).sort()
      const staged = stream.stages.flatMap(({ id, states, waiting }) =>
        [...states, ...waiting].filter((state) => isUnused(state, id)).sort(),
      )
      return { id: stream.id, states: [...cancelled, ...staged] }
    })
    .filter(({ states }) => states.length)
    .sort((a, b) => compare(a.id, b.id))
    .map(({ id, states }) => `Stream ${id}: no item was ever in these configured states: ${states.join(', ')}`)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

async function unknownGoals(builder: Builder, portfolio: Portfolio, { items }: WarnedTables): Promise<string[]> {
  const known = new Set(portfolio.goals.map((goal) => goal.id))
  const rows = await builder.rows(
    sql`SELECT dim_goal AS goal, count(*) AS n FROM ${items} AS items WHERE dim_goal IS NOT NULL GROUP BY dim_goal ORDER BY n DESC, goal`,
  )
  const strangers = rows.filter((row) => !known.has(String(row.goal)))
  return strangers.slice(0, MOST_EXAMPLES).map((row) => `${row.n} items serve the goal "${row.goal}", which the portfolio does not define`)
}
