import { type Column, type ColumnKind, type ColumnTable, type Dictionary, emptyValues, TextColumn } from './columns'

/** Rows of tables below each other, in columns of the kinds given. Where a table lacks a column, its cells there are null. */
export function stacked(tables: readonly ColumnTable[], kinds: ReadonlyMap<string, ColumnKind>): ColumnTable {
  const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0)
  const columns = [...kinds].map(([name, kind]) => {
    const parts = tables.map((table) => ({ rowCount: table.rowCount, column: table.columns.find((column) => column.name === name) }))
    const valid = stackedValid(parts, rowCount)
    return kind === 'text' ? new TextColumn(name, stackedTexts(parts, rowCount), valid) : numberColumn(name, kind, parts, valid)
  })
  return { rowCount, columns }
}

interface Part {
  readonly rowCount: number
  readonly column: Column | undefined
}

/** 1 where there is a value; undefined: everywhere. */
function stackedValid(parts: readonly Part[], rowCount: number): Uint8Array | undefined {
  const valid = new Uint8Array(rowCount)
  forEachPart(parts, ({ column, rowCount: rows }, offset) => {
    const own = column && validOf(column)
    if (own) valid.set(own, offset)
    else if (column) valid.fill(1, offset, offset + rows)
  })
  return valid.includes(0) ? valid : undefined
}

/** Texts without a dictionary say their gaps themselves. */
function validOf(column: Column): Uint8Array | undefined {
  const { kind, valid, dictionary } = column
  if (valid || kind !== 'text' || dictionary) return valid
  return Uint8Array.from(column.values as readonly (string | null)[], (value) => (value === null ? 0 : 1))
}

function numberColumn(name: string, kind: Exclude<ColumnKind, 'text'>, parts: readonly Part[], valid: Uint8Array | undefined): Column {
  const values = emptyValues(
    kind,
    parts.reduce((sum, { rowCount }) => sum + rowCount, 0),
  )
  forEachPart(parts, ({ column }, offset) => {
    if (column) values.set(column.values as ArrayLike<number>, offset)
  })
  return valid ? { name, kind, values, valid } : { name, kind, values }
}

function stackedTexts(parts: readonly Part[], rowCount: number): Dictionary {
  const texts: string[] = []
  const indices = new Int32Array(rowCount)
  forEachPart(parts, ({ column }, offset) => {
    if (!column) return
    const own = column.dictionary ?? plainDictionary(column)
    const before = texts.length
    for (let row = 0; row < own.indices.length; row++) indices[offset + row] = (own.indices[row] ?? 0) + before
    texts.push(...own.texts)
  })
  return { texts, indices }
}

function plainDictionary({ values }: Column): Dictionary {
  const texts = Array.from(values as readonly (string | null)[], (value) => value ?? '')
  return { texts, indices: Int32Array.from(texts, (_, row) => row) }
}

function forEachPart(parts: readonly Part[], visit: (part: Part, offset: number) => void): void {
  let offset = 0
  for (const part of parts) {
    visit(part, offset)
    offset += part.rowCount
  }
}
