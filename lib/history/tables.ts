import { ident, join, type Sql, sql } from '../engine/sql'
import { CORE_DIMENSIONS, dimensionColumn } from '../model/dimension'
import type { Goal } from '../model/goal'

export interface TableColumn {
  readonly name: string
  readonly type: 'VARCHAR' | 'INTEGER' | 'BIGINT' | 'TIMESTAMP' | 'BOOLEAN'
  readonly meaning: string
}

/** What a connector writes: one row per observation of an item, each a full record, before any repair. */
const OBSERVATION_COLUMNS: readonly TableColumn[] = [
  { name: 'stream_id', type: 'VARCHAR', meaning: 'value stream' },
  { name: 'item_id', type: 'VARCHAR', meaning: "the item's id in its source" },
  { name: 'changed_at', type: 'TIMESTAMP', meaning: 'source time, UTC' },
  { name: 'source_ix', type: 'INTEGER', meaning: 'source, file and row in the order of the configuration: the order of equal times' },
  { name: 'source_row', type: 'BIGINT', meaning: 'row inside the source' },
  { name: 'source_step', type: 'INTEGER', meaning: 'step inside the row, where a row yields several changes' },
  { name: 'state', type: 'VARCHAR', meaning: "the tracker's state; absent: not told in this row" },
  { name: 'blocked', type: 'BOOLEAN', meaning: 'whether the item is blocked from here on' },
  { name: 'blocked_reason', type: 'VARCHAR', meaning: 'why it is blocked, where the source says so' },
  { name: 'key', type: 'VARCHAR', meaning: 'key that people use' },
  { name: 'title', type: 'VARCHAR', meaning: 'title' },
  { name: 'url', type: 'VARCHAR', meaning: "the item's page in its tracker" },
  { name: 'created_at', type: 'TIMESTAMP', meaning: "the tracker's creation time, UTC" },
]

/** Rows that could not become history, each with its reason. */
const REJECT_COLUMNS: readonly TableColumn[] = [
  { name: 'stream_id', type: 'VARCHAR', meaning: 'value stream' },
  { name: 'file', type: 'VARCHAR', meaning: 'file as configured' },
  { name: 'source_row', type: 'BIGINT', meaning: 'row of the file, 1 = first below the header' },
  { name: 'item_id', type: 'VARCHAR', meaning: 'item, where known' },
  { name: 'field', type: 'VARCHAR', meaning: 'column that is wrong' },
  { name: 'value', type: 'VARCHAR', meaning: 'what stood there' },
  { name: 'reason', type: 'VARCHAR', meaning: 'why the row was left out' },
]

/** All dimensions of a portfolio in a fixed order: the core ones first, then the others by name. */
export function orderDimensions(names: Iterable<string>): string[] {
  const core: readonly string[] = CORE_DIMENSIONS
  const others = [...new Set(names)].filter((name) => !core.includes(name)).sort()
  return [...core, ...others]
}

/** All dimensions that a portfolio's goals and sources name, in their fixed order. */
export function portfolioDimensions(sourceDimensions: Iterable<string>, goals: readonly Goal[]): string[] {
  return orderDimensions([...sourceDimensions, ...goals.flatMap((goal) => Object.keys(goal.match ?? {}))])
}

/** `dim_team, dim_type, …`, each with a table's alias where one is given. */
export function dimensionList(dimensions: readonly string[], alias?: string): Sql {
  return join(dimensions.map((name) => (alias ? sql`${ident(alias)}.${ident(dimensionColumn(name))}` : ident(dimensionColumn(name)))))
}

/** Statements that make the empty tables that connectors fill. */
export function createSourceTables(dimensions: readonly string[]): Sql[] {
  const observed = [
    ...OBSERVATION_COLUMNS,
    ...dimensions.map((name) => ({ name: dimensionColumn(name), type: 'VARCHAR' as const, meaning: `dimension ${name}` })),
  ]
  return [
    sql`CREATE TABLE observations (${columnList(observed)})`,
    sql`CREATE TABLE rejects (${columnList(REJECT_COLUMNS)})`,
    sql`CREATE TABLE repairs (stream_id VARCHAR, rule VARCHAR, row_count BIGINT, example VARCHAR)`,
    sql`CREATE TABLE source_files (source_ix INTEGER, stream_id VARCHAR, file VARCHAR)`,
  ]
}

function columnList(columns: readonly TableColumn[]): Sql {
  return join(columns.map((column) => sql`${ident(column.name)} ${ident(column.type)}`))
}
