import type { Cell, ColumnKind } from '../columns'

const MS_PER_DAY = 86_400_000

/** A cell as people and files write it: days as YYYY-MM-DD, instants as ISO 8601 with Z; numbers and booleans stay what they are. */
export function plainCell(value: Cell, kind: ColumnKind): Cell {
  if (typeof value !== 'number') return value
  if (kind === 'day') return new Date(value * MS_PER_DAY).toISOString().slice(0, 10)
  if (kind === 'instant') return new Date(value).toISOString()
  return Number.isFinite(value) ? value : null
}
