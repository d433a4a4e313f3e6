import { toRows } from '../../engine/columns'
import type { Engine } from '../../engine/engine'
import { type Sql, sql } from '../../engine/sql'
import { STAGE_LEVELS } from '../cubes/stage-levels'
import { rowCounts, type Snapshot } from '../store'
import { figureChecks, violationOf } from './figures'
import { checkFile } from './files'

export interface CheckResult {
  readonly name: string
  readonly isMet: boolean
  /** What was found where it is not met; else what was looked at. */
  readonly detail: string
}

/** Checks a snapshot: its files against the manifest, row by row counts, and that its figures agree with each other (definitions §15). */
export async function* verifySnapshot(engine: Engine, snapshot: Snapshot): AsyncGenerator<CheckResult> {
  let isReadable = true
  for (const file of snapshot.manifest.files) {
    const result = await checkFile(snapshot.folder, file)
    isReadable &&= result.isMet
    yield result
  }
  if (!isReadable) return
  await engine.attach(snapshot)
  for (const [table, rowCount] of rowCounts(snapshot.manifest)) {
    const [row] = await rowsOf(engine, sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM ${engine.dialect.table(snapshot.id, table)}`)
    const found = Number(row?.n)
    yield {
      name: `rows of ${table}`,
      isMet: found === rowCount,
      detail: found === rowCount ? `${found}` : `${found}, the manifest says ${rowCount}`,
    }
  }
  const { portfolio, lastDay } = snapshot.manifest
  const hasStageLevels = snapshot.manifest.files.some(({ table }) => table === STAGE_LEVELS)
  const tables = (name: string) => engine.dialect.table(snapshot.id, name)
  for (const check of figureChecks({ tables, portfolio, lastDay, hasStageLevels })) {
    const violation = await violationOf(check, portfolio.streams, (query) => rowsOf(engine, query))
    yield { name: check.name, isMet: violation === undefined, detail: violation ?? 'holds' }
  }
}

async function rowsOf(engine: Engine, query: Sql) {
  return toRows(await engine.query(query))
}
