import { type Column, type ColumnTable, TextColumn } from '@/lib/engine/columns'

export function intColumn(name: string, values: Int32Array | readonly number[], kind: 'int' | 'day' = 'int'): Column {
  return { name, kind, values: values instanceof Int32Array ? values : Int32Array.from(values) }
}

export function floatColumn(name: string, values: readonly number[]): Column {
  return { name, kind: 'float', values: Float64Array.from(values) }
}

export function textColumn(name: string, values: readonly (string | null)[]): Column {
  return { name, kind: 'text', values }
}

/** Texts that repeat, by number. */
export function dictionaryColumn(name: string, texts: readonly string[], indices: Int32Array): Column {
  return new TextColumn(name, { texts, indices })
}

export function tableOf(columns: readonly Column[]): ColumnTable {
  return { rowCount: columns[0]?.values.length ?? 0, columns }
}
