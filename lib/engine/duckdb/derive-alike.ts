import type { AddedTables, SnapshotTables } from '../engine'
import { ident, join, literal, quotedName, type Sql, sql } from '../sql'
import { asideOf, type Builder, inTransaction, type Lane } from './builder'
import { columnsOf, createTable, type SourceColumn, textColumns } from './derive-table'
import { derivedFiles } from './derived'
import { columnOfEnum, createEnumeration, enumName } from './enumerations'
import { rowsOf } from './parquet'

/** How the tables of another derived database are laid out. */
interface Layout {
  /** Names of the tables. */
  readonly tables: ReadonlySet<string>
  /** Texts in their order, by the name of the enumeration. */
  readonly enumerations: ReadonlyMap<string, readonly string[]>
}

interface Source {
  readonly table: string
  readonly source: Sql
  readonly columns: readonly SourceColumn[]
}

/**
 * Copies what was added to a snapshot with the enumerations of its origin's derived database, so that the rows of both are united by
 * numbers; a column with a text that these do not know stays a text in all of them. What the origin's leaves in Parquet stays there, too. @returns names of the tables; undefined: there is no such database
 */
export async function copyAlike(
  builder: Builder,
  { originId, origin, added, readAs }: AddedTables & Pick<SnapshotTables, 'readAs'>,
  { folder, except = [] }: { readonly folder: string; readonly except?: readonly string[] },
): Promise<readonly string[] | undefined> {
  const layout = await layoutOf(builder, derivedFiles(folder, originId).database)
  if (!layout) return undefined
  const asked = [...added].filter(([table]) => !except.includes(table))
  const sources = await Promise.all(
    asked.map(async ([table, files]) => {
      const source = rowsOf({ readAs }, table, files)
      return { table, source, columns: await columnsOf(builder, source) }
    }),
  )
  const isWanted = ({ table }: Source) => !origin.has(table) || layout.tables.has(table)
  const wanted = sources.filter(isWanted)
  const copy = (numbered: ReadonlySet<string>) => copyNumbered(builder, wanted, layout, numbered)
  const known = await numberedIn(
    builder,
    sources.filter((source) => !isWanted(source)),
    layout,
    [...layout.enumerations.keys()].map(columnOfEnum),
  )
  // There is hardly ever a new text: copying finds it as well, and looking for it first would take half as long as copying.
  await copy(known).catch(async () => {
    for (const { table } of wanted) await builder.run(sql`DROP TABLE IF EXISTS ${ident(table)}`)
    for (const name of layout.enumerations.keys()) await builder.run(sql`DROP TYPE IF EXISTS ${quotedName(name)}`)
    await copy(await numberedIn(builder, wanted, layout, known))
  })
  return wanted.map(({ table }) => table)
}

async function copyNumbered(
  builder: Builder,
  sources: readonly Source[],
  { enumerations }: Layout,
  numbered: ReadonlySet<string>,
): Promise<void> {
  await inTransaction(builder, async () => {
    for (const column of numbered) await createEnumeration(builder, enumName(column), enumerations.get(enumName(column)) ?? [])
    for (const { table, columns } of sources) await createTable(builder, table, columns, numbered)
  })
  await builder.narrow()
  const waiting = sources.values()
  const copyWaiting = (lane: Lane) =>
    inTransaction(lane, async () => {
      for (const { table, source } of waiting) await lane.run(sql`INSERT INTO ${ident(table)} SELECT * FROM ${source}`)
    })
  // Most tables are too small for two threads, so two are copied at a time.
  const copied = await Promise.allSettled([copyWaiting(builder), copyWaiting(asideOf(builder))])
  for (const one of copied) if (one.status === 'rejected') throw one.reason
}

/** Those of columns whose texts in some tables the enumerations know. */
async function numberedIn(
  builder: Builder,
  sources: readonly Source[],
  { enumerations }: Layout,
  columns: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const numbered = new Set(columns)
  if (!sources.length) return numbered
  await inTransaction(builder, async () => {
    for (const column of numbered) await createEnumeration(builder, enumName(column), enumerations.get(enumName(column)) ?? [])
    for (const { source, columns: all } of sources) {
      const own = textColumns(all).filter((column) => numbered.has(column))
      for (const column of await strangeColumns(builder, source, own)) numbered.delete(column)
    }
    for (const name of enumerations.keys()) await builder.run(sql`DROP TYPE IF EXISTS ${quotedName(name)}`)
  })
  return numbered
}

/** A function of a column looks at each different text that a file numbers, a cast at every row's. */
function textsOf(column: string): Sql {
  return sql`CAST(enum_range(NULL::${quotedName(enumName(column))}) AS VARCHAR[])`
}

/** The columns with a text that the enumerations do not know. */
async function strangeColumns(builder: Builder, source: Sql, columns: readonly string[]): Promise<readonly string[]> {
  if (!columns.length) return []
  const strangers = columns.map(
    (column, place) =>
      sql`CAST(count(*) FILTER (NOT list_contains(${textsOf(column)}, ${quotedName(column)})) AS DOUBLE) AS ${ident(`c${place}`)}`,
  )
  const [row] = await builder.rows(sql`SELECT ${join(strangers)} FROM ${source}`)
  return columns.filter((_, place) => Number(row?.[`c${place}`]) > 0)
}

async function layoutOf(builder: Builder, database: string): Promise<Layout | undefined> {
  try {
    await builder.run(sql`ATTACH ${literal(database)} AS origin (READ_ONLY)`)
  } catch {
    return undefined
  }
  const types = await builder.rows(sql`SELECT type_name AS name, CAST(to_json(labels) AS VARCHAR) AS texts FROM duckdb_types()
    WHERE database_name = 'origin' AND logical_type = 'ENUM' AND labels IS NOT NULL`)
  const tables = await builder.rows(sql`SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'origin'`)
  await builder.run(sql`DETACH origin`)
  return {
    tables: new Set(tables.map(({ name }) => String(name))),
    enumerations: new Map(types.map(({ name, texts }) => [String(name), JSON.parse(String(texts)) as string[]])),
  }
}
