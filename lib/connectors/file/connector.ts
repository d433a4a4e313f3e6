import { ident, type Sql, sql } from '../../engine/sql'
import type { ReadFile, SourceReport } from '../../history/session'
import { Problem } from '../../problem'
import type { Connector, ReadContext } from '../connector'
import { expandPaths, findFiles, type SourceFile } from './files'
import { fileGrowth } from './growth'
import { loadRows, rejectBrokenLines } from './load'
import { observeRows } from './observe'
import { type FileSource, fileOptions, normaliseFileSource, withQueryColumns } from './options'
import { type FileColumn, openRelation } from './relation'

/** Tables, exports and logs in files: CSV, Parquet, JSON, one row per change or one row per item. */
export const fileConnector: Connector = {
  name: 'file',
  options: fileOptions,
  dimensions: (source) => {
    const { dimensions } = normaliseFileSource(source)
    const carried = Object.entries(dimensions).filter(([, dimension]) => dimension.missing === 'carry')
    return { names: Object.keys(dimensions), carried: carried.map(([name]) => name) }
  },
  read: readFileSource,
  growth: fileGrowth,
}

async function readFileSource(context: ReadContext): Promise<SourceReport> {
  const source = normaliseFileSource(context.source)
  const where = `stream ${context.stream.id}`
  const files = await findFiles(context.only ?? (await expandPaths(source.path, context.baseFolder, where)), context.baseFolder, where)
  const report =
    source.query === undefined ? await readEach(context, source, files) : await readShaped(context, source, source.query, files)
  const [usable] = await context.session.rows(sql`SELECT count(*) AS n FROM observations WHERE stream_id = ${context.stream.id}`)
  if (usable?.n === 0 && !context.only) await failWithReasons(context, source)
  return { streamId: context.stream.id, source: source.path.join(', '), files: report }
}

async function readEach(context: ReadContext, source: FileSource, files: readonly SourceFile[]): Promise<SourceReport['files']> {
  const report: ReadFile[] = []
  for (const file of files) {
    const sourceIx = await registerFile(context, file.name)
    const relation = await openRelation(context.session, file, source, `lines_of_${sourceIx}`)
    const { from, rowCount } = await loadRows(context, source, file.name, relation)
    await rejectBrokenLines(context, file.name, relation)
    await observeRows(context, source, { name: file.name, sourceIx, from })
    report.push(readFileOf(file, rowCount))
    context.progress(`${file.name}: ${rowCount.toLocaleString('en')} rows`)
  }
  return report
}

/** All files become one table `source`, the query shapes it, and its rows are read as if they were the file. */
async function readShaped(
  context: ReadContext,
  source: FileSource,
  query: string,
  files: readonly SourceFile[],
): Promise<SourceReport['files']> {
  const { session } = context
  const names = files.map((file) => file.name).join(', ')
  const sourceIx = await registerFile(context, names)
  const report: ReadFile[] = []
  await session.run(sql`DROP TABLE IF EXISTS source`)
  for (const [index, file] of files.entries()) {
    const relation = await openRelation(session, file, source, `lines_of_${sourceIx}_${index}`)
    const rows = sql`SELECT * FROM ${relation.from}`
    await session.run(index === 0 ? sql`CREATE TABLE source AS ${rows}` : sql`INSERT INTO source BY NAME ${rows}`)
    await rejectBrokenLines(context, file.name, relation)
    report.push(readFileOf(file, await countRows(context, sql`source`)))
  }
  await runQuery(context, query)
  const described = await session.rows(sql`DESCRIBE shaped`)
  const columns = described.map((row): FileColumn => ({ name: String(row.column_name), type: String(row.column_type) }))
  const shaped = withQueryColumns(
    source,
    columns.map((column) => column.name),
  )
  const { from, rowCount } = await loadRows(context, shaped, `query over ${names}`, { from: sql`shaped`, columns, isQuick: true })
  await observeRows(context, shaped, { name: names, sourceIx, from })
  await session.run(sql`DROP TABLE source`)
  await session.run(sql`DROP TABLE shaped`)
  context.progress(`${names}: ${rowCount.toLocaleString('en')} rows out of the query`)
  return report
}

function readFileOf({ name, bytes, sha256, modifiedAt }: SourceFile, rowCount: number): ReadFile {
  return { name, bytes, sha256, rowCount, modifiedAt }
}

async function runQuery(context: ReadContext, select: string): Promise<void> {
  try {
    await context.shape({ from: 'source', target: 'shaped', select })
  } catch (error) {
    throw new Problem('source-query-failed', "A source's query failed", {
      faults: [{ where: `stream ${context.stream.id}, query`, message: error instanceof Error ? error.message : String(error) }],
      cause: error,
    })
  }
}

async function registerFile(context: ReadContext, name: string): Promise<number> {
  const sourceIx = context.nextSourceIx()
  await context.session.run(sql`INSERT INTO source_files VALUES (${sourceIx}, ${context.stream.id}, ${name})`)
  return sourceIx
}

async function countRows(context: ReadContext, table: Sql): Promise<number> {
  const [row] = await context.session.rows(sql`SELECT count(*) AS n FROM ${table}`)
  return Number(row?.n ?? 0)
}

async function failWithReasons(context: ReadContext, source: FileSource): Promise<never> {
  const reasons = await context.session.rows(
    sql`SELECT ${ident('field')}, reason, count(*) AS n, any_value(value) AS example FROM rejects
      WHERE stream_id = ${context.stream.id} GROUP BY field, reason ORDER BY n DESC, field, reason LIMIT 5`,
  )
  throw new Problem('no-usable-row', `No row of ${source.path.join(', ')} could be used`, {
    faults: reasons.map((row) => ({
      where: `stream ${context.stream.id}, ${row.field}`,
      message: `${row.n} rows: ${row.reason}`,
      value: row.example === null ? undefined : `"${row.example}"`,
    })),
  })
}
