/** What a column holds: days are day numbers, instants milliseconds UTC. */
export type ColumnKind = 'number' | 'text' | 'flag' | 'day' | 'instant'

export type ColumnValue = number | string | boolean | null
export type ColumnValues = readonly ColumnValue[]

/** An answer as plain columns of equal length, decoded once; missing is null. */
export interface Columns {
  readonly names: readonly string[]
  readonly rowCount: number
  kind(name: string): ColumnKind
  has(name: string): boolean
  /** All values of a column. Throws RangeError on a name that the answer lacks. */
  get(name: string): ColumnValues
  /** The column as numbers, days and instants included; what is no number is null. */
  numbers(name: string): readonly (number | null)[]
  /** The column as texts; null is the empty text. */
  texts(name: string): readonly string[]
  /** The column as truth values; null is false. */
  flags(name: string): readonly boolean[]
}

export interface ColumnSource {
  readonly kind: ColumnKind
  readonly values: ColumnValues
}

/** Columns from their values by name. Throws RangeError when their lengths differ. */
export function columnsOf(sources: Readonly<Record<string, ColumnSource>>): Columns {
  const names = Object.keys(sources)
  const rowCount = Object.values(sources)[0]?.values.length ?? 0
  for (const name of names) {
    const length = sources[name]?.values.length
    if (length !== rowCount) throw new RangeError(`column ${name} has ${length} values, expected ${rowCount}`)
  }
  const source = (name: string): ColumnSource => {
    const found = sources[name]
    if (!found) throw new RangeError(`no column ${name}; there are: ${names.join(', ')}`)
    return found
  }
  return {
    names,
    rowCount,
    kind: (name) => source(name).kind,
    has: (name) => name in sources,
    get: (name) => source(name).values,
    numbers: (name) => source(name).values.map((value) => (typeof value === 'number' ? value : null)),
    texts: (name) => source(name).values.map((value) => (value === null ? '' : String(value))),
    flags: (name) => source(name).values.map((value) => value === true),
  }
}

/** The rows for which `keep` is true, in order. */
export function filterRows(columns: Columns, keep: (row: number) => boolean): Columns {
  const rows: number[] = []
  for (let row = 0; row < columns.rowCount; row++) if (keep(row)) rows.push(row)
  const sources = columns.names.map((name): [string, ColumnSource] => {
    const values = columns.get(name)
    return [name, { kind: columns.kind(name), values: rows.map((row) => values[row] ?? null) }]
  })
  return columnsOf(Object.fromEntries(sources))
}
